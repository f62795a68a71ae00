import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { isId, newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { directChannelName, groupChannelName, truncateRunes } from '../text/slugs.ts'
import { LIMITS } from './channel.ts'
import type { Channel } from './channel.ts'
import { channelError } from './channels.errors.ts'
import { findChannelByName, insertChannel } from './channels.store.ts'
import { findCommonTeams } from './direct-channels.store.ts'
import { insertMembers } from './memberships.store.ts'
import { newChannel } from './new-channel.ts'

/**
 * Opens the direct channel of two people, the caller one of them (administrators: of any two), or answers with the one
 * there is. One id, the caller's own, means a channel with oneself. Throws 403 without the right to write to people or
 * to see this one, 400 for a wrong list.
 */
export async function openDirectChannel(app: App, session: Session, ids: readonly string[]): Promise<Channel> {
  const [first, second] = ids.length === 1 && ids[0] === session.userId ? [ids[0], ids[0]] : ids
  if (!isId(first) || !isId(second) || ids.length > 2) throw invalidBody('user_ids')
  if (!app.access.can(session, 'create_direct_channel')) throw noPermission('create_direct_channel')
  const mine = first === session.userId || second === session.userId
  if (!mine && !app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const creatorId = mine ? session.userId : first
  const otherId = creatorId === first ? second : first
  if (!(await app.access.canSeeUser(session, otherId))) throw noPermission('view_members')
  const name = directChannelName(first, second)
  const existing = await findChannelByName(app.db, '', name, true)
  if (existing) return existing
  const creator = await app.access.user(creatorId)
  const other = await app.access.user(otherId)
  if (!creator || !other) throw channelError('api.channel.create_direct_channel.invalid_user.app_error')
  const people = creatorId === otherId ? [creator] : [creator, other]
  await checkCommonTeam(app, people)
  const channel = newChannel({ id: newId(), team_id: '', type: 'D', name, creator_id: creatorId })
  return write(app, channel, people, (channelId) => [
    event('direct_added', { channelId }, { creator_id: creatorId, teammate_id: otherId }),
  ])
}

/**
 * Opens the group channel of 3 to 8 people (the caller is added), or answers with the one there is. Throws 403 without
 * the right to, 400 for a wrong number of people or one who does not exist.
 */
export async function openGroupChannel(app: App, session: Session, ids: readonly string[]): Promise<Channel> {
  if (ids.length === 0 || !ids.every(isId)) throw invalidBody('user_ids')
  if (!app.access.can(session, 'create_group_channel')) throw noPermission('create_group_channel')
  const userIds = [...new Set(session.userId ? [...ids, session.userId] : ids)].toSorted()
  if (userIds.length < LIMITS.groupMin || userIds.length > LIMITS.groupMax) {
    throw channelError('api.channel.create_group.bad_size.app_error')
  }
  for (const id of userIds) if (!(await app.access.canSeeUser(session, id))) throw noPermission('view_members')
  const name = groupChannelName(userIds)
  const existing = await findChannelByName(app.db, '', name, true)
  if (existing) return existing
  const people: UserCore[] = []
  for (const id of userIds) {
    const user = await app.access.user(id)
    if (!user) throw channelError('api.channel.create_group.bad_user.app_error')
    people.push(user)
  }
  await checkCommonTeam(app, people)
  const names = people.map((user) => user.username).toSorted()
  const display_name = truncateRunes(names.join(', '), LIMITS.displayName)
  const channel = newChannel({ id: newId(), team_id: '', type: 'G', name, display_name })
  const data = { teammate_ids: JSON.stringify(userIds) }
  return write(app, channel, people, (channelId) =>
    userIds.map((userId) => event('group_added', { channelId, userId }, data)),
  )
}

/** Where the server limits messages to people of the same team, bots excepted, throws 403 for others. */
async function checkCommonTeam(app: App, people: readonly UserCore[]): Promise<void> {
  if (app.config.get().TeamSettings.RestrictDirectMessage !== 'team') return
  if (people.length === 1 || people.some((user) => user.isBot)) return
  const teams = await findCommonTeams(
    app.db,
    people.map((user) => user.id),
  )
  if (teams.length === 0) throw channelError('api.channel.create_channel.direct_channel.team_restricted_error')
}

/** Two people may open the same channel at once: whoever comes second gets the one the other has made. */
async function write(
  app: App,
  channel: Channel,
  people: readonly UserCore[],
  events: (channelId: string) => ReturnType<typeof event>[],
): Promise<Channel> {
  const made = await app.unitOfWork(async (tx) => {
    if (!(await insertChannel(tx.db, channel))) return false
    const members = people.map((user) => ({ userId: user.id, guest: user.isGuest, admin: false }))
    await insertMembers(tx.db, channel.id, members, channel.create_at)
    for (const { userId } of members)
      tx.changed({ kind: 'channelMember', channelId: channel.id, userId, present: true })
    for (const one of events(channel.id)) tx.publish(one)
    return true
  })
  return made ? channel : ((await findChannelByName(app.db, '', channel.name, true)) ?? channel)
}
