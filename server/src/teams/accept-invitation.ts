import type { App } from '../app.ts'
import { joinInvitedChannels } from '../channels/join-invited-channels.ts'
import type { UserCore } from '../access/access.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { userError } from '../users/users.errors.ts'
import { currentMember } from './add-members.ts'
import { invitationError } from './invitations.errors.ts'
import { deleteInvitation, findInvitation } from './invitations.store.ts'
import type { InvitationType } from './invitations.store.ts'
import { joinTeam } from './join-team.ts'
import { existingUser, joinableTeam } from './team-access.ts'
import type { Team, TeamMember } from './team.ts'
import { teamError } from './teams.errors.ts'
import { findTeamByInviteId } from './teams.store.ts'

/** How long an invitation can be used, in ms. */
const LIFE_MS = 48 * 3_600_000

/** A pending invitation. */
export interface PendingInvitation {
  readonly token: string
  readonly type: InvitationType
  readonly teamId: string
  /** whom it was sent to */
  readonly email: string
  readonly channelIds: readonly string[]
  /** '' when the invitation does not say */
  readonly senderId: string
}

/**
 * The caller joins by the secret of a mail or by a team's link. Throws 400 for a used, expired or wrong one, 403 for
 * guests with a link and for teams that follow groups, 404 for a link that is not valid any more.
 */
export async function acceptInvitation(
  app: App,
  session: Session,
  given: { token: string; inviteId: string },
): Promise<TeamMember> {
  if (given.token !== '') return acceptToken(app, session, given.token)
  if (given.inviteId === '') throw teamError('api.team.add_user_to_team.missing_parameter.app_error')
  if (session.isGuest) throw invitationError('api.team.add_user_to_team_from_invite.guest.app_error')
  const team = await teamOfLink(app, given.inviteId)
  if (team.group_constrained) throw userError('app.team.invite_id.group_constrained.error')
  const user = await existingUser(app, session.userId)
  await app.unitOfWork((tx) => joinTeam(app, tx, team, user))
  return currentMember(app, team.id, user.id)
}

/** The live team behind an invitation link. Throws 404. */
export async function teamOfLink(app: Pick<App, 'db'>, inviteId: string): Promise<Team> {
  const team = isId(inviteId) ? await findTeamByInviteId(app.db, inviteId) : null
  if (!team) throw userError('app.team.get_by_invite_id.finding.app_error')
  return team
}

/** What a secret stands for. Throws 400 when it is wrong, used or older than 48 hours. */
export async function pendingInvitation(app: Pick<App, 'db'>, token: string): Promise<PendingInvitation> {
  const row = await findInvitation(app.db, token)
  if (!row) throw userError('api.user.create_user.signup_link_invalid.app_error')
  if (Date.now() - row.createAt >= LIFE_MS) throw userError('api.user.create_user.signup_link_expired.app_error')
  const extra = JSON.parse(row.extra) as { teamId?: string; email?: string; channels?: string; senderId?: string }
  return {
    token,
    type: row.type,
    teamId: extra.teamId ?? '',
    email: extra.email ?? '',
    channelIds: (extra.channels ?? '').split(' ').filter(isId),
    senderId: extra.senderId ?? '',
  }
}

async function acceptToken(app: App, session: Session, token: string): Promise<TeamMember> {
  const invitation = await pendingInvitation(app, token)
  const user = await existingUser(app, session.userId)
  if (user.isGuest !== (invitation.type === 'guest_invitation')) {
    throw invitationError('api.user.create_user.invalid_invitation_type.app_error')
  }
  await useInvitation(app, invitation, user)
  return currentMember(app, invitation.teamId, user.id)
}

/**
 * Turns an invitation into a membership of its team and channels and ends it: a secret works once. Throws 400 when it
 * was used in the meantime, 403 for a team that follows groups, 404 when the team is gone, and as `joinTeam`.
 */
export async function useInvitation(app: App, invitation: PendingInvitation, user: UserCore): Promise<Team> {
  const team = await joinableTeam(app, invitation.teamId)
  if (team.group_constrained) throw invitationError('app.team.invite_token.group_constrained.error')
  const sender = invitation.senderId ? await app.access.user(invitation.senderId) : null
  const channelIds = await liveChannels(app, invitation)
  await app.unitOfWork(async (tx) => {
    if (!(await deleteInvitation(tx.db, invitation.token))) {
      throw userError('api.user.create_user.signup_link_invalid.app_error')
    }
    await joinTeam(app, tx, team, user)
    await joinInvitedChannels(app, tx, team.id, user, channelIds, sender)
  })
  return team
}

/** The channels of an invitation that are still there: two days may have passed since it was sent. */
async function liveChannels(app: App, { teamId, channelIds }: PendingInvitation): Promise<string[]> {
  const channels = await Promise.all(channelIds.map((id) => app.access.channel(id)))
  const live = channels.filter((channel) => channel?.teamId === teamId && channel.deleteAt === 0)
  return live.map((channel) => channel!.id)
}
