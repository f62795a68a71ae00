import type { App } from '../app.ts'
import { AppError, invalidBody, noPermission } from '../http/errors.ts'
import { sendVerification } from '../sessions/mail-links.ts'
import { verifyOwnPassword } from '../sessions/verify-credentials.ts'
import type { Session } from '../sessions/session.ts'
import { isOfDomains } from '../teams/allowed-domains.ts'
import { announceUser } from './announce-user.ts'
import type { User } from './user.ts'
import { existingUser, selfOrEditorOrBotOwner } from './user-access.ts'
import { asUserConflict } from './user-conflict.ts'
import { checkProfile, DEFAULT_NOTIFY_PROPS, tidyMentionKeys } from './user-rules.ts'
import type { Profile } from './user-rules.ts'
import { userError } from './users.errors.ts'
import type { UserPatch, UserUpdate } from './users.schemas.ts'
import { findPasswordHash, findUserByEmail, groupHasName, lockUser, updateUserRow } from './users.store.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
/** What is to change, and the caller's own password, which a new address needs. */
interface Change {
  readonly profile: Partial<Profile>
  readonly password: string
  /** the error for a field that belongs to the sign-in service */
  readonly verb: 'update' | 'patch'
}

/** Replaces a profile; texts that are missing become empty, maps that are missing stay. See `changeProfile`. */
export async function updateUser(app: App, session: Session, userId: string, body: UserUpdate): Promise<User> {
  if (body.id !== userId) throw invalidBody('user_id')
  const profile = {
    username: body.username ?? '',
    email: body.email ?? '',
    nickname: body.nickname ?? '',
    first_name: body.first_name ?? '',
    last_name: body.last_name ?? '',
    position: body.position ?? '',
    ...(body.locale && { locale: body.locale }),
    ...mapsOf(body),
  }
  return changeProfile(app, session, userId, { profile, password: body.password ?? '', verb: 'update' })
}

/** Changes what is given. See `changeProfile`. */
export async function patchUser(app: App, session: Session, userId: string, body: UserPatch): Promise<User> {
  const profile: Mutable<Partial<Profile>> = mapsOf(body)
  const texts = ['username', 'email', 'nickname', 'first_name', 'last_name', 'position', 'locale'] as const
  for (const key of texts) if (typeof body[key] === 'string') profile[key] = body[key]
  return changeProfile(app, session, userId, { profile, password: body.password ?? '', verb: 'patch' })
}

const mapsOf = (body: UserPatch): Partial<Profile> => ({
  ...(body.timezone && { timezone: body.timezone }),
  ...(body.props && { props: body.props }),
  ...(body.notify_props && { notify_props: body.notify_props }),
})

/**
 * Somebody changes his profile, or an administrator somebody's; everyone is told. A new address of one's own needs the
 * password, and where addresses must be verified it takes effect only then. Throws 403, 404, 400 for a field that
 * breaks a rule or is taken, 409 for one that the sign-in service decides.
 */
async function changeProfile(app: App, session: Session, userId: string, change: Change): Promise<User> {
  await selfOrEditorOrBotOwner(app, session, userId)
  const known = await existingUser(app, userId)
  const wanted = lowerCase(change.profile)
  refuseProviderFields(known, wanted, change.verb)
  const newEmail = wanted.email !== undefined && wanted.email !== known.email && !isSso(known)
  const proven = newEmail && (await checkNewEmail(app, session, known, wanted.email!, change.password))
  const withheld = newEmail && app.config.get().EmailSettings.RequireEmailVerification && !known.is_bot
  const user = await app.unitOfWork(async (tx) => {
    const before = (await lockUser(tx.db, userId))!
    const next: Profile = {
      ...profileOf(before),
      ...wanted,
      ...((withheld || isSso(before)) && { email: before.email }),
    }
    checkProfile(next, profileOf(before))
    const renamed = next.username !== before.username
    if (renamed && (await groupHasName(tx.db, next.username))) throw userError('app.user.group_name_conflict')
    await updateUserRow(tx.db, userId, columnsOf(next, before, proven)).catch((error: unknown) => {
      throw asUserConflict(error)
    })
    return announceUser(app, tx, userId)
  })
  if (withheld) await sendVerification(app, userId, wanted.email!)
  await followAutoResponder(app, known, user)
  return user
}

