import type { App } from '../app.ts'
import type { ChannelCore } from '../access/access.ts'
import type { Queries } from '../database/pool.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { existingChannel } from './channel-access.ts'
import { channelError } from './channels.errors.ts'
import type { ModerationPatch } from './channels.schemas.ts'
import { lockChannel } from './channels.store.ts'
import { exceeds, moderationsOf, patchedPermissions, takesNothing } from './moderation.ts'
import type { ByWho, Moderation } from './moderation.ts'
import {
  deleteChannelScheme,
  findChannelScheme,
  findPermissions,
  insertChannelScheme,
  isShared,
  updateSchemeId,
  updatePermissions,
} from './moderation.store.ts'
import type { ChannelScheme } from './moderation.store.ts'

type Permissions = ReadonlySet<string>

/** What members and guests may do in a channel. For who may see channels in the system console; throws 403. */
export async function getModerations(app: App, session: Session, channelId: string): Promise<Moderation[]> {
  if (!app.access.can(session, 'sysconsole_read_user_management_channels')) {
    throw noPermission('sysconsole_read_user_management_channels')
  }
  const channel = await moderated(app, channelId)
  const scheme = channel.schemeId ? await findChannelScheme(app.db, channel.schemeId) : null
  const higher = await higherPermissions(app, app.db, channel)
  const own = scheme ? await ownPermissions(app.db, scheme) : higher
  return moderationsOf(channel.type, own, higher)
}

/**
 * Takes rights from the members or guests of a channel, or gives them back. The first restriction gives the channel a
 * scheme of its own, lifting the last one removes it; a scheme that other channels have too stays as it is. Throws 403
 * without the right to, 400 for giving what the team or system does not.
 */
export async function patchModerations(
  app: App,
  session: Session,
  channelId: string,
  patches: readonly ModerationPatch[],
): Promise<Moderation[]> {
  if (!app.access.can(session, 'sysconsole_write_user_management_channels')) {
    throw noPermission('sysconsole_write_user_management_channels')
  }
  const channel = await moderated(app, channelId)
  return app.unitOfWork(async (tx) => {
    const locked = await lockChannel(tx.db, channelId)
    const higher = await higherPermissions(app, tx.db, channel)
    if (exceeds(channel.type, patches, higher)) {
      throw channelError('api.channel.patch_channel_moderations.restricted.app_error')
    }
    const scheme = locked?.scheme_id ? await findChannelScheme(tx.db, locked.scheme_id) : null
    const before = scheme ? await ownPermissions(tx.db, scheme) : higher
    const after = {
      members: patchedPermissions(before.members, patches, 'members'),
      guests: patchedPermissions(before.guests, patches, 'guests'),
    }
    await apply(tx, channelId, scheme, after, higher)
    return moderationsOf(channel.type, after, higher)
  })
}

/** Only channels of a team have a permission scheme above them. */
async function moderated(app: App, channelId: string): Promise<ChannelCore> {
  const channel = await existingChannel(app, channelId)
  if (!channel.teamId) throw channelError('model.channel.is_valid.type.app_error')
  return channel
}

async function higherPermissions(app: App, db: Queries, channel: ChannelCore): Promise<ByWho<Permissions>> {
  const team = await app.access.team(channel.teamId)
  const of = (kind: 'user' | 'guest') => findPermissions(db, app.access.schemeRole('channel', kind, team?.schemeId))
  return { members: await of('user'), guests: await of('guest') }
}

const ownPermissions = async (db: Queries, scheme: ChannelScheme): Promise<ByWho<Permissions>> => ({
  members: await findPermissions(db, scheme.userRole),
  guests: await findPermissions(db, scheme.guestRole),
})

async function apply(
  tx: Tx,
  channelId: string,
  existing: ChannelScheme | null,
  after: ByWho<Permissions>,
  higher: ByWho<Permissions>,
): Promise<void> {
  const now = Date.now()
  const free = takesNothing(after.members, higher.members) && takesNothing(after.guests, higher.guests)
  if (free && !existing) return
  tx.changed({ kind: 'channel', channelId })
  tx.changed({ kind: 'roles' })
  const own = existing && !(await isShared(tx.db, existing.id, channelId)) ? existing : null
  if (free) {
    await updateSchemeId(tx.db, channelId, null)
    if (own) await deleteChannelScheme(tx.db, own.id, now)
    tx.publish(event('channel_scheme_updated', { channelId }, {}))
    return
  }
  const scheme = own ?? (await insertChannelScheme(tx.db, now))
  if (!own) {
    await updateSchemeId(tx.db, channelId, scheme.id)
    tx.publish(event('channel_scheme_updated', { channelId }, {}))
  }
  const members = await updatePermissions(tx.db, scheme.userRole, after.members, higher.members, now)
  const guests = await updatePermissions(tx.db, scheme.guestRole, after.guests, higher.guests, now)
  for (const role of [members, guests]) {
    if (role) tx.publish(event('role_updated', { channelId }, { role: JSON.stringify(role) }))
  }
}
