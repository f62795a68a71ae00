import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** A post whose notification is repeated; times in ms. */
export interface Repetition {
  readonly postId: string
  readonly sentCount: number
}

/** Whether a post's notification is being repeated. */
export async function isRepeating(db: Queries, postId: string): Promise<boolean> {
  const row = await db
    .selectFrom('persistentnotifications as n')
    .select('n.postid')
    .where('n.postid', '=', postId)
    .where('n.deleteat', '=', 0)
    .executeTakeFirst()
  return row !== undefined
}

/** Posts whose notification was sent last (or that were made) at `before` at the latest, oldest first. */
export async function findDueRepetitions(
  db: Queries,
  before: number,
  last: Repetition | null,
  limit: number,
): Promise<Repetition[]> {
  const rows = await db
    .selectFrom('persistentnotifications as n')
    .select(['n.postid', 'n.sentcount'])
    .where('n.deleteat', '=', 0)
    .where('n.createat', '<=', before)
    .where(sql<number>`coalesce(n.lastsentat, 0)`, '<=', before)
    .where('n.postid', '>', last?.postId ?? '')
    .orderBy('n.postid')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ postId: row.postid, sentCount: row.sentcount ?? 0 }))
}

/** Notes one more sending, the last when `ends`; false when another process was faster or it has been stopped. */
export async function countSent(db: Queries, sent: Repetition, at: number, ends: boolean): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('persistentnotifications')
    .set({ sentcount: sent.sentCount + 1, lastsentat: at, ...(ends && { deleteat: at }) })
    .where('persistentnotifications.postid', '=', sent.postId)
    .where('persistentnotifications.deleteat', '=', 0)
    .where(sql<number>`coalesce(persistentnotifications.sentcount, 0)`, '=', sent.sentCount)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Stops the repetition for posts. */
export async function endRepeating(db: Queries, postIds: readonly string[], at: number): Promise<void> {
  await db
    .updateTable('persistentnotifications')
    .set({ deleteat: at })
    .where('persistentnotifications.postid', 'in', [...postIds])
    .where('persistentnotifications.deleteat', '=', 0)
    .execute()
}
