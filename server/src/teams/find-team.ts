import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam, requireViewable } from './team-access.ts'
import { teamFor } from './team-view.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'
import { findTeamByName } from './teams.store.ts'

/** A team as the caller may see it. Throws 404, 403. */
export async function getTeam(app: App, session: Session, teamId: string): Promise<Team> {
  const team = await existingTeam(app, teamId)
  await requireViewable(app, session, team)
  return teamFor(app, session, team)
}

/** The same by name, in any case. */
export async function getTeamByName(app: App, session: Session, name: string): Promise<Team> {
  const team = await findTeamByName(app.db, name.toLowerCase())
  if (!team) throw teamError('app.team.get_by_name.missing.app_error')
  await requireViewable(app, session, team)
  return teamFor(app, session, team)
}

/** Whether a team of that name exists as far as the caller may know: what he may not list does not. */
export async function teamExists(app: App, session: Session, name: string): Promise<boolean> {
  const team = await findTeamByName(app.db, name.toLowerCase())
  if (!team) return false
  if (await app.access.teamMember(team.id, session.userId)) return true
  return app.access.can(session, team.allow_open_invite ? 'list_public_teams' : 'list_private_teams')
}
