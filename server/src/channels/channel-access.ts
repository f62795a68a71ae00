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

/** The channel, if the caller holds `permission` in it. Throws 404 for a missing one, as the reference does, else 403. */
export async function channelFor(
  app: { access: Access },
  session: Session,
  channelId: string,
  permission: Permission,
): Promise<PermittedChannel> {
  await existingChannel(app, channelId)
  return permittedChannel(app, session, channelId, permission)
}

/** Whether the caller may know of a channel and its members: a member, or in the team of a public one. */
export async function canSeeChannel(app: { access: Access }, session: Session, channel: ChannelLike): Promise<boolean> {
  const teamId = 'teamId' in channel ? channel.teamId : channel.team_id
  if (channel.type === 'O' && (await app.access.canInTeam(session, teamId, 'read_public_channel'))) return true
  return app.access.canInChannel(session, channel.id, 'read_channel')
}

type ChannelLike = Pick<ChannelCore, 'id' | 'type' | 'teamId'> | { id: string; type: string; team_id: string }

/** Which permission a change of this kind needs: they come in pairs for public and private channels. */
export function permissionFor(
  channel: { type: string },
  pair: readonly [open: Permission, closed: Permission],
): Permission {
  return channel.type === 'O' ? pair[0] : pair[1]
}
