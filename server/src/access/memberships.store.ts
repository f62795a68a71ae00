import type { Queries } from '../database/pool.ts'

/** Ids of all channels and teams that a user is a member of now. */
export async function findMemberships(
  db: Queries,
  userId: string,
): Promise<{ channelIds: string[]; teamIds: string[] }> {
  const channels = await db
    .selectFrom('channelmembers')
    .select('channelmembers.channelid')
    .where('channelmembers.userid', '=', userId)
    .execute()
  const teams = await db
    .selectFrom('teammembers')
    .select('teammembers.teamid')
    .where('teammembers.userid', '=', userId)
    .where('teammembers.deleteat', '=', 0)
    .execute()
  return { channelIds: channels.map((row) => row.channelid), teamIds: teams.map((row) => row.teamid) }
}

/** Those of `otherIds` that share a channel with a user. */
export async function findSharing(db: Queries, userId: string, otherIds: readonly string[]): Promise<string[]> {
  if (otherIds.length === 0) return []
  const rows = await db
    .selectFrom('channelmembers as mine')
    .innerJoin('channelmembers as theirs', 'theirs.channelid', 'mine.channelid')
    .select('theirs.userid')
    .distinct()
    .where('mine.userid', '=', userId)
    .where('theirs.userid', 'in', [...otherIds])
    .execute()
  return rows.map((row) => row.userid)
}

/** Whether two users share a live team (`inTeam`) or a channel: what a restricted viewer may see of others. */
export async function shareChannel(db: Queries, userId: string, otherId: string): Promise<boolean> {
  const row = await db
    .selectFrom('channelmembers as mine')
    .innerJoin('channelmembers as theirs', 'theirs.channelid', 'mine.channelid')
    .select('mine.channelid')
    .where('mine.userid', '=', userId)
    .where('theirs.userid', '=', otherId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