/** Switching the automatic reply on means being away, switching it off being back. */
async function followAutoResponder(app: App, before: User, after: User): Promise<void> {
  const was = before.notify_props.auto_responder_active === 'true'
  const is = after.notify_props.auto_responder_active === 'true'
  if (is && !was) await app.statuses.setOutOfOffice(after.id)
  if (was && !is) await app.statuses.choose(after.id, 'online')
}

const isSso = (user: User): boolean => user.auth_service !== '' && user.auth_service !== 'ldap'

function lowerCase(profile: Partial<Profile>): Partial<Profile> {
  return {
    ...profile,
    ...(profile.username !== undefined && { username: profile.username.toLowerCase() }),
    ...(profile.email !== undefined && { email: profile.email.trim().toLowerCase() }),
  }
}

function profileOf(user: User): Profile {
  const { username, email, nickname, first_name, last_name, position, locale, timezone, props, notify_props } = user
  return { username, email, nickname, first_name, last_name, position, locale, timezone, props, notify_props }
}

/** The sign-in service writes name and username at each sign-in; a change here would not last. */
function refuseProviderFields(user: User, wanted: Partial<Profile>, verb: 'update' | 'patch'): void {
  const differs = (key: 'username' | 'first_name' | 'last_name') =>
    wanted[key] !== undefined && wanted[key] !== user[key]
  if (user.auth_service === '') return
  const field = differs('username')
    ? 'username'
    : isSso(user) && (differs('first_name') || differs('last_name'))
      ? 'full name'
      : ''
  if (field) throw userError(`api.user.${verb}_user.login_provider_attribute_set.app_error`, { Field: field })
}

/** True when the caller has proven his password for it. */
async function checkNewEmail(
  app: App,
  session: Session,
  user: User,
  email: string,
  password: string,
): Promise<boolean> {
  // An application that a person let in must not be able to take his account over.
  if (session.isOAuth) throw noPermission('edit_other_users')
  const own = session.userId === user.id && !user.is_bot
  if (own) await requirePassword(app, user, password)
  const { TeamSettings, GuestAccountsSettings } = app.config.get()
  const guest = user.roles.split(' ').includes('system_guest')
  const domains = guest ? GuestAccountsSettings.RestrictCreationToDomains : TeamSettings.RestrictCreationToDomains
  if (!user.is_bot && !isOfDomains(email, domains)) {
    throw userError(`api.user.update_user.${guest ? 'accepted_guest_domain' : 'accepted_domain'}.app_error`)
  }
  if (await findUserByEmail(app.db, email)) throw userError('app.user.save.email_exists.app_error')
  return own
}

/** Somebody at an unlocked screen must not be able to move the account to his own address. */
async function requirePassword(app: App, user: User, password: string): Promise<void> {
  const passwordHash = await findPasswordHash(app.db, user.id)
  const account = {
    id: user.id,
    username: user.username,
    email: user.email,
    emailVerified: user.email_verified,
    passwordHash,
    authService: user.auth_service,
    deleteAt: user.delete_at,
    isBot: user.is_bot,
    isGuest: false,
    isRemote: user.remote_id !== null,
    mfaActive: user.mfa_active,
  }
  await verifyOwnPassword(app, account, password).catch((error: unknown) => {
    const wrong = error instanceof AppError && error.id === 'api.user.check_user_password.invalid.app_error'
    throw wrong ? invalidBody('password') : error
  })
}

function columnsOf(next: Profile, before: User, proven: boolean) {
  const renamed = next.username !== before.username
  const newEmail = next.email !== before.email
  const notifyProps = Object.keys(next.notify_props).length > 0 ? next.notify_props : DEFAULT_NOTIFY_PROPS
  return {
    username: next.username,
    email: next.email,
    nickname: next.nickname,
    firstname: next.first_name,
    lastname: next.last_name,
    position: next.position,
    locale: next.locale,
    updateat: Date.now(),
    timezone: JSON.stringify(next.timezone),
    props: JSON.stringify(next.props),
    notifyprops: JSON.stringify(tidyMentionKeys(notifyProps, renamed ? before.username : undefined)),
    ...(newEmail && { emailverified: false }),
    ...(proven && { failedattempts: 0 }),
  }
}
