import type { Queries } from '../database/pool.ts'

/** Whether someone's automatic reply has been posted in a channel since a time (ms). */
export async function hasAutomaticReply(
  db: Queries,
  reply: { channelId: string; userId: string; exceptId: string },
  since: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('posts')
    .select('posts.id')
    .where('posts.channelid', '=', reply.channelId)
    .where('posts.deleteat', '=', 0)
    .where('posts.createat', '>=', since)
    .where('posts.userid', '=', reply.userId)
    .where('posts.type', '=', 'system_auto_responder')
    .where('posts.id', '!=', reply.exceptId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
