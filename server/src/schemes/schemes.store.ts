import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { NewRow, SchemesTable } from '../database/tables.ts'
import type { Scheme } from './scheme.ts'

function schemeOf(row: Selectable<SchemesTable>): Scheme {
  return {
    id: row.id,
    name: row.name ?? '',
    display_name: row.displayname ?? '',
    description: row.description ?? '',
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    scope: row.scope ?? '',
    default_team_admin_role: row.defaultteamadminrole ?? '',
    default_team_user_role: row.defaultteamuserrole ?? '',
    default_team_guest_role: row.defaultteamguestrole ?? '',
    default_channel_admin_role: row.defaultchanneladminrole ?? '',
    default_channel_user_role: row.defaultchanneluserrole ?? '',
    default_channel_guest_role: row.defaultchannelguestrole ?? '',
    default_playbook_admin_role: row.defaultplaybookadminrole ?? '',
    default_playbook_member_role: row.defaultplaybookmemberrole ?? '',
    default_run_admin_role: row.defaultrunadminrole ?? '',
    default_run_member_role: row.defaultrunmemberrole ?? '',
  }
}

/** A live scheme, or null; with `lock`, one that nobody else changes until the transaction ends. */
export async function findScheme(db: Queries, id: string, { lock = false } = {}): Promise<Scheme | null> {
  const query = db
    .selectFrom('schemes')
    .selectAll('schemes')
    .where('schemes.id', '=', id)
    .where('schemes.deleteat', '=', 0)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return row ? schemeOf(row) : null
}

/** Live schemes, newest first; of every scope when `scope` is ''. */
export async function findSchemes(db: Queries, scope: string, offset: number, limit: number): Promise<Scheme[]> {
  let query = db.selectFrom('schemes').selectAll('schemes').where('schemes.deleteat', '=', 0)
  if (scope !== '') query = query.where('schemes.scope', '=', scope)
  const rows = await query
    .orderBy('schemes.createat', 'desc')
    .orderBy('schemes.id')
    .offset(offset)
    .limit(limit)
    .execute()
  return rows.map(schemeOf)
}

/** Writes a new scheme; false when its name is taken. */
export async function insertScheme(db: Queries, scheme: Scheme): Promise<boolean> {
  const row: NewRow<'schemes'> = {
    id: scheme.id,
    name: scheme.name,
    displayname: scheme.display_name,
    description: scheme.description,
    createat: scheme.create_at,
    updateat: scheme.update_at,
    deleteat: 0,
    scope: scheme.scope,
    defaultteamadminrole: scheme.default_team_admin_role,
    defaultteamuserrole: scheme.default_team_user_role,
    defaultteamguestrole: scheme.default_team_guest_role,
    defaultchanneladminrole: scheme.default_channel_admin_role,
    defaultchanneluserrole: scheme.default_channel_user_role,
    defaultchannelguestrole: scheme.default_channel_guest_role,
    defaultplaybookadminrole: scheme.default_playbook_admin_role,
    defaultplaybookmemberrole: scheme.default_playbook_member_role,
    defaultrunadminrole: scheme.default_run_admin_role,
    defaultrunmemberrole: scheme.default_run_member_role,
  }
  const result = await db
    .insertInto('schemes')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** Whether another scheme, deleted or not, has this name. */
export async function nameIsTaken(db: Queries, name: string, exceptId: string): Promise<boolean> {
  const row = await db
    .selectFrom('schemes')
    .select('schemes.id')
    .where('schemes.name', '=', name)
    .where('schemes.id', '<>', exceptId)
    .executeTakeFirst()
  return row !== undefined
}

/** Writes the texts of a scheme and answers it. */
export async function updateScheme(
  db: Queries,
  id: string,
  change: { name: string; displayname: string; description: string },
  now: number,
): Promise<Scheme> {
  const row = await db
    .updateTable('schemes')
    .set({ ...change, updateat: now })
    .where('schemes.id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return schemeOf(row)
}

/** Permissions of the roles with these names, as stored. */
export async function findStoredPermissions(db: Queries, names: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('roles')
    .select(['roles.name', 'roles.permissions'])
    .where('roles.name', 'in', names)
    .execute()
  return new Map(rows.map((row) => [row.name ?? '', row.permissions ?? '']))
}

/** Writes new roles; fails on a taken name, which random names never are. */
export async function insertRoles(db: Queries, rows: readonly NewRow<'roles'>[]): Promise<void> {
  await db.insertInto('roles').values(rows).execute()
}

/** Marks a scheme and the roles that were made for it as deleted; built-in roles stay. */
export async function deleteSchemeRows(
  db: Queries,
  schemeId: string,
  roles: readonly string[],
  now: number,
): Promise<void> {
  await db.updateTable('schemes').set({ deleteat: now, updateat: now }).where('schemes.id', '=', schemeId).execute()
  await db
    .updateTable('roles')
    .set({ deleteat: now, updateat: now })
    .where('roles.name', 'in', roles)
    .where('roles.builtin', 'is not', true)
    .execute()
}

/** Takes a scheme away from all its teams and channels; answers their ids. */
export async function releaseScheme(
  db: Queries,
  schemeId: string,
  now: number,
): Promise<{ teamIds: string[]; channelIds: string[] }> {
  const teams = await db
    .updateTable('teams')
    .set({ schemeid: null, updateat: now })
    .where('teams.schemeid', '=', schemeId)
    .returning('teams.id')
    .execute()
  const channels = await db
    .updateTable('channels')
    .set({ schemeid: null, updateat: now })
    .where('channels.schemeid', '=', schemeId)
    .returning('channels.id')
    .execute()
  return { teamIds: teams.map((row) => row.id), channelIds: channels.map((row) => row.id) }
}

/** Ids of the teams or channels that use a scheme, by display name. */
export async function findPlaces(
  db: Queries,
  table: 'teams' | 'channels',
  schemeId: string,
  offset: number,
  limit: number,
): Promise<string[]> {
  const result = await sql<{ id: string }>`
    SELECT t.id FROM ${sql.table(table)} AS t WHERE t.schemeid = ${schemeId}
    ORDER BY t.displayname, t.id OFFSET ${offset} LIMIT ${limit}`.execute(db)
  return result.rows.map((row) => row.id)
}
