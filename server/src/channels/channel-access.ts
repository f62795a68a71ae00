import type { Access, ChannelCore } from '../access/access.ts'
import type { Permission } from '../access/permission-ids.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { channelError } from './channels.errors.ts'

/**
 * Proof that a check was made: stores and actions that touch what is in a channel demand one of these, and only
 * the functions of this file make them.
 */
declare const checked: unique symbol
export type PermittedChannel = ChannelCore & { readonly [checked]: 'permitted' }
export type ReadableChannel = ChannelCore & { readonly [checked]: 'readable' | 'permitted' }

/**
 * The channel, if the caller holds `permission` in it. Throws 403 for a missing channel too: whether a private
 * channel exists is nobody's business but its members'.
 */
export async function permittedChannel(
  app: { access: Access },
  session: Session,
  channelId: string,
  permission: Permission,
): Promise<PermittedChannel> {
  if (!(await app.access.canInChannel(session, channelId, permission))) throw noPermission(permission)
  return (await app.access.channel(channelId)) as PermittedChannel
}

/** The channel, if its posts may be read: as a member, or a public one of the caller's team. Throws 403. */
export async function readableChannel(
  app: { access: Access },
  session: Session,
  channelId: string,
): Promise<ReadableChannel> {
  if (!(await app.access.canReadChannel(session, channelId))) throw noPermission('read_channel_content')
  return (await app.access.channel(channelId)) as ReadableChannel
}

/** The channel without any check of rights, for rights that do not belong to a channel. Throws 404. */
export async function existingChannel(app: { access: Access }, channelId: string): Promise<ChannelCore> {
  const channel = await app.access.channel(channelId)
  if (!channel) throw channelError('app.channel.get.existing.app_error')
  return channel
}
