import type { CSSProperties, ReactNode } from 'react'
import { basePath } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { LogIn } from '../../ui/icons.ts'
import css from './Account.module.css'

interface Props {
  readonly action: 'login' | 'signup'
  /** a path of this site to go to afterwards, or '' */
  readonly redirectTo: string
  /** how the person was invited: `id` of a team's link or `t` of a mail */
  readonly invitation?: Readonly<Record<string, string>>
}

/** The way in through GitLab, worded and coloured as the server's settings say. */
export function SsoButtons({ action, redirectTo, invitation }: Props): ReactNode {
  const t = useText()
  const config = useStore((state) => state.config)
  if (config['EnableSignUpWithGitLab'] !== 'true') return null
  const query = new URLSearchParams({ ...invitation, ...(redirectTo && { redirect_to: redirectTo }) }).toString()
  const passwords =
    action === 'login'
      ? config['EnableSignInWithEmail'] === 'true' || config['EnableSignInWithUsername'] === 'true'
      : config['EnableSignUpWithEmail'] === 'true'
  return (
    <>
      <a
        className={css['sso']}
        style={colours(config['GitLabButtonColor'])}
        href={`${basePath}/oauth/gitlab/${action}${query && `?${query}`}`}
      >
        <Icon icon={LogIn} />
        {config['GitLabButtonText'] || t('login.gitlab', 'Continue with GitLab')}
      </a>
      {passwords && <div className={css['or']}>{t('login.or', 'or')}</div>}
    </>
  )
}

/** The administrator's colour, with the one of black and white that is easier to read on it. */
function colours(color = ''): CSSProperties {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(color)
  if (!match) return {}
  const [red, green, blue] = match.slice(1).map((part) => {
    const share = Number.parseInt(part, 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return { '--sso': color, '--sso-text': luminance > 0.179 ? '#000' : '#fff' } as CSSProperties
}
