import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import { can } from '../../../store/permissions.ts'
import { Page, Section } from '../parts/Section.tsx'
import { AccessHistory } from './AccessHistory.tsx'
import { AccessTokens } from './AccessTokens.tsx'
import { MfaSettings } from './MfaSettings.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { Sessions } from './Sessions.tsx'
import { SignInMethod } from './SignInMethod.tsx'

/** How I sign in, and who is signed in as me. */
export function SecurityPage({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const service = useStore((state) => state.users[state.me]?.auth_service ?? '')
  const hasMfa = useStore((state) => state.config['EnableMultifactorAuthentication'] === 'true')
  const hasTokens = useStore(
    (state) => state.config['EnableUserAccessTokens'] === 'true' && can(state, 'create_user_access_token'),
  )
  const hasPassword = service === ''
  return (
    <Page>
      {hasPassword && (
        <Section title={t('settings.password', 'Password')}>
          <PasswordForm />
        </Section>
      )}
      {hasMfa && (hasPassword || service === 'ldap') && (
        <Section
          title={t('settings.mfa', 'Two-factor authentication')}
          description={t(
            'settings.mfa_lead',
            'Besides your password, an app on your phone then proves that it is you.',
          )}
        >
          <MfaSettings />
        </Section>
      )}
      <SignInMethod onLeave={onClose} />
      <Section
        title={t('settings.sessions', 'Where you are signed in')}
        description={t('settings.sessions_lead', 'Sign out devices that you do not use any more or do not know.')}
      >
        <Sessions />
      </Section>
      {hasTokens && (
        <Section
          title={t('settings.tokens', 'Personal access tokens')}
          description={t(
            'settings.tokens_lead',
            'Programs use them to act in your name. Treat them like your password.',
          )}
        >
          <AccessTokens />
        </Section>
      )}
      <Section title={t('settings.history', 'Recent activity')}>
        <AccessHistory />
      </Section>
    </Page>
  )
}
