import type { App } from '../app.ts'
import { withFiles } from '../drafts/draft-fields.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { checkSwitchedOn } from './schedule-post.ts'
import type { ScheduledPost } from './scheduled-post.ts'
import { findScheduledPosts } from './scheduled-posts.store.ts'

/**
 * The caller's scheduled posts by team id, the next one first; `withDirects` adds those of direct and group channels
 * under `directChannels`. Throws 403 for teams he may not see, 400 while scheduled posts are switched off.
 */
export async function listScheduledPosts(
  app: Pick<App, 'access' | 'config' | 'db'>,
  session: Session,
  teamId: string,
  withDirects: boolean,
): Promise<Record<string, ScheduledPost[]>> {
  checkSwitchedOn(app)
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  const list = async (id: string) => withFiles(app.db, await findScheduledPosts(app.db, session.userId, id))
  const ofTeam = { [teamId]: await list(teamId) }
  return withDirects ? { ...ofTeam, directChannels: await list('') } : ofTeam
}
