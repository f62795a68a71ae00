import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { announceMembers } from './announce-group.ts'
import { editableGroup } from './group-access.ts'
import { countLiveUsers, findLiveMembers, removeMembers, upsertMembers } from './group-members.store.ts'
import type { GroupMember } from './group.ts'
import { groupError } from './groups.errors.ts'

/** Adds people to a group; those who are in it stay. Throws 404 for the group or a person, 403, 400. */
export async function addMembers(
  app: App,
  session: Session,
  groupId: string,
  asked: readonly string[],
): Promise<GroupMember[]> {
  const group = await editableGroup(app, session, groupId, 'manage_custom_group_members')
  const userIds = await memberIdsOf(app, session, asked)
  return app.unitOfWork(async (tx) => {
    const members = await upsertMembers(tx.db, group.id, userIds, Date.now())
    announceMembers(tx, 'group_member_add', members)
    return members
  })
}

/** Takes people out of a group. Throws 404, 403, 400 when one of them is not in it: then nobody is taken out. */
export async function deleteMembers(
  app: App,
  session: Session,
  groupId: string,
  asked: readonly string[],
): Promise<GroupMember[]> {
  const group = await editableGroup(app, session, groupId, 'manage_custom_group_members')
  const userIds = checkedIds(asked)
  return app.unitOfWork(async (tx) => {
    const present = await findLiveMembers(tx.db, group.id, userIds)
    if (present.length < userIds.length) throw groupError('app.group.uniqueness_error')
    const members = await removeMembers(tx.db, group.id, userIds, Date.now())
    announceMembers(tx, 'group_member_deleted', members)
    return members
  })
}

/** The people a caller wants in a group: they exist, and he may know of them. Throws 400, 404. */
export async function memberIdsOf(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  asked: readonly string[],
): Promise<string[]> {
  const userIds = checkedIds(asked)
  if ((await countLiveUsers(app.db, userIds)) < userIds.length) throw groupError('app.group.user_not_found')
  if (app.access.can(session, 'view_members')) return userIds
  for (const userId of userIds) {
    if (!(await app.access.canSeeUser(session, userId))) throw groupError('app.group.user_not_found')
  }
  return userIds
}

function checkedIds(asked: readonly string[]): string[] {
  const userIds = uniqueSorted(asked)
  if (userIds.length === 0 || !userIds.every(isId)) throw invalidBody('user_ids')
  return userIds
}
