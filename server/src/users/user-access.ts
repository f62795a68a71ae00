import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { acceptedTerms } from '../terms-of-service/agree-to-terms.ts'
import type { User } from './user.ts'
import { userError } from './users.errors.ts'
import { findBotOwner, findUser } from './users.store.ts'

type Parts = Pick<App, 'access' | 'db'>

/** For lists: the viewer to whose channels they must be limited, or null for one who may see everybody. */
export function viewRestriction(app: Pick<App, 'access'>, session: Session): string | null {
  return app.access.can(session, 'view_members') ? null : session.userId
}

/**
 * A user that the caller may know of, deactivated or not. Throws 404; a guest gets 403 for people outside his
 * channels and for ids of nobody alike, so that he cannot tell them apart.
 */
export async function visibleUser(app: Parts, session: Session, userId: string): Promise<User> {
  return seen(app, session, await findUser(app.db, userId), 'app.user.missing_account.const')
}

/** The same for a user found in another way; `missing` is the error for nobody. */
export async function seen(
  app: Parts,
  session: Session,
  user: User | null,
  missing: Parameters<typeof userError>[0],
): Promise<User> {
  if (!user) throw viewRestriction(app, session) === null ? userError(missing) : noPermission('view_members')
  if (!(await app.access.canSeeUser(session, user.id))) throw noPermission('view_members')
  return user
}

/** A user without any check of rights, for callers that made one. Throws 404. */
export async function existingUser(app: Pick<App, 'db'>, userId: string): Promise<User> {
  const user = await findUser(app.db, userId)
  if (!user) throw userError('app.user.missing_account.const')
  return user
}

/**
 * Throws 403 unless the caller is that user or may edit others. Only a holder of manage_system edits a system
 * administrator.
 */
export async function selfOrEditor(app: Pick<App, 'access'>, session: Session, userId: string): Promise<void> {
  if (session.local || session.userId === userId) return
  if (!app.access.can(session, 'edit_other_users')) throw noPermission('edit_other_users')
  await sparesAdministrators(app, session, userId)
}

/** Throws 403 when the target is a system administrator and the caller does not hold manage_system. */
export async function sparesAdministrators(app: Pick<App, 'access'>, session: Session, userId: string): Promise<void> {
  const target = await app.access.user(userId)
  const untouchable = target !== null && app.access.grants(target.roles, 'manage_system')
  if (untouchable && !app.access.can(session, 'manage_system')) throw noPermission('manage_system')
}

/** Like `selfOrEditor`; a bot may also be edited by its owner with manage_bots and by anyone with manage_others_bots. */
export async function selfOrEditorOrBotOwner(app: Parts, session: Session, userId: string): Promise<void> {
  const target = await app.access.user(userId)
  if (target?.isBot && session.userId !== userId) {
    const owned = (await findBotOwner(app.db, userId)) === session.userId
    if (owned && app.access.can(session, 'manage_bots')) return
    if (app.access.can(session, 'manage_others_bots')) return
  }
  await selfOrEditor(app, session, userId)
}

/** The user with the terms of service he accepted, as only he and administrators see them. */
export async function withTerms(app: Pick<App, 'db'>, user: User): Promise<User> {
  const terms = await acceptedTerms(app, user.id)
  if (!terms) return user
  return { ...user, terms_of_service_id: terms.terms_of_service_id, terms_of_service_create_at: terms.create_at }
}
