import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam } from '../teams/team-access.ts'
import { publicTeam } from '../teams/team-view.ts'
import { permittedScheme } from './scheme-access.ts'
import { SCHEME_ROLES } from './scheme.ts'
import { deleteSchemeRows, releaseScheme } from './schemes.store.ts'

/** Deletes a scheme with its roles; its teams and channels are under the server's roles again. Throws 403, 404. */
export async function deleteScheme(app: App, session: Session, schemeId: string): Promise<void> {
  const scheme = await permittedScheme(app, session, schemeId, 'sysconsole_write_user_management_permissions')
  const roles = SCHEME_ROLES.map(([key]) => scheme[key]).filter((name) => name !== '')
  await app.unitOfWork(async (tx) => {
    const now = Date.now()
    const { teamIds, channelIds } = await releaseScheme(tx.db, schemeId, now)
    await deleteSchemeRows(tx.db, schemeId, roles, now)
    tx.changed({ kind: 'roles' })
    for (const teamId of teamIds) {
      tx.changed({ kind: 'team', teamId })
      const team = JSON.stringify(publicTeam(await existingTeam(tx, teamId)))
      tx.publish(event('update_team_scheme', { teamId }, { team }))
    }
    for (const channelId of channelIds) {
      tx.changed({ kind: 'channel', channelId })
      tx.publish(event('channel_scheme_updated', { channelId }, {}))
    }
  })
}
