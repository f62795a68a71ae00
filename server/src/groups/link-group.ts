import type { App } from '../app.ts'
import type { Permission } from '../access/permission-ids.ts'
import { existingChannel } from '../channels/channel-access.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { noPermission } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { existingTeam } from '../teams/team-access.ts'
import { canInGroup, existingGroup } from './group-access.ts'
import { CUSTOM } from './group.ts'
import type { GroupSyncable } from './group.ts'
import { groupError } from './groups.errors.ts'
import {
  deleteSyncable,
  findChannelLinksOfTeam,
  findSyncable,
  findSyncables,
  upsertSyncable,
} from './syncables.store.ts'
import type { Place } from './syncables.store.ts'

export interface LinkPatch {
  readonly auto_add?: boolean | null
  readonly scheme_admin?: boolean | null
}

const READ = 'sysconsole_read_user_management_groups'
const WRITE = 'sysconsole_write_user_management_groups'

/**
 * Links a directory's group to a team or channel (with a channel also to its team), or changes the link. Throws 404,
 * 403, 400 for a group that people made.
 */
export async function linkGroup(
  app: App,
  session: Session,
  groupId: string,
  place: Place,
  patch: LinkPatch,
  mustExist: boolean,
): Promise<GroupSyncable> {
  const teamId = await requireLinkable(app, session, groupId, place, patch.scheme_admin === true)
  return app.unitOfWork(async (tx) => {
    const old = await findSyncable(tx.db, groupId, place)
    if (!old && mustExist) throw groupError('app.group.no_rows')
    const values = {
      autoAdd: patch.auto_add ?? old?.auto_add ?? false,
      schemeAdmin: patch.scheme_admin ?? old?.scheme_admin ?? false,
    }
    const now = Date.now()
    const link = await upsertSyncable(tx.db, groupId, place, values, now)
    if (!old) announceLink(tx, groupId, place, true)
    const team: Place = { kind: 'team', id: teamId }
    if (place.kind === 'channel' && !(await findSyncable(tx.db, groupId, team))) {
      await upsertSyncable(tx.db, groupId, team, { autoAdd: values.autoAdd, schemeAdmin: false }, now)
      announceLink(tx, groupId, team, true)
    }
    tx.changed({ kind: 'groups' })
    return link
  })
}

/** Cuts a link; with a team's link those to its channels end too. Throws 404, 403, 400. */
export async function unlinkGroup(app: App, session: Session, groupId: string, place: Place): Promise<void> {
  await requireLinkable(app, session, groupId, place, false)
  await app.unitOfWork(async (tx) => {
    const now = Date.now()
    if (!(await deleteSyncable(tx.db, groupId, place, now))) throw groupError('app.group.no_rows')
    announceLink(tx, groupId, place, false)
    const channels = place.kind === 'team' ? await findChannelLinksOfTeam(tx.db, groupId, place.id) : []
    for (const id of channels) {
      await deleteSyncable(tx.db, groupId, { kind: 'channel', id }, now)
      announceLink(tx, groupId, { kind: 'channel', id }, false)
    }
    tx.changed({ kind: 'groups' })
  })
}

/** One link, for administrators. Throws 403, 404. */
export async function getLink(app: App, session: Session, groupId: string, place: Place): Promise<GroupSyncable> {
  if (!app.access.can(session, 'manage_system')) throw noPermission('manage_system')
  const link = await findSyncable(app.db, groupId, place)
  if (!link) throw groupError('app.group.no_rows')
  return link
}

/** The teams or channels of a group. Throws 403, 404. */
export async function listLinks(
  app: App,
  session: Session,
  groupId: string,
  kind: Place['kind'],
): Promise<GroupSyncable[]> {
  if (!app.access.can(session, READ)) throw noPermission(READ)
  await existingGroup(app, groupId)
  return findSyncables(app.db, groupId, kind)
}

/** Whether the caller may link this group there; answers the team's id. */
async function requireLinkable(
  app: App,
  session: Session,
  groupId: string,
  place: Place,
  makesAdmins: boolean,
): Promise<string> {
  const group = await existingGroup(app, groupId)
  if (!group.allow_reference && !(await canInGroup(app, session, groupId, READ))) throw noPermission(READ)
  if (group.source === CUSTOM) throw groupError('app.group.crud_permission')
  const channel = place.kind === 'channel' ? await existingChannel(app, place.id) : null
  const team = await existingTeam(app, channel ? channel.teamId : place.id)
  if (app.access.can(session, WRITE)) return team.id
  const require = async (allowed: boolean | Promise<boolean>, permission: Permission) => {
    if (!(await allowed)) throw noPermission(permission)
  }
  if (channel) {
    const permission = `manage_${channel.type === 'P' ? 'private' : 'public'}_channel_members` as const
    await require(app.access.canInChannel(session, channel.id, permission), permission)
    if (makesAdmins) {
      await require(app.access.canInChannel(session, channel.id, 'manage_channel_roles'), 'manage_channel_roles')
    }
    // The link to a channel makes one to its team, which is another's to decide.
    const linked = await findSyncable(app.db, groupId, { kind: 'team', id: team.id })
    if (!linked) await require(app.access.canInTeam(session, team.id, 'invite_user'), 'invite_user')
    return team.id
  }
  await require(app.access.canInTeam(session, team.id, 'invite_user'), 'invite_user')
  // Otherwise anybody who may invite could make a group's people administrators of the team.
  if (makesAdmins) await require(app.access.canInTeam(session, team.id, 'manage_team_roles'), 'manage_team_roles')
  return team.id
}

function announceLink(tx: Tx, groupId: string, place: Place, linked: boolean): void {
  const data = { group_id: groupId }
  if (place.kind === 'team') {
    const name = linked ? 'received_group_associated_to_team' : 'received_group_not_associated_to_team'
    tx.publish(event(name, { teamId: place.id }, data))
  } else {
    const name = linked ? 'received_group_associated_to_channel' : 'received_group_not_associated_to_channel'
    tx.publish(event(name, { channelId: place.id }, data))
  }
}
