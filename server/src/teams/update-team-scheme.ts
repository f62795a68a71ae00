import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam } from './team-access.ts'
import { teamError } from './teams.errors.ts'
import { findSchemeScope } from './teams.store.ts'
import { changeTeam } from './update-team.ts'

/** Puts a team under a permission scheme, or with '' back under the server's roles. Throws 403, 404, 400. */
export async function setTeamScheme(app: App, session: Session, teamId: string, schemeId: string): Promise<void> {
  if (schemeId !== '' && !isId(schemeId)) throw invalidBody('scheme_id')
  const permission = 'sysconsole_write_user_management_permissions'
  if (!app.access.can(session, permission)) throw noPermission(permission)
  if (schemeId !== '') await requireTeamScheme(app, schemeId)
  await existingTeam(app, teamId)
  await changeTeam(app, teamId, { scheme_id: schemeId || null }, 'update_team_scheme')
}

/** Throws 404 for a missing scheme, 400 for one that is not for teams. */
export async function requireTeamScheme(app: Pick<App, 'db'>, schemeId: string): Promise<void> {
  if (!isId(schemeId)) throw invalidBody('scheme_id')
  const scope = await findSchemeScope(app.db, schemeId)
  if (scope === null) throw teamError('app.scheme.get.app_error')
  if (scope !== 'team') throw teamError('api.team.update_team_scheme.scheme_scope.error')
}
