import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { channelFor } from './channel-access.ts'
import { countByGroup, countChannel, countMembers, findTimezones } from './channel-counts.store.ts'
import type { ChannelStats, GroupCount } from './channel-counts.store.ts'

const MAX_AT_ONCE = 1000

/** How many people, guests, pinned posts and files a channel has. Throws 403 for who may not read it. */
export async function channelStats(
  app: App,
  session: Session,
  channelId: string,
  withFiles: boolean,
): Promise<ChannelStats> {
  await channelFor(app, session, channelId, 'read_channel')
  return countChannel(app.db, channelId, withFiles)
}

/** Time zones of the members of a channel. Throws 403 for who may not read it. */
export async function channelTimezones(app: App, session: Session, channelId: string): Promise<string[]> {
  await channelFor(app, session, channelId, 'read_channel')
  return findTimezones(app.db, channelId)
}

/** Members of a channel by group. Throws 403 for who may not read it. */
export async function memberCountsByGroup(
  app: App,
  session: Session,
  channelId: string,
  withZones: boolean,
): Promise<GroupCount[]> {
  await channelFor(app, session, channelId, 'read_channel')
  return countByGroup(app.db, channelId, withZones)
}

/** Members of several channels. Throws 403 when one of them may be neither read nor, if public, listed. */
export async function memberCounts(
  app: App,
  session: Session,
  channelIds: readonly string[],
): Promise<Record<string, number>> {
  const ids = uniqueSorted(channelIds)
  if (ids.length === 0 || ids.length > MAX_AT_ONCE || !ids.every(isId)) throw invalidBody('channel_ids')
  for (const id of ids) {
    if (await app.access.canInChannel(session, id, 'read_channel')) continue
    const channel = await app.access.channel(id)
    const listed = channel?.type === 'O' && (await app.access.canInTeam(session, channel.teamId, 'list_team_channels'))
    if (!listed) throw noPermission('read_channel')
  }
  const counts = await countMembers(app.db, ids)
  return Object.fromEntries(ids.map((id) => [id, counts.get(id) ?? 0]))
}
