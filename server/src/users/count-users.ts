import type { App } from '../app.ts'
import type { Query } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import { compact, idOf, requirePlace, rolesOf } from './list-users.ts'
import { viewRestriction } from './user-access.ts'
import { countUsers } from './user-lists.store.ts'

/** How many active accounts the caller may know of. */
export function countVisible(app: Pick<App, 'access' | 'db'>, session: Session): Promise<number> {
  return countUsers(app.db, { active: true, visibleTo: viewRestriction(app, session) })
}

/**
 * How many accounts fit the query of `GET /users/stats/filtered`. Throws 400 for ids and roles that are none, 403 for a
 * team or channel that the caller may not look into. That he may administer users, the caller has checked.
 */
export async function countFiltered(app: App, session: Session, query: Query): Promise<number> {
  const id = (name: string): string | undefined => idOf(query, name) || undefined
  const place = compact({ inTeam: id('in_team'), inChannel: id('in_channel') })
  await requirePlace(app, session, place)
  return countUsers(app.db, {
    ...place,
    ...rolesOf(query),
    active: !query.flag('include_deleted'),
    includeBots: query.flag('include_bots'),
    includeRemote: query.flag('include_remote_users'),
  })
}
