import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { GroupSyncable } from './group.ts'

/** A team or a channel that groups can be linked to. */
export type Place = { readonly kind: 'team' | 'channel'; readonly id: string }

interface LinkRow {
  readonly groupid: string
  readonly placeid: string
  readonly autoadd: boolean | null
  readonly schemeadmin: boolean | null
  readonly createat: number | null
  readonly deleteat: number | null
  readonly updateat: number | null
  readonly teamid?: string
  readonly teamname?: string
  readonly teamtype?: string
  readonly channelname?: string
  readonly channeltype?: string
}

const table = (kind: Place['kind']) => (kind === 'team' ? sql.table('groupteams') : sql.table('groupchannels'))
const column = (kind: Place['kind']) => (kind === 'team' ? sql.ref('l.teamid') : sql.ref('l.channelid'))

function syncableOf(kind: Place['kind'], row: LinkRow): GroupSyncable {
  return {
    group_id: row.groupid,
    ...(kind === 'team' ? { team_id: row.placeid } : { channel_id: row.placeid }),
    ...(kind === 'channel' && row.teamid !== undefined && { team_id: row.teamid }),
    ...(row.teamname !== undefined && { team_display_name: row.teamname, team_type: row.teamtype ?? '' }),
    ...(row.channelname !== undefined && {
      channel_display_name: row.channelname,
      channel_type: row.channeltype ?? '',
    }),
    type: kind === 'team' ? 'Team' : 'Channel',
    auto_add: row.autoadd ?? false,
    scheme_admin: row.schemeadmin ?? false,
    create_at: row.createat ?? 0,
    delete_at: row.deleteat ?? 0,
    update_at: row.updateat ?? 0,
  }
}

/** A live link, or null. */
export async function findSyncable(db: Queries, groupId: string, place: Place): Promise<GroupSyncable | null> {
  const result = await sql<LinkRow>`
    SELECT l.groupid, l.autoadd, l.schemeadmin, l.createat, l.deleteat, l.updateat, ${column(place.kind)} AS placeid
    FROM ${table(place.kind)} AS l
    WHERE l.groupid = ${groupId} AND ${column(place.kind)} = ${place.id} AND l.deleteat = 0`.execute(db)
  const row = result.rows[0]
  return row ? syncableOf(place.kind, row) : null
}

/** Live links of a group, with what a list shows of the places. */
export async function findSyncables(db: Queries, groupId: string, kind: Place['kind']): Promise<GroupSyncable[]> {
  const names =
    kind === 'team'
      ? sql`t.displayname AS teamname, t.type AS teamtype
          FROM groupteams AS l JOIN teams AS t ON t.id = l.teamid`
      : sql`c.displayname AS channelname, c.type AS channeltype, coalesce(t.displayname, '') AS teamname,
          coalesce(t.type::text, '') AS teamtype, c.teamid AS teamid
          FROM groupchannels AS l JOIN channels AS c ON c.id = l.channelid LEFT JOIN teams AS t ON t.id = c.teamid`
  const result = await sql<LinkRow>`
    SELECT l.groupid, l.autoadd, l.schemeadmin, l.createat, l.deleteat, l.updateat, ${column(kind)} AS placeid, ${names}
    WHERE l.groupid = ${groupId} AND l.deleteat = 0 ORDER BY l.createat, placeid`.execute(db)
  return result.rows.map((row) => syncableOf(kind, row))
}

/** Makes or changes a link, also one that was cut before. */
export async function upsertSyncable(
  db: Queries,
  groupId: string,
  place: Place,
  values: { autoAdd: boolean; schemeAdmin: boolean },
  now: number,
): Promise<GroupSyncable> {
  const name = sql.raw(place.kind === 'team' ? 'teamid' : 'channelid')
  const result = await sql<LinkRow>`
    INSERT INTO ${table(place.kind)} AS l (groupid, ${name}, autoadd, schemeadmin, createat, deleteat, updateat)
    VALUES (${groupId}, ${place.id}, ${values.autoAdd}, ${values.schemeAdmin}, ${now}, 0, ${now})
    ON CONFLICT (groupid, ${name}) DO UPDATE SET autoadd = excluded.autoadd, schemeadmin = excluded.schemeadmin,
      deleteat = 0, updateat = excluded.updateat,
      createat = CASE WHEN l.deleteat = 0 THEN l.createat ELSE excluded.createat END
    RETURNING l.groupid, l.autoadd, l.schemeadmin, l.createat, l.deleteat, l.updateat,
      ${column(place.kind)} AS placeid`.execute(db)
  return syncableOf(place.kind, result.rows[0]!)
}

/** Cuts a link; false when there was none. */
export async function deleteSyncable(db: Queries, groupId: string, place: Place, now: number): Promise<boolean> {
  const result = await sql`
    UPDATE ${table(place.kind)} AS l SET deleteat = ${now}, updateat = ${now}
    WHERE l.groupid = ${groupId} AND ${column(place.kind)} = ${place.id} AND l.deleteat = 0`.execute(db)
  return Number(result.numAffectedRows ?? 0) > 0
}

/** Links of the group to channels of a team, which end with the link to the team. */
export async function findChannelLinksOfTeam(db: Queries, groupId: string, teamId: string): Promise<string[]> {
  const result = await sql<{ id: string }>`
    SELECT l.channelid AS id FROM groupchannels AS l JOIN channels AS c ON c.id = l.channelid
    WHERE l.groupid = ${groupId} AND c.teamid = ${teamId} AND l.deleteat = 0`.execute(db)
  return result.rows.map((row) => row.id)
}
