import { useState } from 'react'
import type { ReactNode } from 'react'
import { useLocation, useSearchParams } from 'react-router'
import { api, errorId } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { startLeaving, stay } from '../../shell/session-end.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { enter } from './go-on.ts'
import { InnerLink } from './InnerLink.tsx'
import { passwordRule } from './password-rule.ts'
import { useSubmit } from './use-submit.ts'

/** `/claim/…`: from a password to GitLab and back. */
export default function ClaimPage(): ReactNode {
  const { pathname } = useLocation()
  const [query] = useSearchParams()
  const email = query.get('email') ?? ''
  return pathname.endsWith('/email_to_oauth') ? <ToGitLab email={email} /> : <ToPassword email={email} />
}

function ToGitLab({ email }: { email: string }): ReactNode {
  const t = useText()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState<string>()
  const submit = useSubmit(async () => {
    try {
      const { follow_link: link } = await api.switchEmailToOAuth('gitlab', email, password, code ?? '')
      location.assign(link)
    } catch (error) {
      if (errorId(error) !== 'mfa.validate_token.authenticate.app_error' || code !== undefined) throw error
      setCode('')
    }
  })
  const lead = t(
    'claim.to_gitlab_lead',
    'From then on you sign in through GitLab. Your posts and teams stay; your password here ends.',
  )
  return (
    <AccountLayout
      title={t('claim.to_gitlab', 'Switch to GitLab')}
      lead={lead}
      after={<InnerLink to="/">{t('team.back', 'Back')}</InnerLink>}
    >
      <form onSubmit={submit.onSubmit} className={css['form']}>
        <TextField
          label={t('claim.password', 'Password of {email}', { email })}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          autoFocus
          required
          error={submit.error || undefined}
        />
        {code !== undefined && (
          <TextField
            label={t('login.code', 'Code from your authenticator app')}
            value={code}
            onChange={setCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            required
          />
        )}
        <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
          {t('claim.go', 'Continue to GitLab')}
        </Button>
      </form>
    </AccountLayout>
  )
}

function ToPassword({ email }: { email: string }): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const config = useStore((state) => state.config)
  const [password, setPassword] = useState('')
  const submit = useSubmit(async () => {
    // The server ends every session of the account, this one too.
    startLeaving()
    const { follow_link: link } = await api.switchOAuthToEmail('gitlab', email, password).catch((error: unknown) => {
      stay()
      throw error
    })
    if (link) location.assign(link)
    else enter('/login?extra=signin_change')
  })
  const lead = t('claim.to_password_lead', 'From then on you sign in with {email} and a password.', { email })
  return (
    <AccountLayout
      title={t('claim.to_password', 'Switch to e-mail and password')}
      lead={lead}
      after={<InnerLink to={me ? '/' : '/login'}>{t('team.back', 'Back')}</InnerLink>}
    >
      <form onSubmit={submit.onSubmit} className={css['form']}>
        <TextField
          label={t('claim.new_password', 'New password')}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="new-password"
          autoFocus
          required
          description={passwordRule(t, config)}
          error={submit.error || undefined}
        />
        <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
          {t('claim.switch', 'Switch')}
        </Button>
      </form>
    </AccountLayout>
  )
}
