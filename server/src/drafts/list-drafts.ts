import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { checkOwnDrafts } from './draft-access.ts'
import { withFiles } from './draft-fields.ts'
import type { Draft } from './draft.ts'
import { findDrafts } from './drafts.store.ts'

/**
 * The caller's drafts in a team and in direct and group channels, newest first. Throws 403 for other people and for
 * teams he may not see, 501 while the server keeps no drafts.
 */
export async function listDrafts(
  app: Pick<App, 'access' | 'config' | 'db'>,
  session: Session,
  userId: string,
  teamId: string,
): Promise<Draft[]> {
  checkOwnDrafts(app, session, userId)
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  return withFiles(app.db, await findDrafts(app.db, session.userId, teamId))
}
