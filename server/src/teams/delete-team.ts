import type { App } from '../app.ts'
import { eraseChannels } from '../channels/erase-channels.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { permittedTeam } from './team-access.ts'
import { eraseIcon } from './team-icon.ts'
import { publicTeam } from './team-view.ts'
import { teamError } from './teams.errors.ts'
import { deleteTeamRows, findContents } from './teams.store.ts'

/**
 * Removes a team with its channels and everything in them for good. Only where the server's settings allow it (401
 * else); over the local socket always. Throws 403, 404.
 */
export async function deleteTeamForGood(app: App, session: Session, teamId: string): Promise<void> {
  const team = await permittedTeam(app, session, teamId, 'manage_team')
  if (!app.config.get().ServiceSettings.EnableAPITeamDeletion && !session.local) {
    throw app.access.can(session, 'manage_system')
      ? teamError('api.user.delete_team.not_enabled.for_admin.app_error')
      : teamError('api.user.delete_team.not_enabled.app_error')
  }
  await app.unitOfWork(async (tx) => {
    const now = Date.now()
    const { userIds, channelIds } = await findContents(tx.db, teamId)
    await eraseChannels(tx, channelIds, now)
    await deleteTeamRows(tx.db, teamId)
    tx.changed({ kind: 'team', teamId })
    const gone = JSON.stringify(publicTeam({ ...team, delete_at: now }))
    for (const userId of userIds) {
      tx.changed({ kind: 'teamMember', teamId, userId, present: false })
      // By the time this is delivered nobody is a member any more, so each is told by himself.
      tx.publish(event('delete_team', { userId }, { team: gone }))
    }
  })
  await eraseIcon(app, teamId)
}
