import type { App } from '../app.ts'
import { memberView as channelMemberView } from '../channels/channel-view.ts'
import { joinDefaultChannels } from '../channels/join-default-channels.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { memberView as teamMemberView } from '../teams/team-view.ts'
import { announceUser } from './announce-user.ts'
import { deactivateUser } from './deactivate-user.ts'
import type { ChangedTeamMember } from './guests.store.ts'
import { findActiveGuests, setChannelFlags, setSessionsGuest, setTeamFlags } from './guests.store.ts'
import { existingUser, sparesAdministrators } from './user-access.ts'
import { userError } from './users.errors.ts'
import { lockUser, updateUserRow } from './users.store.ts'

const isGuest = (roles: string): boolean => roles.split(' ').includes('system_guest')

/**
 * A guest becomes a member, in all his teams and channels, and joins his teams' default channels. Throws 403, 404, 501
 * for someone who is no guest.
 */
export async function promoteGuest(app: App, session: Session, userId: string): Promise<void> {
  if (!app.access.can(session, 'promote_guest')) throw noPermission('promote_guest')
  const user = await existingUser(app, userId)
  if (!isGuest(user.roles)) throw userError('api.user.promote_guest_to_user.no_guest.app_error')
  await app.unitOfWork(async (tx) => {
    const before = await lockUser(tx.db, userId)
    if (!before || !isGuest(before.roles)) return
    const kept = before.roles.split(' ').filter((role) => role !== 'system_guest' && role !== 'system_user')
    const teams = await become(app, tx, userId, false, ['system_user', ...kept].join(' '))
    for (const { teamId } of teams) {
      await joinDefaultChannels(app, tx, teamId, userId, { guest: false, admin: false })
    }
  })
}

/**
 * A member becomes a guest: he keeps his channels and loses every other role. Throws 403, 404, 501 for a guest and while
 * guest accounts are switched off.
 */
export async function demoteToGuest(app: App, session: Session, userId: string): Promise<void> {
  if (!app.access.can(session, 'demote_to_guest')) throw noPermission('demote_to_guest')
  if (!app.config.get().GuestAccountsSettings.Enable) throw userError('api.team.demote_user_to_guest.disabled.error')
  const user = await existingUser(app, userId)
  await sparesAdministrators(app, session, userId)
  if (isGuest(user.roles)) throw userError('api.user.demote_user_to_guest.already_guest.app_error')
  await app.unitOfWork(async (tx) => {
    await lockUser(tx.db, userId)
    await become(app, tx, userId, true, 'system_guest')
  })
}

/** Deactivates every guest: what switching guest accounts off means. */
export async function deactivateGuests(app: App): Promise<void> {
  for (const userId of await findActiveGuests(app.db)) await deactivateUser(app, userId)
  await app.unitOfWork(async (tx) => tx.publish(event('guests_deactivated', {}, {})))
}

async function become(app: App, tx: Tx, userId: string, guest: boolean, roles: string): Promise<ChangedTeamMember[]> {
  const now = Date.now()
  await updateUserRow(tx.db, userId, { roles, updateat: now })
  await setSessionsGuest(tx.db, userId, guest)
  tx.changed({ kind: 'sessions', userId })
  const teams = await setTeamFlags(tx.db, userId, guest)
  const channels = await setChannelFlags(tx.db, userId, guest, now)
  await announceUser(app, tx, userId)
  tx.publish(event('user_role_updated', { userId }, { user_id: userId, roles }))
  for (const row of teams) {
    tx.changed({ kind: 'teamMember', teamId: row.teamId, userId, present: true })
    const member = JSON.stringify(await teamMemberView(app, row))
    tx.publish(event('memberrole_updated', { userId }, { member }))
  }
  for (const row of channels) {
    tx.changed({ kind: 'channelMember', channelId: row.channelId, userId, present: true })
    const channelMember = JSON.stringify(channelMemberView(app, row))
    tx.publish(event('channel_member_updated', { userId }, { channelMember }))
  }
  return teams
}
