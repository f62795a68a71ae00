import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { announceGroup, announceMembers } from './announce-group.ts'
import { memberIdsOf } from './change-members.ts'
import { requireCustomGroups } from './group-access.ts'
import { upsertMembers } from './group-members.store.ts'
import { checkGroup, requireFreeName } from './group-rules.ts'
import { CUSTOM } from './group.ts'
import type { Group } from './group.ts'
import { groupError } from './groups.errors.ts'
import { findGroup, insertGroup } from './groups.store.ts'

export interface GroupDraft {
  readonly name?: string | null
  readonly display_name?: string | null
  readonly description?: string | null
  readonly source?: string | null
  readonly remote_id?: string | null
  readonly allow_reference?: boolean | null
  readonly user_ids?: readonly string[] | null
}

/**
 * Makes a group of people that can be mentioned. Throws 403, 400 for a name that is impossible or taken by a user or
 * group, 404 for a person who does not exist, 501 while such groups are off.
 */
export async function createGroup(app: App, session: Session, draft: GroupDraft): Promise<Group> {
  if (draft.source !== CUSTOM) throw groupError('app.group.crud_permission')
  requireCustomGroups(app)
  if (!app.access.can(session, 'create_custom_group')) throw noPermission('create_custom_group')
  if (!draft.allow_reference) throw groupError('api.custom_groups.must_be_referenceable')
  if (draft.remote_id) throw groupError('api.custom_groups.no_remote_id')
  const name = draft.name ?? ''
  const texts = { name, display_name: draft.display_name ?? '', description: draft.description ?? '' }
  checkGroup(texts)
  if (!draft.user_ids) throw invalidBody('user_ids')
  const userIds = draft.user_ids.length > 0 ? await memberIdsOf(app, session, draft.user_ids) : []
  const now = Date.now()
  const times = { create_at: now, update_at: now, delete_at: 0 }
  const flags = { has_syncables: false, allow_reference: true, member_ids: null }
  const group: Group = { id: newId(), ...texts, source: CUSTOM, remote_id: null, ...times, ...flags }
  return app.unitOfWork(async (tx) => {
    await requireFreeName(tx.db, name)
    if (!(await insertGroup(tx.db, group))) throw groupError('app.custom_group.unique_name')
    const members = await upsertMembers(tx.db, group.id, userIds, now)
    const created = (await findGroup(tx.db, group.id, { count: true })) ?? group
    announceGroup(tx, created)
    announceMembers(tx, 'group_member_add', members)
    return created
  })
}
