import { useState } from 'react'
import type { ReactNode } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { api, errorId } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { Alert } from './Alert.tsx'
import { enter, ownPath } from './go-on.ts'
import { InnerLink } from './InnerLink.tsx'
import { SsoButtons } from './SsoButtons.tsx'
import { useSubmit } from './use-submit.ts'

/** `/login`: by GitLab, or by name and password and, where asked for, a code. */
export function LoginPage(): ReactNode {
  const t = useText()
  const config = useStore((state) => state.config)
  const me = useStore((state) => state.me)
  const [query] = useSearchParams()
  const target = ownPath(query.get('redirect_to'))
  const byEmail = config['EnableSignInWithEmail'] === 'true'
  const byName = config['EnableSignInWithUsername'] === 'true'
  const siteName = config['SiteName'] || 'Outpost'
  if (config['NoAccounts'] === 'true') return <Navigate to="/signup_user_complete" replace />
  if (me) return <Navigate to={target || '/'} replace />
  return (
    <AccountLayout title={t('login.title', 'Sign in to {siteName}', { siteName })} after={<SignUpHint />}>
      <Notice code={query.get('extra') ?? ''} t={t} />
      <SsoButtons action="login" redirectTo={target} />
      {(byEmail || byName) && <PasswordForm label={idLabel(t, byEmail, byName)} target={target} />}
    </AccountLayout>
  )
}

function idLabel(t: Text, byEmail: boolean, byName: boolean): string {
  if (byEmail && byName) return t('login.id', 'E-mail or username')
  return byEmail ? t('login.email', 'E-mail') : t('login.username', 'Username')
}

/** What happened before, told by the page that sent us here. */
function Notice({ code, t }: { code: string; t: Text }): ReactNode {
  const texts: Record<string, string> = {
    expired: t('login.expired', 'Your session has ended. Sign in again.'),
    password_change: t('login.password_changed', 'Your password is changed. Sign in with the new one.'),
    signin_change: t('login.method_changed', 'Your sign-in method is changed.'),
    verified: t('login.verified', 'Your e-mail address is confirmed.'),
  }
  return texts[code] ? (
    <p role="status" className={cx(css['notice'], code === 'expired' && css['calm'])}>
      {texts[code]}
    </p>
  ) : null
}

/** Errors by which the server asks for the code of a second factor. */
const WANTS_CODE = ['mfa.validate_token.authenticate.app_error', 'ent.mfa.validate_token.authenticate.app_error']
const UNVERIFIED = 'api.user.login.not_verified.app_error'

interface Credentials {
  readonly id: string
  readonly password: string
  /** of the second factor; undefined until the server asks for it */
  readonly code: string | undefined
}

function PasswordForm({ label, target }: { label: string; target: string }): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const [given, setGiven] = useState<Credentials>({ id: '', password: '', code: undefined })
  const submit = useSubmit(async () => {
    const { id, password, code } = given
    try {
      await api.login(id.trim(), password, code?.replace(/\s/g, '') ?? '')
    } catch (error) {
      if (WANTS_CODE.includes(errorId(error)) && code === undefined) return setGiven({ ...given, code: '' })
      if (errorId(error) === UNVERIFIED) {
        return void navigate(`/should_verify_email?email=${encodeURIComponent(id.includes('@') ? id.trim() : '')}`)
      }
      throw error
    }
    enter(target)
  })
  const Step = given.code === undefined ? PasswordStep : CodeStep
  return (
    <form onSubmit={submit.onSubmit} className={css['form']}>
      <Step label={label} given={given} onChange={(part) => setGiven({ ...given, ...part })} />
      <Alert text={submit.error} />
      <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
        {t('login.submit', 'Sign in')}
      </Button>
    </form>
  )
}

interface StepProps {
  readonly label: string
  readonly given: Credentials
  readonly onChange: (part: Partial<Credentials>) => void
}

function PasswordStep({ label, given, onChange }: StepProps): ReactNode {
  const t = useText()
  return (
    <>
      <TextField
        label={label}
        value={given.id}
        onChange={(id) => onChange({ id })}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
      />
      <TextField
        label={t('login.password', 'Password')}
        type="password"
        value={given.password}
        onChange={(password) => onChange({ password })}
        name="password"
        autoComplete="current-password"
        required
        aside={<ForgottenLink />}
      />
    </>
  )
}

function CodeStep({ given, onChange }: StepProps): ReactNode {
  const t = useText()
  return (
    <TextField
      label={t('login.code', 'Code from your authenticator app')}
      description={t('login.code_hint', 'Six digits that change every 30 seconds.')}
      value={given.code ?? ''}
      onChange={(code) => onChange({ code })}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      required
    />
  )
}

function ForgottenLink(): ReactNode {
  const t = useText()
  const config = useStore((state) => state.config)
  if (config['PasswordEnableForgotLink'] === 'false') return null
  const text = t('login.forgotten', 'Forgotten?')
  const elsewhere = config['ForgotPasswordLink']
  return elsewhere ? <a href={elsewhere}>{text}</a> : <InnerLink to="/reset_password">{text}</InnerLink>
}

function SignUpHint(): ReactNode {
  const t = useText()
  const config = useStore((state) => state.config)
  const open = config['EnableOpenServer'] === 'true' && config['EnableUserCreation'] === 'true'
  if (!open || config['EnableSignUpWithEmail'] !== 'true') {
    return t('login.no_account', 'No account yet? Ask your administrator for an invitation.')
  }
  return t.rich('login.sign_up', 'No account yet? <link>Create one</link>', {
    link: (parts) => (
      <InnerLink key="link" to="/signup_user_complete">
        {parts}
      </InnerLink>
    ),
  })
}
