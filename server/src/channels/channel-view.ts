import type { App } from '../app.ts'
import { roleNames } from '../access/access.store.ts'
import type { Session } from '../sessions/session.ts'
import type { Channel, ChannelMember } from './channel.ts'
import type { MemberRow } from './channel-members.store.ts'
import { findLinkedChannels } from './channels.store.ts'

const BUILT_IN = new Set(['channel_guest', 'channel_user', 'channel_admin'])

/** A membership as its owner may see it: flags and roles resolved through the schemes. */
export function memberView(app: Pick<App, 'access'>, row: MemberRow): ChannelMember {
  const explicit = roleNames(row.roles)
  return {
    channel_id: row.channelId,
    user_id: row.userId,
    roles: app.access.effectiveRoles(row, 'channel', row.channelSchemeId, row.teamSchemeId).join(' '),
    last_viewed_at: row.lastViewedAt,
    msg_count: row.msgCount,
    mention_count: row.mentionCount,
    mention_count_root: row.mentionCountRoot,
    urgent_mention_count: row.urgentMentionCount,
    msg_count_root: row.msgCountRoot,
    notify_props: row.notifyProps,
    last_update_at: row.lastUpdateAt,
    scheme_guest: row.schemeGuest || explicit.includes('channel_guest'),
    scheme_user: row.schemeUser || explicit.includes('channel_user'),
    scheme_admin: row.schemeAdmin || explicit.includes('channel_admin'),
    explicit_roles: explicit.filter((role) => !BUILT_IN.has(role)).join(' '),
  }
}

/** A membership as `session` may see it: when somebody else was here last is his own business. */
export function memberFor(app: Pick<App, 'access'>, session: Session, row: MemberRow): ChannelMember {
  const view = memberView(app, row)
  return row.userId === session.userId ? view : { ...view, last_viewed_at: -1, last_update_at: -1 }
}

const LINK = /\B~([a-z0-9][a-z0-9._-]*)/gi

/** Channels with what clients need to show the `~channel` links in their headers and purposes. */
export async function withLinks<C extends Channel>(app: Pick<App, 'db'>, channels: readonly C[]): Promise<C[]> {
  const names = new Map(channels.map((channel) => [channel.id, linksIn(channel)]))
  const wanted = [...new Set([...names.values()].flat())].slice(0, 1000)
  if (wanted.length === 0) return [...channels]
  const teamIds = [...new Set(channels.map((channel) => channel.team_id))].filter(Boolean)
  const found = teamIds.length > 0 ? await findLinkedChannels(app.db, teamIds, wanted) : []
  return channels.map((channel) => {
    const own = new Set(names.get(channel.id))
    const linked = found.filter((target) => target.team_id === channel.team_id && own.has(target.name))
    if (linked.length === 0) return channel
    const entries = linked.map(({ name, display_name, team_name }) => [name, { display_name, team_name }])
    return { ...channel, props: { channel_mentions: Object.fromEntries(entries) } }
  })
}

function linksIn(channel: Channel): string[] {
  if (!channel.header.includes('~') && !channel.purpose.includes('~')) return []
  const text = `${channel.header} ${channel.purpose}`
  return [...text.matchAll(LINK)].map((match) => match[1]!.toLowerCase().replace(/[._-]+$/, ''))
}
