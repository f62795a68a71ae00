import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { isValidEmail } from '../text/slugs.ts'
import { invitationError } from './invitations.errors.ts'
import { sendInvitations } from './send-invitations.ts'
import type { InviteResult } from './send-invitations.ts'
import { joinableTeam } from './team-access.ts'
import type { GuestsInvite, MemberInvite } from './teams.schemas.ts'

/** The ids are kept with the token, in a column of 2048 characters. */
const MAX_CHANNELS = 50
/** Characters of the sender's own words; they stand in a mail, not in the database. */
const MAX_MESSAGE = 2_000

/** Invites people to become members. Throws 403, 404, 400, 501 while switched off, 413 above the limit. */
export async function inviteMembers(
  app: App,
  session: Session,
  teamId: string,
  body: MemberInvite,
  graceful: boolean,
): Promise<InviteResult[]> {
  for (const permission of ['invite_user', 'add_user_to_team'] as const) {
    if (!(await app.access.canInTeam(session, teamId, permission))) throw noPermission(permission)
  }
  const invite = Array.isArray(body) ? { emails: body } : body
  const emails = addresses(invite.emails ?? [])
  if (emails.length === 0) throw invalidBody('user_email')
  const channelIds = [...new Set(invite.channelIds ?? [])]
  if (channelIds.length > MAX_CHANNELS || !channelIds.every(isId)) throw invalidBody('channelIds')
  const message = checkedMessage(invite.message)
  const team = await joinableTeam(app, teamId)
  await requireInvitableChannels(app, session, teamId, channelIds)
  return sendInvitations(app, session, { team, type: 'team_invitation', emails, channelIds, message }, graceful)
}

/** Invites guests to some channels. Throws 403, 404, 400, 501 while guests or invitations are off, 413 above the limit. */
export async function inviteGuests(
  app: App,
  session: Session,
  teamId: string,
  body: GuestsInvite,
  graceful: boolean,
): Promise<InviteResult[]> {
  if (!app.config.get().GuestAccountsSettings.Enable) {
    throw invitationError('api.team.invite_guests_to_channels.disabled.error')
  }
  if (!(await app.access.canInTeam(session, teamId, 'invite_guest'))) throw noPermission('invite_guest')
  const emails = addresses(body.emails ?? [])
  if (emails.length === 0) throw invitationError('model.guest.is_valid.emails.app_error')
  if (!emails.every(isValidEmail)) throw invitationError('model.guest.is_valid.email.app_error')
  const channelIds = [...new Set(body.channels ?? [])]
  if (channelIds.length === 0 || channelIds.length > MAX_CHANNELS) {
    throw invitationError('model.guest.is_valid.channels.app_error', { Max: MAX_CHANNELS })
  }
  if (!channelIds.every(isId)) throw invitationError('model.guest.is_valid.channel.app_error')
  const message = checkedMessage(body.message)
  const team = await joinableTeam(app, teamId)
  await requireInvitableChannels(app, session, teamId, channelIds)
  return sendInvitations(app, session, { team, type: 'guest_invitation', emails, channelIds, message }, graceful)
}

const addresses = (emails: readonly string[]): string[] => [
  ...new Set(emails.map((email) => email.trim().toLowerCase()).filter(Boolean)),
]

function checkedMessage(message: string | null | undefined): string {
  if ((message ?? '').length > MAX_MESSAGE) throw invalidBody('message')
  return message ?? ''
}

/** Only live channels of the team to which the caller himself may add people: an invitation must not open others. */
async function requireInvitableChannels(
  app: App,
  session: Session,
  teamId: string,
  channelIds: readonly string[],
): Promise<void> {
  for (const channelId of channelIds) {
    const channel = await app.access.channel(channelId)
    if (!channel || channel.teamId !== teamId || channel.deleteAt > 0) {
      throw invitationError('api.team.invite_guests.channel_in_invalid_team.app_error')
    }
    const kind = channel.type === 'O' ? 'public' : 'private'
    const permission = `manage_${kind}_channel_members` as const
    if (!(await app.access.canInChannel(session, channelId, permission))) throw noPermission(permission)
  }
}
