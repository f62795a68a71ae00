import type { App } from '../app.ts'
import { invalidParam, noPermission } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { existingUser } from '../users/user-access.ts'
import { viewsFor } from '../users/user-view.ts'
import { existingChannel } from './channel-access.ts'
import { findGroupsOfUsers, findMembersOutside } from './members-minus-groups.store.ts'
import type { Page } from './channel-lists.store.ts'

/**
 * People who would lose a channel if it followed the given groups (comma-separated ids), with the groups they do have.
 * For who may see the channels in the system console; throws 403, or 400 without a valid list.
 */
export async function membersMinusGroups(
  app: App,
  session: Session,
  channelId: string,
  groupIds: string,
  page: Page,
): Promise<{ users: object[]; total_count: number }> {
  const ids = uniqueSorted(groupIds.split(',').filter(Boolean))
  if (ids.length === 0 || !ids.every(isId)) throw invalidParam('group_ids')
  if (!app.access.can(session, 'sysconsole_read_user_management_channels')) {
    throw noPermission('sysconsole_read_user_management_channels')
  }
  await existingChannel(app, channelId)
  const { members, total } = await findMembersOutside(app.db, channelId, ids, page)
  const userIds = members.map((member) => member.userId)
  const groups = await findGroupsOfUsers(app.db, userIds)
  const users = viewsFor(app, session, await Promise.all(userIds.map((id) => existingUser(app, id))))
  const found = members.map((member, i) => ({
    ...users[i],
    groups: groups.filter((group) => group.userId === member.userId).map((group) => group.group),
    scheme_guest: member.schemeGuest,
    scheme_user: member.schemeUser,
    scheme_admin: member.schemeAdmin,
  }))
  return { users: found, total_count: total }
}
