import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

/** Role conditions: the three lists are joined by OR, `role` is one more that must hold. */
export interface RoleFilter {
  readonly inTeam?: string
  readonly inChannel?: string
  readonly role?: string
  readonly roles?: readonly string[]
  readonly teamRoles?: readonly string[]
  readonly channelRoles?: readonly string[]
}

/** What people type to find somebody. */
export interface SearchFilter {
  readonly term: string
  readonly emails: boolean
  readonly fullNames: boolean
}

/** Users with the wanted roles; null when none is asked for. Team and channel roles mean those of inTeam and inChannel. */
export function roleCondition(filter: RoleFilter): RawBuilder<SqlBool> | null {
  const either = [
    ...(filter.roles ?? []).map(systemRole),
    ...(filter.teamRoles ?? []).map((role) => memberRole('team', filter.inTeam ?? '', role)),
    ...(filter.channelRoles ?? []).map((role) => memberRole('channel', filter.inChannel ?? '', role)),
  ]
  const all: RawBuilder<SqlBool>[] = []
  if (filter.role) all.push(hasRole(filter.role))
  if (either.length > 0) all.push(sql<SqlBool>`(${sql.join(either, sql` OR `)})`)
  return all.length === 0 ? null : sql<SqlBool>`(${sql.join(all, sql` AND `)})`
}

const hasRole = (role: string): RawBuilder<SqlBool> => sql`${role} = ANY(string_to_array(users.roles, ' '))`

/** `system_user` means people who are nothing more than that. */
function systemRole(role: string): RawBuilder<SqlBool> {
  return role === 'system_user' ? sql`users.roles = 'system_user'` : hasRole(role)
}

/** `team_admin`, `channel_guest` …; system administrators count as such only, whatever they are in a team. */
function memberRole(scope: 'team' | 'channel', id: string, role: string): RawBuilder<SqlBool> {
  const flags = {
    [`${scope}_admin`]: sql`m.schemeadmin AND NOT ${hasRole('system_admin')}`,
    [`${scope}_user`]: sql`m.schemeuser AND NOT coalesce(m.schemeadmin, false) AND NOT ${hasRole('system_admin')}`,
    [`${scope}_guest`]: sql`m.schemeguest`,
  }
  const flag = Object.hasOwn(flags, role) ? flags[role]! : hasExplicit(role)
  return scope === 'team'
    ? sql`EXISTS (SELECT 1 FROM teammembers AS m WHERE m.teamid = ${id} AND m.userid = users.id AND m.deleteat = 0
        AND ${flag})`
    : sql`EXISTS (SELECT 1 FROM channelmembers AS m WHERE m.channelid = ${id} AND m.userid = users.id AND ${flag})`
}

const hasExplicit = (role: string): RawBuilder<SqlBool> => sql`${role} = ANY(string_to_array(m.roles, ' '))`

/**
 * Every word must fit some field: its beginning, or any part for words beyond ASCII (people look for a Korean name by
 * its given name, and write family and given name without a blank). A full id fits its user.
 */
export function searchCondition({ term, emails, fullNames }: SearchFilter): RawBuilder<SqlBool> {
  const words = term.slice(0, 256).normalize('NFC').toLowerCase().split(/\s+/).map(bare).filter(Boolean).slice(0, 8)
  if (words.length === 0) return sql`TRUE`
  const fields = [
    sql`users.username`,
    sql`users.nickname`,
    ...(fullNames ? [sql`users.firstname`, sql`users.lastname`] : []),
    ...(emails ? [sql`users.email`] : []),
  ]
  const conditions = words.map((word) => {
    const inner = /[^\x20-\x7e]/.test(word)
    const pattern = `${inner ? '%' : ''}${escapeLike(word)}%`
    const joined = [sql`users.lastname || users.firstname`, sql`users.firstname || users.lastname`]
    const places = inner && fullNames ? [...fields, ...joined] : fields
    const either = places.map((field) => sql`lower(${field}) LIKE ${pattern}`)
    return sql`(${sql.join(either, sql` OR `)})`
  })
  return sql`(users.id = ${term.slice(0, 256).trim()} OR (${sql.join(conditions, sql` AND `)}))`
}

const bare = (word: string): string => word.replace(/^@/, '')
const escapeLike = (word: string): string => word.replace(/[\\%_]/g, '\\$&')
