import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Switches off what posts into an archived channel by itself, and repeated notifications about it. */
export async function stopIntegrations(db: Queries, channelId: string, now: number): Promise<void> {
  const stopped = { deleteat: now, updateat: now }
  for (const table of ['incomingwebhooks', 'outgoingwebhooks'] as const) {
    await db.updateTable(table).set(stopped).where('channelid', '=', channelId).where('deleteat', '=', 0).execute()
  }
  await sql`UPDATE persistentnotifications SET deleteat = ${now}::bigint FROM posts
    WHERE posts.id = persistentnotifications.postid AND posts.channelid = ${channelId}
      AND persistentnotifications.deleteat = 0`.execute(db)
}

/** What belongs to the posts of a channel and is found through them. */
const OF_POSTS = [
  'reactions',
  'postspriority',
  'postacknowledgements',
  'persistentnotifications',
  'postreminders',
  'threadmemberships',
] as const

const OF_CHANNEL = [
  'threads',
  'posts',
  'drafts',
  'scheduledposts',
  'channelbookmarks',
  'incomingwebhooks',
  'outgoingwebhooks',
  'groupchannels',
  'sidebarchannels',
  'channelmembers',
] as const

/**
 * Removes a channel with everything in it. Only who was a member and when is kept (channelmemberhistory), and the
 * contents of files, whose rows are marked as deleted. Returns the ids of those who were members.
 */
export async function eraseChannel(db: Queries, channelId: string, now: number): Promise<string[]> {
  const { rows } = await sql<{ userid: string }>`
    SELECT userid FROM channelmembers WHERE channelid = ${channelId}`.execute(db)
  await sql`DELETE FROM preferences WHERE category = 'flagged_post'
    AND name IN (SELECT id FROM posts WHERE channelid = ${channelId})`.execute(db)
  for (const table of OF_POSTS) {
    await sql`DELETE FROM ${sql.table(table)} WHERE postid IN (SELECT id FROM posts WHERE channelid = ${channelId})`.execute(
      db,
    )
  }
  await sql`UPDATE fileinfo SET deleteat = ${now}::bigint, updateat = ${now}::bigint
    WHERE channelid = ${channelId} AND deleteat = 0`.execute(db)
  for (const table of OF_CHANNEL) {
    await sql`DELETE FROM ${sql.table(table)} WHERE channelid = ${channelId}`.execute(db)
  }
  for (const table of ['post_search', 'file_search']) {
    await sql`DELETE FROM ${sql.table(`outpost.${table}`)} WHERE channel_id = ${channelId}`.execute(db)
  }
  await sql`UPDATE channelmemberhistory SET leavetime = ${now}::bigint
    WHERE channelid = ${channelId} AND leavetime IS NULL`.execute(db)
  await db.deleteFrom('publicchannels').where('id', '=', channelId).execute()
  await db.deleteFrom('channels').where('id', '=', channelId).execute()
  return rows.map((row) => row.userid)
}
