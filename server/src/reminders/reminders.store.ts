import type { Queries } from '../database/pool.ts'

export interface Reminder {
  readonly userId: string
  readonly postId: string
  /** seconds since the epoch, unlike all other times */
  readonly targetTime: number
}

/** Stores a reminder; a user has one at most for a post. */
export async function saveReminder(db: Queries, { userId, postId, targetTime }: Reminder): Promise<void> {
  await db
    .insertInto('postreminders')
    .values({ userid: userId, postid: postId, targettime: targetTime })
    .onConflict((conflict) => conflict.columns(['postid', 'userid']).doUpdateSet({ targettime: targetTime }))
    .execute()
}

/** Reminders whose time has come (seconds), the longest due first. */
export async function findDue(db: Queries, now: number, limit: number): Promise<Reminder[]> {
  const rows = await db
    .selectFrom('postreminders')
    .selectAll('postreminders')
    .where('postreminders.targettime', '<=', now)
    .orderBy('postreminders.targettime')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ userId: row.userid, postId: row.postid, targetTime: row.targettime ?? 0 }))
}

/** Takes a reminder away; false when it is gone already or was set anew. */
export async function takeReminder(db: Queries, reminder: Reminder): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('postreminders')
    .where('postreminders.postid', '=', reminder.postId)
    .where('postreminders.userid', '=', reminder.userId)
    .where('postreminders.targettime', '=', reminder.targetTime)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
