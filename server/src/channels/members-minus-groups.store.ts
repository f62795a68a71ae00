import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { Page } from './channel-lists.store.ts'

export interface OutsideMember {
  readonly userId: string
  readonly schemeGuest: boolean
  readonly schemeUser: boolean
  readonly schemeAdmin: boolean
}

/** Active members of a channel who are in none of the groups, bots left out, with how many there are in all. */
export async function findMembersOutside(
  db: Queries,
  channelId: string,
  groupIds: readonly string[],
  { offset, perPage }: Page,
): Promise<{ members: OutsideMember[]; total: number }> {
  const from = sql`
    FROM channelmembers AS m JOIN users AS u ON u.id = m.userid LEFT JOIN bots AS b ON b.userid = u.id
    WHERE m.channelid = ${channelId} AND u.deleteat = 0 AND b.userid IS NULL AND NOT EXISTS (
      SELECT 1 FROM groupmembers AS gm
      WHERE gm.userid = m.userid AND gm.groupid = ANY(${groupIds}) AND coalesce(gm.deleteat, 0) = 0
    )`
  const counted = await sql<{ total: number }>`SELECT count(*) AS total ${from}`.execute(db)
  const { rows } = await sql<{
    userid: string
    schemeguest: boolean | null
    schemeuser: boolean | null
    schemeadmin: boolean | null
  }>`SELECT m.userid, m.schemeguest, m.schemeuser, m.schemeadmin ${from}
    ORDER BY u.username LIMIT ${perPage} OFFSET ${offset}`.execute(db)
  const members = rows.map((row) => ({
    userId: row.userid,
    schemeGuest: row.schemeguest ?? false,
    schemeUser: row.schemeuser ?? false,
    schemeAdmin: row.schemeadmin ?? false,
  }))
  return { members, total: counted.rows[0]?.total ?? 0 }
}

/** The live groups of each person, as the API shows a group. */
export async function findGroupsOfUsers(
  db: Queries,
  userIds: readonly string[],
): Promise<{ userId: string; group: object }[]> {
  if (userIds.length === 0) return []
  const rows = await db
    .selectFrom('groupmembers as gm')
    .innerJoin('usergroups as g', 'g.id', 'gm.groupid')
    .selectAll('g')
    .select('gm.userid')
    .where('gm.userid', 'in', userIds)
    .where('gm.deleteat', '=', 0)
    .where('g.deleteat', '=', 0)
    .orderBy('g.displayname')
    .execute()
  return rows.map((row) => ({
    userId: row.userid,
    group: {
      id: row.id,
      ...(row.name && { name: row.name }),
      display_name: row.displayname ?? '',
      description: row.description ?? '',
      source: row.source ?? '',
      remote_id: row.remoteid,
      create_at: row.createat ?? 0,
      update_at: row.updateat ?? 0,
      delete_at: row.deleteat ?? 0,
      has_syncables: false,
      allow_reference: row.allowreference ?? false,
      member_ids: null,
    },
  }))
}
