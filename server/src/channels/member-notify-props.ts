import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { isStorableJson } from '../text/slugs.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { memberError } from './channel-members.errors.ts'
import { lockMember, mergeNotifyProps } from './channel-members.store.ts'
import { memberView } from './channel-view.ts'
import { channelError } from './channels.errors.ts'

const LEVELS = ['default', 'all', 'mention', 'none']
const MAX_PROPS = 800_000

/** Which values a setting may have, and the error for others. Settings that are not named here may be anything. */
const RULES = {
  desktop: [LEVELS, 'notify_level'],
  desktop_threads: [LEVELS, 'notify_level'],
  push: [LEVELS, 'push_level'],
  push_threads: [LEVELS, 'push_level'],
  mark_unread: [['all', 'mention'], 'unread_level'],
  email: [['default', 'true', 'false'], 'email_value'],
  ignore_channel_mentions: [['default', 'on', 'off'], 'ignore_channel_mentions_value'],
  channel_auto_follow_threads: [['on', 'off'], 'channel_auto_follow_threads_value'],
} as const

/** Merges into how a member is notified of a channel. Throws 403 for others' settings, 404 for a non-member. */
export async function setNotifyProps(
  app: App,
  session: Session,
  channelId: string,
  userId: string,
  props: Readonly<Record<string, string>>,
): Promise<void> {
  await selfOrEditor(app, session, userId)
  checkNotifyProps(props)
  await app.unitOfWork(async (tx) => {
    const member = await lockMember(tx.db, channelId, userId)
    if (!member) throw channelError('app.channel.get_member.missing.app_error')
    const notifyProps = { ...member.notifyProps, ...props }
    if (JSON.stringify(notifyProps).length > MAX_PROPS)
      throw memberError('model.channel_member.is_valid.notify_props.app_error')
    const now = Date.now()
    await mergeNotifyProps(tx.db, channelId, userId, props, now)
    tx.changed({ kind: 'channelMember', channelId, userId, present: true })
    const view = memberView(app, { ...member, notifyProps, lastUpdateAt: now })
    tx.publish(event('channel_member_updated', { userId }, { channelMember: JSON.stringify(view) }))
  })
}

function checkNotifyProps(props: Readonly<Record<string, string>>): void {
  for (const [name, [values, id]] of Object.entries(RULES)) {
    const value = props[name]
    if (value === undefined || (values as readonly string[]).includes(value)) continue
    throw memberError(`model.channel_member.is_valid.${id}.app_error`)
  }
  if (!isStorableJson(props)) throw memberError('model.channel_member.is_valid.notify_props.app_error')
}
