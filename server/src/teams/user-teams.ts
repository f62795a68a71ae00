import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { findMembershipsOf } from './team-members.store.ts'
import { findUnreads } from './team-unreads.store.ts'
import { memberViews, teamsFor } from './team-view.ts'
import type { Team, TeamMember, TeamUnread } from './team.ts'
import { findTeamsOfUser } from './teams.store.ts'

/** Live teams of a user. Throws 403 for another user's without the right to read accounts. */
export async function teamsOfUser(app: App, session: Session, userId: string): Promise<Team[]> {
  const permission = 'sysconsole_read_user_management_users'
  if (session.userId !== userId && !app.access.can(session, permission)) throw noPermission(permission)
  return teamsFor(app, session, await findTeamsOfUser(app.db, userId))
}

/** A user's memberships, those that were left too. Throws 403 for another user's without the right. */
export async function membershipsOfUser(app: App, session: Session, userId: string): Promise<TeamMember[]> {
  if (!app.access.can(session, 'read_other_users_teams')) await selfOrEditor(app, session, userId)
  if (!(await app.access.canSeeUser(session, userId))) throw noPermission('view_members')
  return memberViews(app, await findMembershipsOf(app.db, userId))
}

/** What a user has not read, by team. Throws 403 for another user's without manage_system. */
export async function unreadsOfUser(
  app: App,
  session: Session,
  userId: string,
  options: { threads: boolean; without: string },
): Promise<TeamUnread[]> {
  if (session.userId !== userId && !app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const threads = options.threads && app.config.get().ServiceSettings.CollapsedThreads !== 'disabled'
  return findUnreads(app.db, userId, { threads, without: options.without })
}

/** What a user has not read in one team; zeros when he is not in it. Throws 403. */
export async function unreadOfTeam(app: App, session: Session, userId: string, teamId: string): Promise<TeamUnread> {
  await selfOrEditor(app, session, userId)
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  const [unread] = await findUnreads(app.db, userId, { threads: false, teamId })
  const messages = { msg_count: 0, msg_count_root: 0, mention_count: 0, mention_count_root: 0 }
  const threads = { thread_count: 0, thread_mention_count: 0, thread_urgent_mention_count: 0 }
  return unread ?? { team_id: teamId, ...messages, ...threads }
}
