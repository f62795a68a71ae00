import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { basePath } from '../../client/base-path.ts'
import { useText } from '../../shell/i18n.tsx'
import { AccountLayout } from './AccountLayout.tsx'

/** `/login/desktop?client_token=…&server_token=…`: hands a sign-in made in this browser over to the desktop app. */
export default function DesktopPage(): ReactNode {
  const t = useText()
  const [query] = useSearchParams()
  const scheme = query.get('isDesktopDev') === 'true' ? 'mattermost-dev' : 'mattermost'
  const address = `${scheme}://${location.host}${basePath}/login/desktop?${query}`
  const complete = query.has('client_token') && query.has('server_token')
  useEffect(() => {
    if (complete) location.assign(address)
  }, [complete, address])
  const lead = complete
    ? t('desktop.lead', 'The desktop app opens. You can close this tab.')
    : t('desktop.incomplete', 'This address is not complete. Begin again in the app.')
  return (
    <AccountLayout
      title={t('desktop.title', 'You are signed in')}
      lead={lead}
      after={complete && <a href={address}>{t('desktop.again', 'It did not open? Try again')}</a>}
    >
      {null}
    </AccountLayout>
  )
}
