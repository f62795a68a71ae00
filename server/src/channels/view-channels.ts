import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { channelFor } from './channel-access.ts'
import { findThreadsPreference, findUnread } from './channel-views.store.ts'
import type { ChannelUnread } from './channel-views.store.ts'
import { channelError } from './channels.errors.ts'
import type { ChannelView } from './channels.schemas.ts'

/** The answer to a view: up to when each channel has been seen now. */
export interface ViewResponse {
  status: 'OK'
  last_viewed_at_times: Record<string, number>
}

/**
 * Somebody opens a channel (and leaves another): both are read. Nothing happens for channels he is not in. Throws 403
 * for other people, 400 for malformed ids.
 */
export async function viewChannel(
  app: App,
  session: Session,
  userId: string,
  view: ChannelView,
): Promise<ViewResponse> {
  const { channel_id: opened, prev_channel_id: closed, collapsed_threads_supported: supported } = view
  if (opened && !isId(opened)) throw invalidBody('channel_id')
  if (closed && !isId(closed)) throw invalidBody('prev_channel_id')
  await selfOrEditor(app, session, userId)
  if (session.userId === userId) app.statuses.setActiveChannel(userId, opened ?? '')
  const channelIds = [opened, closed].filter((id): id is string => Boolean(id))
  return readChannels(app, userId, channelIds, supported ?? false)
}

const MAX_AT_ONCE = 10_000

/** Marks many channels as read. Throws 403 for other people, 400 for an empty list or malformed ids. */
export async function readManyChannels(
  app: App,
  session: Session,
  userId: string,
  channelIds: readonly string[],
): Promise<ViewResponse> {
  const ids = uniqueSorted(channelIds)
  if (ids.length === 0 || ids.length > MAX_AT_ONCE || !ids.every(isId)) throw invalidBody('channel_ids')
  await selfOrEditor(app, session, userId)
  return readChannels(app, userId, ids, true)
}

async function readChannels(
  app: App,
  userId: string,
  channelIds: readonly string[],
  collapsedSupported: boolean,
): Promise<ViewResponse> {
  if (channelIds.length === 0) return { status: 'OK', last_viewed_at_times: {} }
  const withThreads = !(collapsedSupported && (await collapsesThreads(app, userId)))
  const settings = app.config.get().ServiceSettings
  const threadsAt = withThreads && settings.ThreadAutoFollow ? Date.now() : null
  const told = settings.EnableChannelViewedMessages
  const times = await app.viewWriter.write({ userId, channelIds: [...new Set(channelIds)], threadsAt, told })
  return { status: 'OK', last_viewed_at_times: times }
}

/** Whether a person sees threads collapsed: the server's setting, or with a `default_…` one his own choice. */
async function collapsesThreads(app: App, userId: string): Promise<boolean> {
  const setting = app.config.get().ServiceSettings.CollapsedThreads
  if (setting === 'disabled') return false
  if (setting === 'always_on') return true
  const choice = await findThreadsPreference(app.db, userId)
  return choice === null ? setting === 'default_on' : choice === 'on'
}

/** What somebody has not read of a channel. Throws 403 for other people and closed channels, 404 for a non-member. */
export async function channelUnread(
  app: App,
  session: Session,
  channelId: string,
  userId: string,
): Promise<ChannelUnread> {
  await selfOrEditor(app, session, userId)
  await channelFor(app, session, channelId, 'read_channel')
  const unread = await findUnread(app.db, channelId, userId)
  if (!unread) throw channelError('app.channel.get_member.missing.app_error')
  return unread
}
