import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** A group as clients know it. */
export interface GroupView {
  readonly id: string
  readonly name: string | null
  readonly display_name: string
  readonly description: string
  readonly source: string
  readonly remote_id: string | null
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly has_syncables: boolean
  readonly allow_reference: boolean
  readonly member_ids: null
}

/** A member whom none of the asked groups names, and all his groups. */
export interface OutsideRow {
  readonly userId: string
  readonly schemeGuest: boolean
  readonly schemeUser: boolean
  readonly schemeAdmin: boolean
  readonly groups: GroupView[]
}

const outside = (teamId: string, groupIds: readonly string[]) => sql`
  FROM teammembers AS tm JOIN users AS u ON u.id = tm.userid AND u.deleteat = 0
  WHERE tm.teamid = ${teamId} AND tm.deleteat = 0
    AND NOT EXISTS (SELECT 1 FROM bots WHERE bots.userid = tm.userid)
    AND NOT EXISTS (SELECT 1 FROM groupmembers AS gm
      WHERE gm.userid = tm.userid AND gm.deleteat = 0 AND gm.groupid = ANY(${groupIds}))`

/** One page, by username, of active people of a team whom none of the groups names, and how many they are in all. */
export async function findOutside(
  db: Queries,
  teamId: string,
  groupIds: readonly string[],
  page: { offset: number; limit: number },
): Promise<{ rows: OutsideRow[]; total: number }> {
  const { rows } = await sql<OutsideRow>`
    SELECT tm.userid AS "userId", coalesce(tm.schemeguest, false) AS "schemeGuest",
      coalesce(tm.schemeuser, false) AS "schemeUser", coalesce(tm.schemeadmin, false) AS "schemeAdmin",
      (SELECT coalesce(json_agg(json_build_object('id', g.id, 'name', g.name,
          'display_name', coalesce(g.displayname, ''), 'description', coalesce(g.description, ''),
          'source', coalesce(g.source, ''), 'remote_id', g.remoteid, 'create_at', coalesce(g.createat, 0),
          'update_at', coalesce(g.updateat, 0), 'delete_at', coalesce(g.deleteat, 0), 'has_syncables', false,
          'allow_reference', coalesce(g.allowreference, false), 'member_ids', NULL) ORDER BY g.id), '[]'::json)
        FROM groupmembers AS gm JOIN usergroups AS g ON g.id = gm.groupid AND g.deleteat = 0
        WHERE gm.userid = tm.userid AND gm.deleteat = 0) AS groups
    ${outside(teamId, groupIds)}
    ORDER BY u.username, tm.userid OFFSET ${page.offset} LIMIT ${page.limit}`.execute(db)
  const counted = await sql<{ total: number }>`SELECT count(*) AS total ${outside(teamId, groupIds)}`.execute(db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}
