import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { announceGroup } from './announce-group.ts'
import { canInGroup, editableGroup, existingGroup } from './group-access.ts'
import { checkGroup, requireFreeName } from './group-rules.ts'
import { CUSTOM } from './group.ts'
import type { Group } from './group.ts'
import { groupError } from './groups.errors.ts'
import { findGroup, lockGroup, updateGroup } from './groups.store.ts'

export interface GroupPatch {
  readonly name?: string | null
  readonly display_name?: string | null
  readonly description?: string | null
  readonly allow_reference?: boolean | null
}

/**
 * Renames a group, describes it anew, or (for a directory's group) lets people mention it; null and missing fields
 * stay. Throws 404, 403, 400.
 */
export async function patchGroup(app: App, session: Session, groupId: string, patch: GroupPatch): Promise<Group> {
  const group = await existingGroup(app, groupId)
  const custom = group.source === CUSTOM
  const permission = custom ? 'edit_custom_group' : 'sysconsole_write_user_management_groups'
  if (!(await canInGroup(app, session, groupId, permission))) throw noPermission(permission)
  if (custom && patch.allow_reference === false) throw groupError('api.custom_groups.must_be_referenceable')
  return write(app, groupId, (now) => {
    const next: Group = {
      ...now,
      name: patch.name ?? now.name,
      display_name: patch.display_name ?? now.display_name,
      description: patch.description ?? now.description,
      allow_reference: patch.allow_reference ?? now.allow_reference,
    }
    // A group of a directory gets its name for mentions when people may mention it for the first time.
    const named = next.allow_reference && next.name === null ? { ...next, name: nameFrom(next.display_name) } : next
    checkGroup(named)
    return named
  })
}

/** Archives a group: it can no longer be mentioned, and keeps its name. Throws 404, 403, 400 for a directory's group. */
export async function deleteGroup(app: App, session: Session, groupId: string): Promise<Group> {
  await editableGroup(app, session, groupId, 'delete_custom_group')
  return write(app, groupId, (group) => {
    if (group.delete_at > 0) throw groupError('app.group.no_rows')
    return { ...group, delete_at: Date.now() }
  })
}

/** Takes an archived group back. Throws 404, 403, 400 for one that is not archived. */
export async function restoreGroup(app: App, session: Session, groupId: string): Promise<Group> {
  await editableGroup(app, session, groupId, 'restore_custom_group')
  return write(app, groupId, (group) => {
    if (group.delete_at === 0) throw groupError('app.group.uniqueness_error')
    return { ...group, delete_at: 0 }
  })
}

/** Reads the group under a lock, so that two changes at once do not undo each other, and writes what `change` makes of it. */
function write(app: App, groupId: string, change: (group: Group) => Group): Promise<Group> {
  return app.unitOfWork(async (tx) => {
    const before = await lockGroup(tx.db, groupId)
    if (!before) throw groupError('app.group.no_rows')
    const after = { ...change(before), update_at: Date.now() }
    if (after.name !== null && after.name !== before.name) await requireFreeName(tx.db, after.name, groupId)
    if (!(await updateGroup(tx.db, after))) throw groupError('app.custom_group.unique_name')
    const written = (await findGroup(tx.db, groupId, { count: true }))!
    announceGroup(tx, written)
    return written
  })
}

const nameFrom = (displayName: string): string =>
  displayName
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, 64)
