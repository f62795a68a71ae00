import type { App } from '../app.ts'
import { anyAccount } from '../config/client-settings.store.ts'
import type { NewRow } from '../database/tables.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import { isOfDomains } from '../teams/allowed-domains.ts'
import type { User } from './user.ts'
import { asUserConflict } from './user-conflict.ts'
import { checkProfile, DEFAULT_NOTIFY_PROPS, DEFAULT_TIMEZONE, tidyMentionKeys, validLocale } from './user-rules.ts'
import type { Profile } from './user-rules.ts'
import { userError } from './users.errors.ts'
import { findUser, groupHasName, insertTutorialStep, insertUser, lockFirstAccount } from './users.store.ts'

/** What a new account starts with; only name and address are needed. */
export type NewAccount = Pick<Profile, 'username' | 'email'> & Partial<Profile> & { readonly createAt?: number }

export interface NewAccountOptions {
  /** the address is proven */
  readonly verified?: boolean
  /** see `hashPassword`; made before the transaction begins, because it takes long */
  readonly passwordHash?: string
  /** '' = signs in with a password */
  readonly authService?: string
  readonly authData?: string | null
  /** `system_user` if not given; the very first person becomes system administrator unless he is a guest */
  readonly roles?: string
}

/**
 * Makes an account and tells everyone of it. Throws 400 for a field that breaks a rule, and for a name or address that
 * is taken. Who may do this, and whether the password is good enough, the caller has checked.
 */
export async function createUser(
  app: Pick<App, 'config'>,
  tx: Tx,
  fields: NewAccount,
  options: NewAccountOptions = {},
): Promise<User> {
  const profile = completed(app, fields)
  checkProfile(profile)
  checkSignInData(options)
  if (await groupHasName(tx.db, profile.username)) throw userError('app.user.group_name_conflict')
  const roles = await rolesFor(tx, options.roles ?? 'system_user')
  const id = newId()
  await insertUser(tx.db, rowOf(id, profile, roles, options)).catch((error: unknown) => {
    throw asUserConflict(error)
  })
  await insertTutorialStep(tx.db, id)
  tx.changed({ kind: 'user', userId: id })
  tx.publish(event('new_user', {}, { user_id: id }, { aboutUserId: id }))
  return (await findUser(tx.db, id))!
}

/** Throws 400 for an address of a domain that may not have accounts here. For whoever calls `createUser`. */
export function requireAcceptedDomain(app: Pick<App, 'config'>, email: string, guest: boolean): void {
  const { GuestAccountsSettings, TeamSettings } = app.config.get()
  const domains = guest ? GuestAccountsSettings.RestrictCreationToDomains : TeamSettings.RestrictCreationToDomains
  if (!isOfDomains(email, domains)) throw userError('api.user.create_user.accepted_domain.app_error')
}

function rowOf(id: string, profile: Profile, roles: string, options: NewAccountOptions): NewRow<'users'> {
  const now = Date.now()
  return {
    id,
    createat: now,
    updateat: now,
    deleteat: 0,
    username: profile.username,
    email: profile.email,
    emailverified: options.verified ?? false,
    password: options.passwordHash ?? '',
    authservice: options.authService ?? '',
    authdata: options.authData || null,
    nickname: profile.nickname,
    firstname: profile.first_name,
    lastname: profile.last_name,
    position: profile.position,
    roles,
    allowmarketing: false,
    locale: profile.locale,
    props: JSON.stringify(profile.props),
    notifyprops: JSON.stringify(profile.notify_props),
    timezone: JSON.stringify(profile.timezone),
    lastpasswordupdate: now,
    lastpictureupdate: 0,
    failedattempts: 0,
    mfaactive: false,
    mfasecret: '',
    lastlogin: 0,
  }
}

function completed(app: Pick<App, 'config'>, fields: NewAccount): Profile {
  const locale = fields.locale ?? ''
  const notifyProps = fields.notify_props ?? {}
  return {
    username: fields.username.toLowerCase(),
    email: fields.email.trim().toLowerCase(),
    nickname: fields.nickname ?? '',
    first_name: fields.first_name ?? '',
    last_name: fields.last_name ?? '',
    position: fields.position ?? '',
    locale: validLocale(locale) ? locale : app.config.get().LocalizationSettings.DefaultClientLocale || 'en',
    timezone: isEmpty(fields.timezone) ? DEFAULT_TIMEZONE : fields.timezone!,
    props: fields.props ?? {},
    notify_props: isEmpty(notifyProps) ? DEFAULT_NOTIFY_PROPS : tidyMentionKeys(notifyProps),
  }
}

const isEmpty = (map: object | undefined): boolean => Object.keys(map ?? {}).length === 0

function checkSignInData({ authData, authService, passwordHash }: NewAccountOptions): void {
  if (authData && authData.length > 128) throw userError('model.user.is_valid.auth_data.app_error')
  if (authData && !authService) throw userError('model.user.is_valid.auth_data_type.app_error')
  if (authData && passwordHash) throw userError('model.user.is_valid.auth_data_pwd.app_error')
}

/**
 * The first person on a server becomes its administrator. Two who sign up at once must not both be first, so on an
 * empty server they wait for one another; later nobody does.
 */
async function rolesFor(tx: Tx, asked: string): Promise<string> {
  if (asked !== 'system_user' || (await anyAccount(tx.db))) return asked
  await lockFirstAccount(tx.db)
  return (await anyAccount(tx.db)) ? asked : 'system_admin system_user'
}
