import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { goTo } from '../../../shell/navigate.ts'
import { Button } from '../../../ui/Button.tsx'
import { Section } from '../parts/Section.tsx'
import css from '../parts/Settings.module.css'

/** With a password or through GitLab; nothing where the server offers one way only. */
export function SignInMethod({ onLeave }: { onLeave: () => void }): ReactNode {
  const t = useText()
  const { email, auth_service: service } = useStore((state) => state.users[state.me]!)
  const gitlab = useStore((state) => state.config['EnableSignUpWithGitLab'] === 'true')
  const passwords = useStore((state) => state.config['EnableSignUpWithEmail'] === 'true')
  const allowed = useStore((state) => state.config['ExperimentalEnableAuthenticationTransfer'] !== 'false')
  const toGitLab = service === '' && gitlab
  const toPassword = service === 'gitlab' && passwords
  if (!allowed || !(toGitLab || toPassword)) return null
  const go = (page: string): void => {
    onLeave()
    goTo(
      `/claim/${page}?email=${encodeURIComponent(email)}&old_type=${service || 'email'}&new_type=${toGitLab ? 'gitlab' : 'email'}`,
    )
  }
  return (
    <Section title={t('settings.sign_in_method', 'Sign-in method')}>
      <div className={css['row']}>
        <span className={css['rowText']}>
          {toGitLab
            ? t('settings.with_password', 'You sign in with e-mail and password.')
            : t('settings.with_gitlab', 'You sign in through GitLab.')}
        </span>
        <Button onPress={() => go(toGitLab ? 'email_to_oauth' : 'oauth_to_email')}>
          {toGitLab
            ? t('settings.switch_to_gitlab', 'Switch to GitLab')
            : t('settings.switch_to_password', 'Switch to a password')}
        </Button>
      </div>
    </Section>
  )
}
