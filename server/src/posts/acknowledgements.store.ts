import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { AcknowledgementRow } from './post-metadata.store.ts'

/** A user's acknowledgement of a post; null when there is none or it was withdrawn. */
export async function findAcknowledgement(
  db: Queries,
  postId: string,
  userId: string,
): Promise<AcknowledgementRow | null> {
  const row = await db
    .selectFrom('postacknowledgements')
    .selectAll('postacknowledgements')
    .where('postacknowledgements.postid', '=', postId)
    .where('postacknowledgements.userid', '=', userId)
    .where('postacknowledgements.acknowledgedat', '>', 0)
    .executeTakeFirst()
  if (!row) return null
  return {
    user_id: row.userid,
    post_id: row.postid,
    acknowledged_at: row.acknowledgedat ?? 0,
    channel_id: row.channelid ?? '',
    remote_id: row.remoteid ?? '',
  }
}

/** Stores an acknowledgement; false when there is one already. */
export async function insertAcknowledgement(db: Queries, row: AcknowledgementRow): Promise<boolean> {
  const { numAffectedRows } = await sql`
    INSERT INTO postacknowledgements AS a (postid, userid, acknowledgedat, remoteid, channelid)
    VALUES (${row.post_id}, ${row.user_id}, ${row.acknowledged_at}, '', ${row.channel_id})
    ON CONFLICT (postid, userid) DO UPDATE SET acknowledgedat = excluded.acknowledgedat, channelid = excluded.channelid
    WHERE coalesce(a.acknowledgedat, 0) = 0`.execute(db)
  return (numAffectedRows ?? 0n) > 0n
}

/** Withdraws an acknowledgement; the row stays with time 0. */
export async function withdraw(db: Queries, postId: string, userId: string): Promise<void> {
  await db
    .updateTable('postacknowledgements')
    .set({ acknowledgedat: 0 })
    .where('postacknowledgements.postid', '=', postId)
    .where('postacknowledgements.userid', '=', userId)
    .execute()
}
