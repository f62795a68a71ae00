import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Queries } from '../database/pool.ts'
import { CUSTOM } from './group.ts'
import type { Group, GroupWithSchemeAdmin } from './group.ts'
import { groupOf, hasSyncables, memberCount, memberIds } from './groups.store.ts'
import type { GroupRow } from './groups.store.ts'

/** Which groups a list holds; everything given must hold. Empty texts count as not given. */
export interface GroupFilter {
  readonly q?: string
  readonly source?: string
  readonly withoutCustom?: boolean
  readonly onlyReferenceable?: boolean
  readonly onlySyncable?: boolean
  readonly notInTeam?: string
  readonly notInChannel?: string
  /** only groups of the channel's team, when the team takes only people of its groups */
  readonly parentPermitted?: boolean
  readonly hasMember?: string
  /** changed after this time (ms), archived ones too */
  readonly since?: number
  readonly archived?: 'with' | 'only'
}

/** What is added to each group. */
export interface GroupExtras {
  readonly count?: boolean
  readonly ids?: boolean
  /** members of this channel among the group's, and optionally their time zones */
  readonly channelId?: string
  readonly timezones?: boolean
}

export interface Page {
  readonly offset: number
  readonly limit: number | null
}

/** Groups by display name. */
export async function findGroups(db: Queries, filter: GroupFilter, extras: GroupExtras, page: Page): Promise<Group[]> {
  const result = await sql<GroupRow>`
    SELECT g.*, ${hasSyncables} AS hassyncables ${extraColumns(extras)}
    FROM usergroups AS g WHERE ${where(filter)}
    ORDER BY g.displayname, g.id OFFSET ${page.offset} LIMIT ${page.limit}`.execute(db)
  return result.rows.map(groupOf)
}

/** How many groups fit. */
export async function countGroups(db: Queries, filter: GroupFilter): Promise<number> {
  const result = await sql<{ total: string }>`
    SELECT count(*) AS total FROM usergroups AS g WHERE ${where(filter)}`.execute(db)
  return Number(result.rows[0]?.total ?? 0)
}

/** Where groups are linked to: one team, one channel, or all channels of a team. */
export interface LinkedTo {
  readonly teamId?: string
  readonly channelId?: string
  readonly channelsOfTeam?: string
}

/** Groups linked to a place, each with the place's id and whether its people become administrators there. */
export async function findLinkedGroups(
  db: Queries,
  to: LinkedTo,
  filter: GroupFilter,
  extras: GroupExtras,
  page: Page,
): Promise<{ placeId: string; group: GroupWithSchemeAdmin }[]> {
  const { from, place, condition } = linked(to)
  const result = await sql<GroupRow & { placeid: string; schemeadmin: boolean | null }>`
    SELECT g.*, ${hasSyncables} AS hassyncables, ${place} AS placeid, l.schemeadmin ${extraColumns(extras)}
    FROM usergroups AS g ${from} WHERE l.deleteat = 0 AND ${condition} AND ${where(filter)}
    ORDER BY g.displayname, g.id OFFSET ${page.offset} LIMIT ${page.limit}`.execute(db)
  return result.rows.map((row) => ({
    placeId: row.placeid,
    group: { ...groupOf(row), scheme_admin: row.schemeadmin ?? false },
  }))
}

/** How many groups that fit are linked to a place. */
export async function countLinkedGroups(db: Queries, to: LinkedTo, filter: GroupFilter): Promise<number> {
  const { from, condition } = linked(to)
  const result = await sql<{ total: string }>`
    SELECT count(*) AS total FROM usergroups AS g ${from}
    WHERE l.deleteat = 0 AND ${condition} AND ${where(filter)}`.execute(db)
  return Number(result.rows[0]?.total ?? 0)
}

function linked(to: LinkedTo) {
  if (to.teamId) {
    const from = sql`JOIN groupteams AS l ON l.groupid = g.id`
    return { from, place: sql`l.teamid`, condition: sql`l.teamid = ${to.teamId}` }
  }
  const from = sql`JOIN groupchannels AS l ON l.groupid = g.id`
  const condition = to.channelId
    ? sql`l.channelid = ${to.channelId}`
    : sql`l.channelid IN (SELECT c.id FROM channels AS c WHERE c.teamid = ${to.channelsOfTeam ?? ''})`
  return { from, place: sql`l.channelid`, condition }
}

function extraColumns(extras: GroupExtras): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [sql``]
  if (extras.count) parts.push(sql`${memberCount} AS membercount`)
  if (extras.ids) parts.push(sql`${memberIds} AS memberids`)
  if (extras.channelId) {
    const people = sql`FROM groupmembers AS m JOIN users AS u ON u.id = m.userid
      JOIN channelmembers AS cm ON cm.userid = m.userid AND cm.channelid = ${extras.channelId}
      WHERE m.groupid = g.id AND m.deleteat = 0 AND u.deleteat = 0`
    parts.push(sql`(SELECT count(*) ${people}) AS channelmembercount`)
    if (extras.timezones) {
      const zone = sql`nullif(CASE WHEN u.timezone->>'useAutomaticTimezone' = 'true'
        THEN u.timezone->>'automaticTimezone' ELSE u.timezone->>'manualTimezone' END, '')`
      parts.push(sql`(SELECT count(DISTINCT ${zone}) ${people}) AS timezonecount`)
    }
  }
  return sql.join(parts)
}

function where(filter: GroupFilter): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [liveness(filter)]
  if (filter.q) {
    const pattern = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`
    all.push(sql`(g.name ILIKE ${pattern} OR g.displayname ILIKE ${pattern})`)
  }
  if (filter.source) all.push(sql`g.source = ${filter.source}`)
  if (filter.withoutCustom) all.push(sql`g.source <> ${CUSTOM}`)
  if (filter.onlySyncable) all.push(sql`(g.source = 'ldap' OR g.source LIKE 'plugin\\_%')`)
  if (filter.onlyReferenceable) all.push(sql`g.allowreference`)
  if (filter.hasMember) {
    all.push(sql`EXISTS (SELECT 1 FROM groupmembers AS m WHERE m.groupid = g.id AND m.userid = ${filter.hasMember}
      AND m.deleteat = 0)`)
  }
  if (filter.notInTeam) {
    all.push(sql`NOT EXISTS (SELECT 1 FROM groupteams AS t WHERE t.groupid = g.id AND t.teamid = ${filter.notInTeam}
      AND t.deleteat = 0)`)
  }
  if (filter.notInChannel) all.push(notInChannel(filter.notInChannel, filter.parentPermitted ?? false))
  return sql.join(all, sql` AND `)
}

function liveness(filter: GroupFilter): RawBuilder<unknown> {
  if (filter.since) return sql`g.updateat > ${filter.since}`
  if (filter.archived === 'only') return sql`g.deleteat > 0`
  return filter.archived === 'with' ? sql`TRUE` : sql`g.deleteat = 0`
}

function notInChannel(channelId: string, parentPermitted: boolean): RawBuilder<unknown> {
  const outside = sql`NOT EXISTS (SELECT 1 FROM groupchannels AS c WHERE c.groupid = g.id AND c.channelid = ${channelId}
    AND c.deleteat = 0)`
  if (!parentPermitted) return outside
  return sql`${outside} AND EXISTS (SELECT 1 FROM channels AS c JOIN teams AS t ON t.id = c.teamid
    WHERE c.id = ${channelId} AND (t.groupconstrained IS NOT TRUE OR EXISTS (SELECT 1 FROM groupteams AS gt
      WHERE gt.groupid = g.id AND gt.teamid = t.id AND gt.deleteat = 0)))`
}
