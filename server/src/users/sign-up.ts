import type { UserCore } from '../access/access.ts'
import { roleNames } from '../access/role-names.ts'
import type { App } from '../app.ts'
import { anyAccount } from '../config/client-settings.store.ts'
import { joinInvitedChannels } from '../channels/join-invited-channels.ts'
import { userError } from './users.errors.ts'
import { invalidBody } from '../http/errors.ts'
import { sendVerification } from '../sessions/mail-links.ts'
import type { Session } from '../sessions/session.ts'
import { pendingInvitation, teamOfLink } from '../teams/accept-invitation.ts'
import { isOfDomains } from '../teams/allowed-domains.ts'
import { joinTeam } from '../teams/join-team.ts'
import { joinableTeam } from '../teams/team-access.ts'
import { createUser, requireAcceptedDomain } from './create-user.ts'
import type { NewAccount, NewAccountOptions } from './create-user.ts'
import { checkPasswordRules, hashPassword } from './passwords.ts'
import type { User } from './user.ts'
import { userView } from './user-view.ts'
import type { UserView } from './user-view.ts'
import type { NewUserDraft } from './users.schemas.ts'
import { takeInvitation } from './users.store.ts'

/** How somebody came to the sign-up: by the secret of a mail, by a team's link, or by neither ('' each). */
export interface Arrival {
  readonly token: string
  readonly inviteId: string
  /** where the web client goes on after the address was verified */
  readonly redirectTo: string
}

/**
 * Makes an account for somebody who signs up, or that an administrator makes for somebody else. The very first person
 * needs no invitation and becomes system administrator. Throws 501 where sign-up is off, 403 without an invitation where
 * one is needed, 400 for fields or a password that break a rule and for domains that are not accepted.
 */
export async function signUp(
  app: App,
  session: Session | undefined,
  draft: NewUserDraft,
  arrival: Arrival,
): Promise<UserView> {
  const admin = session !== undefined && !session.mfaPending && app.access.can(session, 'manage_system')
  const user = await (arrival.token !== ''
    ? signUpByMail(app, draft, arrival.token)
    : arrival.inviteId !== ''
      ? signUpByLink(app, draft, arrival.inviteId)
      : admin
        ? createForSomebody(app, draft)
        : signUpOpenly(app, draft))
  if (app.config.get().EmailSettings.RequireEmailVerification && !user.email_verified && user.auth_service === '') {
    await sendVerification(app, user.id, user.email, arrival.redirectTo)
  }
  return userView(user, 'self', app.config.get().PrivacySettings)
}

async function signUpByMail(app: App, draft: NewUserDraft, token: string): Promise<User> {
  requireSignUp(app)
  const invitation = await pendingInvitation(app, token)
  const guest = invitation.type === 'guest_invitation'
  if (guest && !app.config.get().GuestAccountsSettings.Enable) {
    throw userError('api.user.create_user.guest_accounts.disabled.app_error')
  }
  const team = await joinableTeam(app, invitation.teamId)
  // The mail reached this address, so it is proven, and nobody else's can be claimed with the invitation.
  const fields = { ...accountOf(draft), email: invitation.email }
  requireAcceptedDomain(app, fields.email, guest)
  const options = { ...(await passwordOf(app, draft)), verified: true, roles: guest ? 'system_guest' : 'system_user' }
  const sender = invitation.senderId ? await app.access.user(invitation.senderId) : null
  return app.unitOfWork(async (tx) => {
    if (!(await takeInvitation(tx.db, token))) throw userError('api.user.create_user.signup_link_invalid.app_error')
    const user = await createUser(app, tx, fields, options)
    await joinTeam(app, tx, team, coreOf(user))
    await joinInvitedChannels(app, tx, team.id, coreOf(user), invitation.channelIds, sender)
    return user
  })
}

async function signUpByLink(app: App, draft: NewUserDraft, inviteId: string): Promise<User> {
  requireSignUp(app)
  const team = await teamOfLink(app, inviteId)
  if (team.group_constrained) throw userError('app.team.invite_id.group_constrained.error')
  const fields = accountOf(draft)
  requireAcceptedDomain(app, fields.email, false)
  if (!isOfDomains(fields.email, team.allowed_domains))
    throw userError('api.team.invite_members.invalid_email.app_error')
  const options = await passwordOf(app, draft)
  return app.unitOfWork(async (tx) => {
    const user = await createUser(app, tx, fields, options)
    await joinTeam(app, tx, team, coreOf(user))
    return user
  })
}

async function signUpOpenly(app: App, draft: NewUserDraft): Promise<User> {
  requireSignUp(app)
  const open = app.config.get().TeamSettings.EnableOpenServer
  if (!open && (await anyAccount(app.db))) throw userError('api.user.create_user.no_open_server')
  const fields = accountOf(draft)
  requireAcceptedDomain(app, fields.email, false)
  const options = await passwordOf(app, draft)
  return app.unitOfWork(async (tx) => {
    const user = await createUser(app, tx, fields, options)
    // Somebody else was first while this one was on his way.
    if (!open && user.roles === 'system_user') throw userError('api.user.create_user.no_open_server')
    return user
  })
}

/** An administrator makes an account for somebody: only he may say that it signs in elsewhere or is verified. */
async function createForSomebody(app: App, draft: NewUserDraft): Promise<User> {
  const fields = accountOf(draft)
  requireAcceptedDomain(app, fields.email, false)
  const authService = draft.auth_service ?? ''
  const signIn: NewAccountOptions = authService
    ? { authService, authData: draft.auth_data ?? null }
    : await passwordOf(app, draft)
  const options = { ...signIn, verified: draft.email_verified ?? false }
  return app.unitOfWork((tx) => createUser(app, tx, fields, options))
}

function requireSignUp(app: App): void {
  const { EmailSettings, TeamSettings } = app.config.get()
  if (EmailSettings.EnableSignUpWithEmail && TeamSettings.EnableUserCreation) return
  throw userError('api.user.create_user.signup_email_disabled.app_error')
}

/** The rules come first: a password that breaks them is not worth the time of hashing it. */
async function passwordOf(app: App, draft: NewUserDraft): Promise<NewAccountOptions> {
  const password = draft.password ?? ''
  if (password === '') throw invalidBody('password')
  checkPasswordRules(app.config, password)
  return { passwordHash: await hashPassword(password) }
}

function accountOf(draft: NewUserDraft): NewAccount {
  return {
    username: draft.username ?? '',
    email: (draft.email ?? '').trim().toLowerCase(),
    nickname: draft.nickname ?? '',
    first_name: draft.first_name ?? '',
    last_name: draft.last_name ?? '',
    position: draft.position ?? '',
    locale: draft.locale ?? '',
    timezone: draft.timezone ?? {},
    props: draft.props ?? {},
    notify_props: draft.notify_props ?? {},
  }
}

/** What permission checks know of an account that no cache can hold yet. */
function coreOf(user: User): UserCore {
  const roles = roleNames(user.roles)
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    roles,
    isGuest: roles.includes('system_guest'),
    isBot: false,
    deleteAt: 0,
    locale: user.locale,
    authService: user.auth_service,
    mfaActive: false,
    nickname: user.nickname,
    firstName: user.first_name,
    lastName: user.last_name,
    timezone: user.timezone,
    notifyProps: user.notify_props,
  }
}
