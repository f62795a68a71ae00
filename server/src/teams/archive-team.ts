import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { permittedTeam } from './team-access.ts'
import { teamFor } from './team-view.ts'
import type { Team } from './team.ts'
import { changeTeam } from './update-team.ts'

/** Archives a team: it leaves everybody's list, nothing in it is deleted. Throws 403, 404. */
export async function archiveTeam(app: App, session: Session, teamId: string): Promise<void> {
  const team = await permittedTeam(app, session, teamId, 'manage_team')
  await changeTeam(app, teamId, { delete_at: team.delete_at || Date.now() }, 'delete_team')
}

/** Brings an archived team back. Throws 403, 404. */
export async function restoreTeam(app: App, session: Session, teamId: string): Promise<Team> {
  await permittedTeam(app, session, teamId, 'manage_team')
  return teamFor(app, session, await changeTeam(app, teamId, { delete_at: 0 }, 'restore_team'))
}
