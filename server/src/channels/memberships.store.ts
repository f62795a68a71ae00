import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import { NEW_MEMBER_NOTIFY_PROPS } from './channel.ts'

/** Who is to become a member, with the flags that stand for the scheme's roles. */
export interface NewMember {
  readonly userId: string
  readonly guest: boolean
  readonly admin: boolean
}

/**
 * Writes memberships and the start of their stay. Returns the ids of those who were not members yet; the others keep
 * their rows.
 */
export async function insertMembers(
  db: Queries,
  channelId: string,
  members: readonly NewMember[],
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ userid: string }>`
    WITH added AS (
      INSERT INTO channelmembers (channelid, userid, roles, lastviewedat, msgcount, mentioncount, notifyprops,
        lastupdateat, schemeuser, schemeadmin, schemeguest, mentioncountroot, msgcountroot, urgentmentioncount)
      SELECT ${channelId}, m."userId", '', 0, 0, 0, ${JSON.stringify(NEW_MEMBER_NOTIFY_PROPS)}::jsonb,
        ${now}::bigint, NOT m.guest, m.admin, m.guest, 0, 0, 0
      FROM json_to_recordset(${JSON.stringify(members)}::json) AS m("userId" text, guest boolean, admin boolean)
      ON CONFLICT DO NOTHING
      RETURNING userid
    )
    INSERT INTO channelmemberhistory (channelid, userid, jointime, leavetime)
    SELECT ${channelId}, userid, ${now}::bigint, NULL FROM added
    ON CONFLICT (channelid, userid, jointime) DO UPDATE SET leavetime = NULL
    RETURNING userid`.execute(db)
  return rows.map((row) => row.userid)
}

/**
 * Ends a person's memberships, with what hangs on them: places in the sidebar and followed threads. Returns the ids of
 * the channels that were left.
 */
export async function deleteMemberships(
  db: Queries,
  userId: string,
  channelIds: readonly string[],
  now: number,
): Promise<string[]> {
  const { rows } = await sql<{ channelid: string }>`
    WITH gone AS (
      DELETE FROM channelmembers WHERE userid = ${userId} AND channelid = ANY(${channelIds}) RETURNING channelid
    ), ended AS (
      UPDATE channelmemberhistory AS h SET leavetime = ${now}::bigint FROM gone
      WHERE h.channelid = gone.channelid AND h.userid = ${userId} AND h.leavetime IS NULL
    ), placed AS (
      DELETE FROM sidebarchannels AS s USING gone WHERE s.channelid = gone.channelid AND s.userid = ${userId}
    ), followed AS (
      DELETE FROM threadmemberships AS f USING threads AS t JOIN gone ON t.channelid = gone.channelid
      WHERE f.postid = t.postid AND f.userid = ${userId}
    )
    SELECT channelid FROM gone`.execute(db)
  return rows.map((row) => row.channelid)
}

/** Ids of the channels of a team, archived ones included, that a person is a member of. */
export async function findTeamMemberships(db: Queries, teamId: string, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('channelmembers')
    .innerJoin('channels', 'channels.id', 'channelmembers.channelid')
    .select('channels.id')
    .where('channelmembers.userid', '=', userId)
    .where('channels.teamid', '=', teamId)
    .execute()
  return rows.map((row) => row.id)
}

/** Live public channels of a team by name. */
export async function findOpenChannelsByName(
  db: Queries,
  teamId: string,
  names: readonly string[],
): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .selectFrom('channels')
    .select(['channels.id', 'channels.name'])
    .where('channels.teamid', '=', teamId)
    .where('channels.name', 'in', names)
    .where('channels.type', '=', 'O')
    .where('channels.deleteat', '=', 0)
    .execute()
  return rows.map((row) => ({ id: row.id, name: row.name ?? '' }))
}
