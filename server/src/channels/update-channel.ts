import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { TOWN_SQUARE } from './channel.ts'
import type { BannerInfo, Channel } from './channel.ts'
import { existingChannel, permissionFor } from './channel-access.ts'
import { checkChannel, checkTexts } from './channel-rules.ts'
import { channelError } from './channels.errors.ts'
import type { ChannelPatch, ChannelUpdate } from './channels.schemas.ts'
import { postNotice } from './system-posts.ts'
import type { Notice } from './system-posts.ts'
import { writeChannel } from './write-channel.ts'

const PROPERTIES = ['manage_public_channel_properties', 'manage_private_channel_properties'] as const
const BANNER = ['manage_public_channel_banner', 'manage_private_channel_banner'] as const

/**
 * Replaces a channel's texts: header and purpose as given (missing ones become empty), names only if given. Of a
 * direct or group channel only the header changes. Throws 403 without the right to, 400 for what a channel cannot be.
 */
export async function replaceChannel(
  app: App,
  session: Session,
  channelId: string,
  update: ChannelUpdate,
): Promise<Channel> {
  if (update.id !== channelId) throw invalidBody('channel_id')
  await checkRight(app, session, channelId, PROPERTIES)
  const patch: ChannelPatch = {
    header: update.header ?? '',
    purpose: update.purpose ?? '',
    name: update.name || null,
    display_name: update.display_name || null,
    group_constrained: update.group_constrained,
  }
  return change(app, session, channelId, (channel) => {
    if (update.type && update.type !== channel.type) {
      throw channelError('api.channel.update_channel.typechange.app_error')
    }
    return isConversation(channel) ? { ...channel, header: patch.header! } : patched(channel, patch)
  })
}

/** Changes the given fields of a channel. Throws as `replaceChannel`; a banner needs a right of its own. */
export async function patchChannel(
  app: App,
  session: Session,
  channelId: string,
  patch: ChannelPatch,
): Promise<Channel> {
  const { banner_info: banner, ...texts } = patch
  const onlyBanner = banner && Object.values(texts).every((value) => value === undefined || value === null)
  if (!onlyBanner) await checkRight(app, session, channelId, PROPERTIES)
  if (banner) await checkRight(app, session, channelId, BANNER)
  return change(app, session, channelId, (channel) => {
    if (!isConversation(channel)) return patched(channel, patch)
    if (banner) throw channelError('model.channel.is_valid.banner_info.channel_type.app_error')
    const { header, ...others } = texts
    if (Object.values(others).some((value) => value !== undefined && value !== null)) {
      throw channelError('api.channel.update_channel.update_direct_or_group_messages_not_allowed.app_error')
    }
    return { ...channel, header: header ?? channel.header }
  })
}

const isConversation = (channel: { type: string }): boolean => channel.type === 'D' || channel.type === 'G'

/** Direct and group channels have no permission for their header: every member may change it. */
async function checkRight(
  app: App,
  session: Session,
  channelId: string,
  pair: typeof PROPERTIES | typeof BANNER,
): Promise<void> {
  const channel = await existingChannel(app, channelId)
  if (isConversation(channel)) {
    if (session.local || (await app.access.channelMember(channelId, session.userId))) return
    throw channelError('api.channel.patch_update_channel.forbidden.app_error')
  }
  const permission = permissionFor(channel, pair)
  if (!(await app.access.canInChannel(session, channelId, permission))) throw noPermission(permission)
}

async function change(
  app: App,
  session: Session,
  channelId: string,
  apply: (channel: Channel) => Channel,
): Promise<Channel> {
  const { before, after } = await writeChannel(app, channelId, (channel) => {
    if (channel.delete_at > 0) throw channelError('api.channel.update_channel.deleted.app_error')
    const next = apply(channel)
    if (isConversation(channel)) checkTexts(next)
    else checkChannel(next)
    return next
  })
  for (const notice of await notices(app, session, before, after)) await postNotice(app, notice)
  return after
}

function patched(channel: Channel, patch: ChannelPatch): Channel {
  if (channel.name === TOWN_SQUARE && patch.name && patch.name !== channel.name) {
    throw channelError('api.channel.update_channel.tried.app_error', { Channel: channel.display_name })
  }
  return {
    ...channel,
    name: patch.name ?? channel.name,
    display_name: patch.display_name?.trim() || channel.display_name,
    header: patch.header ?? channel.header,
    purpose: patch.purpose ?? channel.purpose,
    group_constrained: patch.group_constrained ?? channel.group_constrained,
    banner_info: patch.banner_info ? mergedBanner(channel.banner_info, patch.banner_info) : channel.banner_info,
  }
}

function mergedBanner(old: BannerInfo | null, patch: NonNullable<ChannelPatch['banner_info']>): BannerInfo {
  return {
    enabled: patch.enabled ?? old?.enabled ?? null,
    text: patch.text ?? old?.text ?? null,
    background_color: patch.background_color ?? old?.background_color ?? null,
  }
}

/** What the channel is told of a change, one post for each text that changed. */
async function notices(app: App, session: Session, before: Channel, after: Channel): Promise<Notice[]> {
  const user = await app.access.user(session.userId)
  if (!user) return []
  const { username } = user
  const base = { userId: user.id, channelId: after.id }
  const list: Notice[] = []
  if (before.display_name !== after.display_name) {
    const [old, renamed] = [before.display_name, after.display_name]
    const props = { username, old_displayname: old, new_displayname: renamed }
    const params = { username, old, new: renamed }
    list.push({ ...base, type: 'system_displayname_change', text: 'renamed', params, props })
  }
  for (const field of ['header', 'purpose'] as const) {
    const [old, next] = [before[field], after[field]]
    if (old === next) continue
    const text = !next ? 'Removed' : old ? 'Changed' : 'Set'
    const props = { username, [`old_${field}`]: old, [`new_${field}`]: next }
    const params = { username, old, new: next }
    list.push({ ...base, type: `system_${field}_change`, text: `${field}${text}`, params, props })
  }
  return list
}
