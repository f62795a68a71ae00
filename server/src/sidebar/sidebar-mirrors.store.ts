import { sql } from 'kysely'
import type { memberView } from '../channels/channel-view.ts'
import type { Queries } from '../database/pool.ts'

type MemberRow = Parameters<typeof memberView>[1]

/**
 * Keeps the preferences that older clients read saying the same as the favourites category. Answers the channels whose
 * preference this changed.
 */
export async function writeFavoritePreferences(
  db: Queries,
  userId: string,
  added: readonly string[],
  removed: readonly string[],
): Promise<{ added: string[]; removed: string[] }> {
  const gone =
    removed.length > 0 &&
    (await sql<{ name: string }>`
      DELETE FROM preferences
      WHERE userid = ${userId} AND category = 'favorite_channel' AND name = ANY(${removed})
      RETURNING name`.execute(db))
  const set =
    added.length > 0 &&
    (await sql<{ name: string }>`
      INSERT INTO preferences AS p (userid, category, name, value)
      SELECT ${userId}, 'favorite_channel', name, 'true' FROM unnest(${added}::text[]) AS a(name)
      ON CONFLICT (userid, category, name) DO UPDATE SET value = 'true' WHERE p.value IS DISTINCT FROM 'true'
      RETURNING p.name`.execute(db))
  const names = (result: false | { rows: { name: string }[] }) => (result ? result.rows.map((row) => row.name) : [])
  return { added: names(set), removed: names(gone) }
}

/**
 * Moves channels into the favourites of every sidebar of the user that they can stand in: the one of their team, all
 * of them for direct and group channels. Channels he is no member of are left out.
 */
export async function insertFavorites(db: Queries, userId: string, channelIds: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM sidebarchannels AS s USING sidebarcategories AS k, channelmembers AS m
    WHERE s.userid = ${userId} AND s.channelid = ANY(${channelIds}) AND k.id = s.categoryid AND k.userid = ${userId}
      AND k.type <> 'favorites' AND m.channelid = s.channelid AND m.userid = ${userId}`.execute(db)
  await sql`
    INSERT INTO sidebarchannels (channelid, userid, categoryid, sortorder)
    SELECT c.id, ${userId}, k.id, 0
    FROM channels AS c
    JOIN channelmembers AS m ON m.channelid = c.id AND m.userid = ${userId}
    JOIN sidebarcategories AS k ON k.userid = ${userId} AND k.type = 'favorites' AND c.teamid IN (k.teamid, '')
    WHERE c.id = ANY(${channelIds})
    ON CONFLICT DO NOTHING`.execute(db)
}

/** Takes channels out of the favourites of every sidebar of the user. */
export async function deleteFavorites(db: Queries, userId: string, channelIds: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM sidebarchannels AS s USING sidebarcategories AS k
    WHERE s.userid = ${userId} AND s.channelid = ANY(${channelIds}) AND k.id = s.categoryid AND k.userid = ${userId}
      AND k.type = 'favorites'`.execute(db)
}

/** Mutes or unmutes channels of a user. Answers the memberships that this changed. */
export async function updateMuted(
  db: Queries,
  userId: string,
  channelIds: readonly string[],
  muted: boolean,
  now: number,
): Promise<MemberRow[]> {
  const level = muted ? 'mention' : 'all'
  const { rows } = await sql<MemberRow>`
    UPDATE channelmembers AS m
    SET notifyprops = coalesce(m.notifyprops, '{}'::jsonb) || jsonb_build_object('mark_unread', ${level}::text),
        lastupdateat = ${now}::bigint
    FROM channels AS c LEFT JOIN teams AS t ON t.id = c.teamid
    WHERE c.id = m.channelid AND m.userid = ${userId} AND m.channelid = ANY(${channelIds})
      AND coalesce(m.notifyprops ->> 'mark_unread', 'all') <> ${level}
    RETURNING m.channelid AS "channelId", m.userid AS "userId", coalesce(m.roles, '') AS roles,
      coalesce(m.schemeguest, false) AS "schemeGuest", coalesce(m.schemeuser, false) AS "schemeUser",
      coalesce(m.schemeadmin, false) AS "schemeAdmin", coalesce(m.lastviewedat, 0) AS "lastViewedAt",
      coalesce(m.msgcount, 0) AS "msgCount", coalesce(m.msgcountroot, 0) AS "msgCountRoot",
      coalesce(m.mentioncount, 0) AS "mentionCount", coalesce(m.mentioncountroot, 0) AS "mentionCountRoot",
      coalesce(m.urgentmentioncount, 0) AS "urgentMentionCount", m.notifyprops AS "notifyProps",
      coalesce(m.lastupdateat, 0) AS "lastUpdateAt", coalesce(c.schemeid, '') AS "channelSchemeId",
      coalesce(t.schemeid, '') AS "teamSchemeId", coalesce(t.name, '') AS "teamName",
      coalesce(t.displayname, '') AS "teamDisplayName", coalesce(t.updateat, 0) AS "teamUpdateAt"`.execute(db)
  return rows
}
