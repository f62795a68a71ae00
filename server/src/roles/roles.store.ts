import { sql } from 'kysely'
import type { Selectable } from 'kysely'
import { mergedPermissions } from '../access/channel-scheme-roles.ts'
import { roleNames } from '../access/role-names.ts'
import type { Queries } from '../database/pool.ts'
import type { RolesTable } from '../database/tables.ts'
import type { Role } from './role.ts'

/** A row as a role, with the permissions as stored. */
export function roleOf(row: Selectable<RolesTable>): Role {
  return {
    id: row.id,
    name: row.name ?? '',
    display_name: row.displayname ?? '',
    description: row.description ?? '',
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    permissions: roleNames(row.permissions),
    scheme_managed: row.schememanaged ?? false,
    built_in: row.builtin ?? false,
  }
}

/** Every role, deleted ones too: members may still carry their names. */
export async function findRoles(db: Queries): Promise<Role[]> {
  const rows = await db.selectFrom('roles').selectAll('roles').orderBy('roles.name').execute()
  return rows.map(roleOf)
}

/** A role, deleted or not, or null. */
export async function findRole(db: Queries, id: string): Promise<Role | null> {
  const row = await db.selectFrom('roles').selectAll('roles').where('roles.id', '=', id).executeTakeFirst()
  return row ? roleOf(row) : null
}

/** Roles by name; names of nothing are left out. */
export async function findRolesByName(db: Queries, names: readonly string[]): Promise<Role[]> {
  if (names.length === 0) return []
  const rows = await db.selectFrom('roles').selectAll('roles').where('roles.name', 'in', names).execute()
  return rows.map(roleOf)
}

/** Stores permissions the way the reference does, each after a space. */
export async function updatePermissions(
  db: Queries,
  id: string,
  permissions: readonly string[],
  now: number,
): Promise<Role> {
  const row = await db
    .updateTable('roles')
    .set({ permissions: storedPermissions(permissions), updateat: now })
    .where('roles.id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return roleOf(row)
}

/** A list of permissions as kept in the `permissions` column. */
export const storedPermissions = (permissions: readonly string[]): string =>
  permissions.map((permission) => ` ${permission}`).join('')

/** Where a role holds: in these teams or channels, or (both empty) everywhere. */
export interface RoleReach {
  readonly teamIds: readonly string[]
  readonly channelIds: readonly string[]
}

/** Who has to learn of a change of a scheme's role; null for a role of no scheme. */
export async function findReach(db: Queries, name: string): Promise<RoleReach | null> {
  const result = await sql<{ teams: string[]; channels: string[] }>`
    SELECT array(SELECT t.id FROM teams AS t WHERE t.schemeid = s.id)::text[] AS teams,
           array(SELECT c.id FROM channels AS c WHERE c.schemeid = s.id)::text[] AS channels
    FROM schemes AS s WHERE s.deleteat = 0 AND ${name} IN (s.defaultteamadminrole, s.defaultteamuserrole,
      s.defaultteamguestrole, s.defaultchanneladminrole, s.defaultchanneluserrole, s.defaultchannelguestrole)
    LIMIT 1`.execute(db)
  const found = result.rows[0]
  return found ? { teamIds: found.teams, channelIds: found.channels } : null
}

/** A role of a channel's own scheme, with what it really grants. */
export interface ChannelRole {
  readonly channelId: string
  readonly role: Role
}

/** Roles of channels' own schemes that take their permissions from `higher` ('': that are named `name`). */
export async function findChannelRoles(db: Queries, by: { name?: string; higher?: string }): Promise<ChannelRole[]> {
  const column = by.name === undefined ? 'higher' : 'name'
  const result = await sql<Selectable<RolesTable> & { channelid: string; admin: boolean; above: string | null }>`
    SELECT r.*, c.id AS channelid, k.admin, h.permissions AS above
    FROM schemes AS own
    JOIN channels AS c ON c.schemeid = own.id
    LEFT JOIN teams AS t ON t.id = c.teamid
    LEFT JOIN schemes AS s ON s.id = t.schemeid AND s.deleteat = 0
    CROSS JOIN LATERAL (VALUES
      (own.defaultchanneladminrole, coalesce(nullif(s.defaultchanneladminrole, ''), 'channel_admin'), true),
      (own.defaultchanneluserrole, coalesce(nullif(s.defaultchanneluserrole, ''), 'channel_user'), false),
      (own.defaultchannelguestrole, coalesce(nullif(s.defaultchannelguestrole, ''), 'channel_guest'), false)
    ) AS k(name, higher, admin)
    JOIN roles AS r ON r.name = k.name
    LEFT JOIN roles AS h ON h.name = k.higher
    WHERE own.scope = 'channel' AND own.deleteat = 0 AND ${sql.ref(`k.${column}`)} = ${by.name ?? by.higher ?? ''}`.execute(
    db,
  )
  return result.rows.map((row) => {
    const role = roleOf(row)
    const granted = mergedPermissions(new Set(role.permissions), new Set(roleNames(row.above)), row.admin)
    return { channelId: row.channelid, role: { ...role, permissions: [...granted] } }
  })
}
