import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { UsergroupsTable } from '../database/tables.ts'
import type { Group } from './group.ts'

/** A row of `usergroups` with what some lists add. */
export type GroupRow = Selectable<UsergroupsTable> & {
  hassyncables: boolean
  membercount?: string | number | null
  channelmembercount?: string | number | null
  timezonecount?: string | number | null
  memberids?: string[] | null
}

export const hasSyncables = sql<boolean>`(
  EXISTS (SELECT 1 FROM groupteams AS gt WHERE gt.groupid = g.id AND gt.deleteat = 0)
  OR EXISTS (SELECT 1 FROM groupchannels AS gc WHERE gc.groupid = g.id AND gc.deleteat = 0))`

/** Live members whose accounts are live. */
export const memberCount = sql<string>`(SELECT count(*) FROM groupmembers AS m JOIN users AS u ON u.id = m.userid
  WHERE m.groupid = g.id AND m.deleteat = 0 AND u.deleteat = 0)`

export const memberIds = sql<string[]>`array(SELECT m.userid FROM groupmembers AS m JOIN users AS u ON u.id = m.userid
  WHERE m.groupid = g.id AND m.deleteat = 0 AND u.deleteat = 0 ORDER BY m.userid)::text[]`

/** A row as a group; counts are there only when the query asked for them. */
export function groupOf(row: GroupRow): Group {
  return {
    id: row.id,
    name: row.name,
    display_name: row.displayname ?? '',
    description: row.description ?? '',
    source: row.source ?? '',
    remote_id: row.remoteid,
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    has_syncables: row.hassyncables,
    ...(row.membercount !== undefined && { member_count: Number(row.membercount) }),
    allow_reference: row.allowreference ?? false,
    ...(row.channelmembercount !== undefined && { channel_member_count: Number(row.channelmembercount) }),
    ...(row.timezonecount !== undefined && { channel_member_timezones_count: Number(row.timezonecount) }),
    member_ids: row.memberids ?? null,
  }
}

/** A group, archived or not, or null. */
export async function findGroup(
  db: Queries,
  id: string,
  more: { count?: boolean; ids?: boolean } = {},
): Promise<Group | null> {
  const result = await sql<GroupRow>`
    SELECT g.*, ${hasSyncables} AS hassyncables
      ${more.count ? sql`, ${memberCount} AS membercount` : sql``}
      ${more.ids ? sql`, ${memberIds} AS memberids` : sql``}
    FROM usergroups AS g WHERE g.id = ${id}`.execute(db)
  const row = result.rows[0]
  return row ? groupOf(row) : null
}

/** A group, archived or not, that nobody else changes until the transaction ends; null when it is gone. */
export async function lockGroup(db: Queries, id: string): Promise<Group | null> {
  const row = await db.selectFrom('usergroups').select('id').where('id', '=', id).forUpdate().executeTakeFirst()
  return row ? findGroup(db, id) : null
}

/** Live groups by name. */
export async function findGroupsByName(db: Queries, names: readonly string[]): Promise<Group[]> {
  const result = await sql<GroupRow>`
    SELECT g.*, ${hasSyncables} AS hassyncables, ${memberCount} AS membercount FROM usergroups AS g
    WHERE g.name = ANY(${[...names]}::text[]) AND g.deleteat = 0 ORDER BY g.displayname, g.id`.execute(db)
  return result.rows.map(groupOf)
}

/** Who has a name already: a user, or another group (archived ones keep theirs). */
export async function findNameHolder(db: Queries, name: string, exceptId = ''): Promise<'user' | 'group' | null> {
  const user = await db.selectFrom('users').select('users.id').where('users.username', '=', name).executeTakeFirst()
  if (user) return 'user'
  const group = await db
    .selectFrom('usergroups')
    .select('usergroups.id')
    .where('usergroups.name', '=', name)
    .where('usergroups.id', '<>', exceptId)
    .executeTakeFirst()
  return group ? 'group' : null
}

/** Writes a new group; false when its name is taken. */
export async function insertGroup(db: Queries, group: Group): Promise<boolean> {
  const result = await db
    .insertInto('usergroups')
    .values({
      id: group.id,
      name: group.name,
      displayname: group.display_name,
      description: group.description,
      source: group.source,
      remoteid: group.remote_id,
      createat: group.create_at,
      updateat: group.update_at,
      deleteat: group.delete_at,
      allowreference: group.allow_reference,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Writes everything of a group that can change; false when another group got its name just now. */
export async function updateGroup(db: Queries, group: Group): Promise<boolean> {
  try {
    await db
      .updateTable('usergroups')
      .set({
        name: group.name,
        displayname: group.display_name,
        description: group.description,
        updateat: group.update_at,
        deleteat: group.delete_at,
        allowreference: group.allow_reference,
      })
      .where('usergroups.id', '=', group.id)
      .execute()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === '23505') return false
    throw error
  }
}
