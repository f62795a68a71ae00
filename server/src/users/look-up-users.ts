import type { App } from '../app.ts'
import { invalidBody, invalidParam } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import { uniqueSorted } from '../http/schema.ts'
import type { Session } from '../sessions/session.ts'
import { isOfDomains } from '../teams/allowed-domains.ts'
import type { User } from './user.ts'
import { seen, viewRestriction } from './user-access.ts'
import { findGroupChannelMembers, findKnownUsers, findUsers, findPeoplesEmails } from './user-lists.store.ts'
import { userError } from './users.errors.ts'
import { findUserByEmail, findUserByUsername } from './users.store.ts'

/** Users by ids, those changed after `since` (ms) when given; unknown ids are passed over. Throws 400 for none. */
export async function usersByIds(app: App, session: Session, body: string[], query: Query): Promise<User[]> {
  if (body.length === 0) throw invalidBody('user_ids')
  const since = query.has('since') ? query.int('since', -1) : undefined
  if (since !== undefined && since < 0) throw invalidParam('since')
  const filter = { ids: uniqueSorted(body), visibleTo: viewRestriction(app, session) }
  return findUsers(app.db, since === undefined ? filter : { ...filter, since })
}

/** Users by names; unknown ones are passed over. Throws 400 for none. */
export async function usersByUsernames(app: App, session: Session, body: string[]): Promise<User[]> {
  if (body.length === 0) throw invalidBody('usernames')
  const usernames = uniqueSorted(body.map((name) => name.toLowerCase()))
  return findUsers(app.db, { usernames, visibleTo: viewRestriction(app, session) })
}

/** Throws 404, and 403 as `visibleUser`. */
export async function userByUsername(app: App, session: Session, username: string): Promise<User> {
  return seen(app, session, await findUserByUsername(app.db, username), 'app.user.get_by_username.app_error')
}

/** Throws 403 where addresses are not shown, 404, and 403 as `visibleUser`. */
export async function userByEmail(app: App, session: Session, email: string): Promise<User> {
  const shown = app.config.get().PrivacySettings.ShowEmailAddress || app.access.can(session, 'manage_system')
  if (!shown) throw userError('api.user.get_user_by_email.permissions.app_error')
  return seen(app, session, await findUserByEmail(app.db, email), 'app.user.missing_account.const')
}

/** Channel id → the other members, for those of the ids that are group channels of the caller. Throws 400 for none. */
export async function groupChannelUsers(app: App, session: Session, body: string[]): Promise<Map<string, User[]>> {
  if (body.length === 0) throw invalidBody('channel_ids')
  return findGroupChannelMembers(app.db, session.userId, uniqueSorted(body))
}

/** Ids of everyone who shares a channel with the caller. */
export const knownUsers = (app: App, session: Session): Promise<string[]> => findKnownUsers(app.db, session.userId)

/** Active people whose address is of no domain that may sign up: what an administrator checks before closing a server. */
export async function usersWithInvalidEmails(app: App, offset: number, limit: number): Promise<User[]> {
  const domains = app.config.get().TeamSettings.RestrictCreationToDomains
  if (domains.trim() === '') return []
  const emails = await findPeoplesEmails(app.db)
  const wrong = emails.filter((one) => !isOfDomains(one.email, domains)).map((one) => one.id)
  const page = wrong.slice(offset, offset + limit)
  return page.length === 0 ? [] : findUsers(app.db, { ids: page })
}
