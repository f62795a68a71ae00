import { useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { UserProfile } from '@mattermost/types/users'
import { api, errorId } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { Alert } from './Alert.tsx'
import { enter, ownPath } from './go-on.ts'
import { InnerLink } from './InnerLink.tsx'
import { joinInvited, readInvitation } from './invitation.ts'
import { useInvitedTeam } from './use-invited-team.ts'
import { passwordRule } from './password-rule.ts'
import { SsoButtons } from './SsoButtons.tsx'
import { useSubmit } from './use-submit.ts'
import type { Submit } from './use-submit.ts'

/** `/signup_user_complete`: a new account: the very first one, one by invitation, or, where the server is open, anybody's. */
export function SignUpPage(): ReactNode {
  const t = useText()
  const [query] = useSearchParams()
  const config = useStore((state) => state.config)
  const me = useStore((state) => state.me)
  const invitation = readInvitation(query)
  const team = useInvitedTeam(invitation)
  const siteName = config['SiteName'] || 'Outpost'
  const isFirst = config['NoAccounts'] === 'true'
  const invited = Boolean(invitation.inviteId || invitation.token)
  const allowed =
    isFirst || (config['EnableUserCreation'] === 'true' && (invited || config['EnableOpenServer'] === 'true'))
  if (me) return <JoinPage invitation={invitation} teamName={team.name} />
  if (team.invalid || !allowed) return <NoWayIn invalid={team.invalid} />
  const title = isFirst
    ? t('signup.first', 'Welcome to {siteName}', { siteName })
    : team.name
      ? t('signup.join', 'Join {team}', { team: team.name })
      : t('signup.title', 'Create your account')
  const lead =
    isFirst && t('signup.first_lead', 'Create the first account. It becomes the administrator of this server.')
  return (
    <AccountLayout title={title} lead={lead} after={!isFirst && <SignInHint />}>
      <SsoButtons action="signup" redirectTo={ownPath(query.get('redirect_to'))} invitation={invitation.query} />
      {(isFirst || config['EnableSignUpWithEmail'] === 'true') && <SignUpForm invitedEmail={invitation.email} />}
    </AccountLayout>
  )
}

function SignInHint(): ReactNode {
  const t = useText()
  const [query] = useSearchParams()
  const back = query.toString() ? `?redirect_to=${encodeURIComponent(`/signup_user_complete?${query}`)}` : ''
  return t.rich('signup.sign_in', 'Have an account already? <link>Sign in</link>', {
    link: (parts) => (
      <InnerLink key="link" to={`/login${back}`}>
        {parts}
      </InnerLink>
    ),
  })
}

function NoWayIn({ invalid }: { invalid: boolean }): ReactNode {
  const t = useText()
  const text = invalid
    ? t('signup.invalid', 'This invitation is not valid any more. Ask the person who sent it for a new one.')
    : t('signup.closed', 'New accounts are made by invitation here. Ask a colleague or your administrator for one.')
  return (
    <AccountLayout title={t('signup.closed_title', 'You need an invitation')} lead={text} after={<SignInHint />}>
      {null}
    </AccountLayout>
  )
}

/** Somebody who has an account opens an invitation. */
function JoinPage({
  invitation,
  teamName,
}: {
  invitation: ReturnType<typeof readInvitation>
  teamName: string
}): ReactNode {
  const t = useText()
  const submit = useSubmit(async () => enter(await joinInvited(invitation)))
  const team = teamName || t('signup.this_team', 'this team')
  return (
    <AccountLayout title={t('signup.join', 'Join {team}', { team })}>
      <form onSubmit={submit.onSubmit} className={css['form']}>
        <Alert text={submit.error} />
        <Button type="submit" variant="primary" size="l" wide pending={submit.busy} autoFocus>
          {t('signup.join_now', 'Join')}
        </Button>
      </form>
    </AccountLayout>
  )
}

/** A name is no sentence: nothing corrects or capitalises it. */
const NAME = { autoComplete: 'username', autoCapitalize: 'none', spellCheck: false } as const

/** Which field an error of the server belongs to. */
function fieldOf(id: string): 'email' | 'username' | 'password' | '' {
  if (/email/.test(id)) return 'email'
  if (/username/.test(id)) return 'username'
  return /\.pwd|password/.test(id) ? 'password' : ''
}

/** Makes the account, signs in to it and goes on; an address that must be confirmed first has a page for that. */
function useSignUp(email: string, username: string, password: string): Submit {
  const t = useText()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  return useSubmit(async () => {
    const invitation = readInvitation(query)
    const user = { email: email.trim(), username: username.trim().toLowerCase(), password, locale: t.locale }
    await api.createUser(user as unknown as UserProfile, invitation.token, invitation.inviteId, '')
    try {
      await api.login(user.email, password)
    } catch (error) {
      if (errorId(error) !== 'api.user.login.not_verified.app_error') throw error
      return void navigate(`/should_verify_email?email=${encodeURIComponent(user.email)}`)
    }
    enter(ownPath(query.get('redirect_to')) || (invitation.inviteId || invitation.token ? '/' : '/select_team'))
  })
}

function SignUpForm({ invitedEmail }: { invitedEmail: string }): ReactNode {
  const t = useText()
  const config = useStore((state) => state.config)
  const [email, setEmail] = useState(invitedEmail)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const submit = useSignUp(email, username, password)
  const field = fieldOf(submit.errorId)
  const errorOf = (name: string): string | undefined => (field === name ? submit.error : undefined)
  const invited = invitedEmail !== ''
  const emailField = {
    value: email,
    onChange: setEmail,
    readOnly: invited,
    autoFocus: !invited,
    error: errorOf('email'),
  }
  const nameField = { value: username, onChange: setUsername, autoFocus: invited, error: errorOf('username') }
  const passwordField = { value: password, onChange: setPassword, error: errorOf('password') }
  const nameHint = t('signup.username_hint', 'Others mention you by it: small letters, digits, dots, dashes.')
  return (
    <form onSubmit={submit.onSubmit} className={css['form']}>
      <TextField {...emailField} label={t('signup.email', 'E-mail')} type="email" autoComplete="email" required />
      <TextField {...nameField} {...NAME} label={t('signup.username', 'Username')} required description={nameHint} />
      <TextField
        {...passwordField}
        label={t('signup.password', 'Password')}
        type="password"
        autoComplete="new-password"
        required
        description={passwordRule(t, config)}
      />
      <Alert text={field === '' ? submit.error : ''} />
      <Button type="submit" variant="primary" size="l" wide pending={submit.busy}>
        {t('signup.submit', 'Create account')}
      </Button>
    </form>
  )
}
