import type { Queries } from '../database/pool.ts'
import { isGroupName } from './group.ts'
import { groupError } from './groups.errors.ts'
import { findNameHolder } from './groups.store.ts'

/** Texts that a group may have. Throws 400. */
export function checkGroup(group: { name: string | null; display_name: string; description: string }): void {
  if (group.name !== null && !isGroupName(group.name)) throw groupError('model.group.name.app_error')
  if (group.display_name.trim() === '' || [...group.display_name].length > 128) {
    throw groupError('model.group.display_name.app_error')
  }
  if ([...group.description].length > 1024) throw groupError('model.group.description.app_error')
}

/** Users and groups share one space of names, because both are mentioned. Throws 400 for a taken one. */
export async function requireFreeName(db: Queries, name: string, exceptId = ''): Promise<void> {
  const holder = await findNameHolder(db, name, exceptId)
  if (holder === 'user') throw groupError('app.group.username_conflict', { Username: name })
  if (holder === 'group') throw groupError('app.custom_group.unique_name')
}
