import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import type { Permission } from '../access/permission-ids.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { userError } from '../users/users.errors.ts'
import type { Viewer } from './team-members.store.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'
import { findTeam } from './teams.store.ts'

type Parts = Pick<App, 'access' | 'db'>

/** The team without any check of rights. Throws 404. */
export async function existingTeam(app: Pick<App, 'db'>, teamId: string): Promise<Team> {
  const team = await findTeam(app.db, teamId)
  if (!team) throw teamError('app.team.get.find.app_error')
  return team
}

/** The team, if the caller holds `permission` in it. Throws 403, or 404 for a missing one (then he holds it everywhere). */
export async function permittedTeam(
  app: Parts,
  session: Session,
  teamId: string,
  permission: Permission,
): Promise<Team> {
  if (!(await app.access.canInTeam(session, teamId, permission))) throw noPermission(permission)
  return existingTeam(app, teamId)
}

/** Throws 403 unless the caller may see the team: as a member, or because it is listed and he may list such teams. */
export async function requireViewable(app: Pick<App, 'access'>, session: Session, team: Team): Promise<void> {
  if (await app.access.canInTeam(session, team.id, 'view_team')) return
  const listed = team.allow_open_invite && team.type === 'O' && team.delete_at === 0
  if (!listed) throw noPermission('view_team')
  if (!app.access.can(session, 'list_public_teams')) throw noPermission('list_public_teams')
}

/** A live team that people can join. An archived one counts as missing: nobody comes in by an old link. Throws 404. */
export async function joinableTeam(app: Pick<App, 'db'>, teamId: string): Promise<Team> {
  const team = await existingTeam(app, teamId)
  if (team.delete_at > 0) throw teamError('app.team.get.find.app_error')
  return team
}

/** The account, deactivated or not. Throws 404. */
export async function existingUser(app: Pick<App, 'access'>, userId: string): Promise<UserCore> {
  const user = await app.access.user(userId)
  if (!user) throw userError('app.user.missing_account.const')
  return user
}

/** Whose eyes a list of a team's members is for: guests see only the people of their channels. */
export async function viewerIn(app: Pick<App, 'access'>, session: Session, teamId: string): Promise<Viewer> {
  return (await app.access.canInTeam(session, teamId, 'view_members')) ? null : session.userId
}

/** Throws 403 when the caller may not know of that person. */
export async function requireVisible(
  app: Pick<App, 'access'>,
  session: Session,
  teamId: string,
  userId: string,
): Promise<void> {
  if ((await viewerIn(app, session, teamId)) === null) return
  if (!(await app.access.canSeeUser(session, userId))) throw noPermission('view_members')
}
