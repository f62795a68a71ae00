import type { App } from '../app.ts'
import { leaveTeamChannels } from '../channels/join-default-channels.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam, existingUser } from './team-access.ts'
import { endMember, touchUser } from './team-members.store.ts'
import { teamError } from './teams.errors.ts'

/**
 * Somebody leaves a team or is taken out of it. The last administrator may leave too: a system administrator can name
 * another. Throws 403, 404 for a missing team or person, 400 for a non-member and for teams that follow groups.
 */
export async function removeMember(app: App, session: Session, teamId: string, userId: string): Promise<void> {
  const self = userId === session.userId
  if (!self && !(await app.access.canInTeam(session, teamId, 'remove_user_from_team'))) {
    throw noPermission('remove_user_from_team')
  }
  const team = await existingTeam(app, teamId)
  const user = await existingUser(app, userId)
  if (team.group_constrained && !self && !user.isBot) {
    throw teamError('api.team.remove_member.group_constrained.app_error')
  }
  await app.unitOfWork((tx) => leaveTeam(app, tx, teamId, userId, session.userId))
}

/** Ends a membership and those of the team's channels. Throws 400 for a non-member. `by`: who did it, '' = the server. */
export async function leaveTeam(app: App, tx: Tx, teamId: string, userId: string, by: string): Promise<void> {
  const now = Date.now()
  const left = await endMember(tx.db, teamId, userId, now)
  if (!left) throw teamError('api.team.remove_user_from_team.missing.app_error')
  await leaveTeamChannels(app, tx, teamId, userId, by === userId ? {} : { removedBy: by })
  await touchUser(tx.db, userId, now)
  tx.changed({ kind: 'teamMember', teamId, userId, present: false })
  tx.changed({ kind: 'user', userId })
  const data = { user_id: userId, team_id: teamId }
  tx.publish(event('leave_team', { teamId, omitUsers: [userId] }, data))
  tx.publish(event('leave_team', { userId }, data))
}
