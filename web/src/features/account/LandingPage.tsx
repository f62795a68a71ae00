import { useEffect } from 'react'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { basePath } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { ownPath } from './go-on.ts'

const CHOICE = 'outpost.landing'

/** `/landing#/<path>`: links in mails come here; the person chooses the app or this browser, once. */
export default function LandingPage(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const config = useStore((state) => state.config)
  const path = ownPath(decodeURIComponent(location.hash.slice(1))) || '/'
  const remembered = localStorage.getItem(CHOICE)
  const appAddress = `mattermost://${location.host}${basePath}${path}`
  useEffect(() => {
    if (remembered === 'browser') void navigate(path, { replace: true })
  }, [remembered, path, navigate])
  const stay = (): void => {
    localStorage.setItem(CHOICE, 'browser')
    void navigate(path, { replace: true })
  }
  const phone = /android/i.test(navigator.userAgent)
    ? config['AndroidAppDownloadLink']
    : /iphone|ipad/i.test(navigator.userAgent) && config['IosAppDownloadLink']
  const download = phone || config['AppDownloadLink']
  return (
    <AccountLayout
      title={t('landing.title', 'Where do you want to read this?')}
      after={/^https?:/.test(download || '') && <a href={download}>{t('landing.download', 'Get the app')}</a>}
    >
      <div className={css['actions']}>
        <Button variant="primary" size="l" wide onPress={stay} autoFocus>
          {t('landing.browser', 'In this browser')}
        </Button>
        <Button size="l" wide onPress={() => location.assign(appAddress)}>
          {t('landing.app', 'In the app')}
        </Button>
      </div>
    </AccountLayout>
  )
}
