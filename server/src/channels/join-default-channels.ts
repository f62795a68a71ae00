import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import { OFF_TOPIC, TOWN_SQUARE } from './channel.ts'
import { insertChannel } from './channels.store.ts'
import { channelText } from './channels.texts.ts'
import { deleteMemberships, findOpenChannelsByName, findTeamMemberships, insertMembers } from './memberships.store.ts'
import { newChannel } from './new-channel.ts'
import { joinTeamNotice, joinNotice, addNotice, leaveTeamNotice, postNotice } from './system-posts.ts'

/** Names of the channels that new members of a team join: town-square, then the configured ones or off-topic. */
export function defaultChannelNames(app: Pick<App, 'config'>): string[] {
  const configured = app.config.get().TeamSettings.ExperimentalDefaultChannels.filter(Boolean)
  return [...new Set([TOWN_SQUARE, ...(configured.length > 0 ? configured : [OFF_TOPIC])])]
}

/** Makes the two channels that every team begins with. Nobody is a member yet. */
export async function createDefaultChannels(
  app: Pick<App, 'config'>,
  tx: Tx,
  teamId: string,
  _creatorId: string,
): Promise<void> {
  const texts = [
    [TOWN_SQUARE, 'townSquare'],
    [OFF_TOPIC, 'offTopic'],
  ] as const
  for (const [name, text] of texts) {
    // Like those of a Mattermost team, they have no creator: clients would else say that somebody made them.
    const display_name = channelText(app, text)
    await insertChannel(tx.db, newChannel({ id: newId(), team_id: teamId, type: 'O', name, display_name }))
  }
}

/**
 * Brings a new member of a team into its default channels and, after the commit, says so there. Guests are not
 * brought anywhere: they have only the channels they were invited to. Someone who is a member already stays as he is.
 */
export async function joinDefaultChannels(
  app: App,
  tx: Tx,
  teamId: string,
  userId: string,
  options: { guest: boolean; admin: boolean; addedBy?: string },
): Promise<void> {
  if (options.guest) return
  const channels = await findOpenChannelsByName(tx.db, teamId, defaultChannelNames(app))
  const joined: { id: string; name: string }[] = []
  for (const channel of channels) {
    const member = { userId, guest: false, admin: options.admin }
    const added = await insertMembers(tx.db, channel.id, [member], Date.now())
    if (added.length === 0) continue
    joined.push(channel)
    announceMember(tx, channel.id, teamId, userId)
  }
  if (!app.config.get().ServiceSettings.ExperimentalEnableDefaultChannelLeaveJoinMessages) return
  tx.afterCommit(() => app.background(sayJoined(app, joined, userId, options.addedBy)))
}

/** The change and the two copies of `user_added`: one for those who are there, one for the person himself. */
export function announceMember(tx: Tx, channelId: string, teamId: string, userId: string): void {
  const data = { user_id: userId, team_id: teamId }
  tx.changed({ kind: 'channelMember', channelId, userId, present: true })
  tx.publish(event('user_added', { channelId, omitUsers: [userId] }, data))
  tx.publish(event('user_added', { channelId, userId }, data))
}

async function sayJoined(
  app: App,
  channels: readonly { id: string; name: string }[],
  userId: string,
  addedBy: string | undefined,
): Promise<void> {
  const [user, by] = await usersOf(app, userId, addedBy)
  if (!user) return
  for (const { id, name } of channels) {
    if (name === TOWN_SQUARE) await postNotice(app, joinTeamNotice(id, user, by))
    else await postNotice(app, by ? addNotice(id, user, by) : joinNotice(id, user))
  }
}

/**
 * Ends all of a person's memberships in a team's channels, archived ones included. The town square is told after the
 * commit; no `user_removed` is sent, because clients drop the channels with `leave_team`.
 */
export async function leaveTeamChannels(
  app: App,
  tx: Tx,
  teamId: string,
  userId: string,
  options: { removedBy?: string } = {},
): Promise<void> {
  const channelIds = await findTeamMemberships(tx.db, teamId, userId)
  const left = await deleteMemberships(tx.db, userId, channelIds, Date.now())
  for (const channelId of left) tx.changed({ kind: 'channelMember', channelId, userId, present: false })
  if (!app.config.get().ServiceSettings.ExperimentalEnableDefaultChannelLeaveJoinMessages) return
  const [townSquare] = await findOpenChannelsByName(tx.db, teamId, [TOWN_SQUARE])
  if (!townSquare || !left.includes(townSquare.id)) return
  const removed = options.removedBy !== undefined && options.removedBy !== userId
  tx.afterCommit(() => app.background(sayLeft(app, townSquare.id, userId, removed)))
}

async function sayLeft(app: App, channelId: string, userId: string, removed: boolean): Promise<void> {
  const [user] = await usersOf(app, userId, undefined)
  if (user) await postNotice(app, leaveTeamNotice(channelId, user, removed))
}

/** Both people, for a notice; a failing look-up is logged, because nobody awaits what runs after a commit. */
async function usersOf(
  app: App,
  userId: string,
  byId: string | undefined,
): Promise<[user: UserCore | null, by: UserCore | null]> {
  try {
    const by = byId && byId !== userId ? await app.access.user(byId) : null
    return [await app.access.user(userId), by]
  } catch (error) {
    app.log.error({ err: error, userId }, 'a system message was not posted')
    return [null, null]
  }
}
