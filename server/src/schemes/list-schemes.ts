import type { App } from '../app.ts'
import type { Channel } from '../channels/channel.ts'
import { getChannel } from '../channels/get-channel.ts'
import { invalidParam, noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam } from '../teams/team-access.ts'
import { teamsFor } from '../teams/team-view.ts'
import type { Team } from '../teams/team.ts'
import { permittedScheme } from './scheme-access.ts'
import type { Scheme } from './scheme.ts'
import { schemeError } from './schemes.errors.ts'
import { findSchemes, findPlaces } from './schemes.store.ts'

const SCOPES = new Set(['', 'team', 'channel', 'playbook', 'run'])

interface Page {
  readonly offset: number
  readonly perPage: number
}

/** Schemes of one scope or of all. Throws 403, 400 for an unknown scope. */
export async function listSchemes(app: App, session: Session, scope: string, page: Page): Promise<Scheme[]> {
  const permission = 'sysconsole_read_user_management_permissions'
  if (!app.access.can(session, permission)) throw noPermission(permission)
  if (!SCOPES.has(scope)) throw invalidParam('scope')
  return findSchemes(app.db, scope, page.offset, page.perPage)
}

/** The teams under a scheme. Throws 403, 404, 400 for a scheme of channels. */
export async function teamsOfScheme(app: App, session: Session, schemeId: string, page: Page): Promise<Team[]> {
  const scheme = await permittedScheme(app, session, schemeId, 'sysconsole_read_user_management_teams')
  if (scheme.scope !== 'team') throw schemeError('api.scheme.get_teams_for_scheme.scope.error')
  const ids = await findPlaces(app.db, 'teams', schemeId, page.offset, page.perPage)
  return teamsFor(app, session, await Promise.all(ids.map((id) => existingTeam(app, id))))
}

/** The channels under a scheme. Throws 403, 404, 400 for a scheme of teams. */
export async function channelsOfScheme(app: App, session: Session, schemeId: string, page: Page): Promise<Channel[]> {
  const scheme = await permittedScheme(app, session, schemeId, 'sysconsole_read_user_management_channels')
  if (scheme.scope !== 'channel') throw schemeError('api.scheme.get_channels_for_scheme.scope.error')
  const ids = await findPlaces(app.db, 'channels', schemeId, page.offset, page.perPage)
  return Promise.all(ids.map((id) => getChannel(app, session, id)))
}
