import { sql } from 'kysely'
import { mergedPermissions } from '../access/channel-scheme-roles.ts'
import { roleNames } from '../access/role-names.ts'
import type { Queries } from '../database/pool.ts'
import { newId } from '../ids.ts'

export interface Role {
  id: string
  name: string
  display_name: string
  description: string
  create_at: number
  update_at: number
  delete_at: number
  permissions: string[]
  scheme_managed: boolean
  built_in: boolean
}

/** Names of the roles that a channel's own scheme gives its members. */
export interface ChannelScheme {
  readonly id: string
  readonly userRole: string
  readonly guestRole: string
}

/** A live scheme for channels, or null. */
export async function findChannelScheme(db: Queries, id: string): Promise<ChannelScheme | null> {
  const row = await db
    .selectFrom('schemes')
    .select(['schemes.defaultchanneluserrole', 'schemes.defaultchannelguestrole'])
    .where('schemes.id', '=', id)
    .where('schemes.scope', '=', 'channel')
    .where('schemes.deleteat', '=', 0)
    .executeTakeFirst()
  return row ? { id, userRole: row.defaultchanneluserrole ?? '', guestRole: row.defaultchannelguestrole ?? '' } : null
}

/** Whether other channels have the scheme too. */
export async function isShared(db: Queries, schemeId: string, channelId: string): Promise<boolean> {
  const row = await db
    .selectFrom('channels')
    .select('channels.id')
    .where('channels.schemeid', '=', schemeId)
    .where('channels.id', '<>', channelId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Permissions of a live role as stored; none for a missing one. */
export async function findPermissions(db: Queries, name: string): Promise<Set<string>> {
  const row = await db
    .selectFrom('roles')
    .select('roles.permissions')
    .where('roles.name', '=', name)
    .where('roles.deleteat', '=', 0)
    .executeTakeFirst()
  return new Set(roleNames(row?.permissions ?? ''))
}

/** Makes a scheme for one channel with its three roles, which have no permissions yet beyond those from above. */
export async function insertChannelScheme(db: Queries, now: number): Promise<ChannelScheme> {
  const scheme = { id: newId(), name: newId() }
  const roles = (['Admin', 'User', 'Guest'] as const).map((kind) => ({
    id: newId(),
    name: newId(),
    displayname: `Channel ${kind} Role for Scheme ${scheme.name}`,
    description: '',
    createat: now,
    updateat: now,
    deleteat: 0,
    permissions: '',
    schememanaged: true,
    builtin: false,
  }))
  await db.insertInto('roles').values(roles).execute()
  const [admin, user, guest] = roles.map((role) => role.name) as [string, string, string]
  await db
    .insertInto('schemes')
    .values({
      ...scheme,
      displayname: newId(),
      description: '',
      createat: now,
      updateat: now,
      deleteat: 0,
      scope: 'channel',
      defaultteamadminrole: '',
      defaultteamuserrole: '',
      defaultteamguestrole: '',
      defaultchanneladminrole: admin,
      defaultchanneluserrole: user,
      defaultchannelguestrole: guest,
    })
    .execute()
  return { id: scheme.id, userRole: user, guestRole: guest }
}

/** Removes a scheme and its roles as the reference does: the rows stay, marked as deleted. */
export async function deleteChannelScheme(db: Queries, id: string, now: number): Promise<void> {
  await sql`UPDATE roles SET deleteat = ${now}::bigint, updateat = ${now}::bigint FROM schemes AS s WHERE s.id = ${id}
    AND roles.name IN (s.defaultchanneladminrole, s.defaultchanneluserrole, s.defaultchannelguestrole)
    AND roles.schememanaged AND NOT roles.builtin`.execute(db)
  await db.updateTable('schemes').set({ deleteat: now, updateat: now }).where('schemes.id', '=', id).execute()
}

/** Writes the moderated permissions of a channel scheme's role; returns it as clients see it, merged with `higher`. */
export async function updatePermissions(
  db: Queries,
  name: string,
  own: ReadonlySet<string>,
  higher: ReadonlySet<string>,
  now: number,
): Promise<Role | null> {
  const row = await db
    .updateTable('roles')
    .set({ permissions: [...own].map((permission) => ` ${permission}`).join(''), updateat: now })
    .where('roles.name', '=', name)
    .where('roles.deleteat', '=', 0)
    .returningAll()
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    name,
    display_name: row.displayname ?? '',
    description: row.description ?? '',
    create_at: row.createat ?? 0,
    update_at: now,
    delete_at: 0,
    permissions: [...mergedPermissions(own, higher, false)],
    scheme_managed: row.schememanaged ?? false,
    built_in: row.builtin ?? false,
  }
}

/** Gives a channel a scheme of its own, or takes it away. */
export async function updateSchemeId(db: Queries, channelId: string, schemeId: string | null): Promise<void> {
  await db.updateTable('channels').set({ schemeid: schemeId }).where('channels.id', '=', channelId).execute()
}
