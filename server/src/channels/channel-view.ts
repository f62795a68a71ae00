import type { App } from '../app.ts'
import { roleNames } from '../access/role-names.ts'
import type { Session } from '../sessions/session.ts'
import type { ChannelMember } from './channel.ts'
import type { MemberRow } from './channel-members.store.ts'

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
