import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import { statusName } from './status.ts'
import type { Presence } from './status.ts'

/** Nobody is connected to a server that starts: only choices made by hand outlive it. */
export async function resetStatuses(db: Queries): Promise<void> {
  await sql`UPDATE status SET status = 'offline' WHERE manual IS NOT TRUE AND status <> 'offline'`.execute(db)
}

/** Every presence that was chosen by hand. */
export async function findManualStatuses(db: Queries): Promise<Map<string, Presence>> {
  const rows = await db.selectFrom('status').selectAll('status').where('status.manual', '=', true).execute()
  return new Map(rows.map((row) => [row.userid, presenceOf(row)]))
}

/** The stored presence of those of `userIds` who have one. */
export async function findStatuses(db: Queries, userIds: readonly string[]): Promise<Map<string, Presence>> {
  const rows = await db
    .selectFrom('status')
    .selectAll('status')
    .where('status.userid', '=', sql<string>`ANY(${userIds})`)
    .execute()
  return new Map(rows.map((row) => [row.userid, presenceOf(row)]))
}

function presenceOf(row: {
  status: string | null
  manual: boolean | null
  lastactivityat: number | null
  dndendtime: number | null
  prevstatus: string | null
}): Presence {
  return {
    status: statusName(row.status),
    manual: row.manual ?? false,
    lastActivityAt: row.lastactivityat ?? 0,
    dndEndTime: row.dndendtime ?? 0,
    prevStatus: row.prevstatus ? statusName(row.prevstatus) : '',
    activeChannel: '',
  }
}

/** Writes the presence of many people in one statement, in the order of their ids (no deadlocks). */
export async function upsertStatuses(db: Queries, presences: readonly (readonly [string, Presence])[]): Promise<void> {
  const rows = presences
    .map(([userid, presence]) => ({
      userid,
      status: presence.status,
      manual: presence.manual,
      lastactivityat: presence.lastActivityAt,
      dndendtime: presence.dndEndTime,
      prevstatus: presence.prevStatus,
    }))
    .toSorted((a, b) => (a.userid < b.userid ? -1 : 1))
  await sql`
    INSERT INTO status (userid, status, manual, lastactivityat, dndendtime, prevstatus)
    SELECT userid, status, manual, lastactivityat, dndendtime, prevstatus
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS r(userid text, status text, manual boolean, lastactivityat bigint, dndendtime bigint, prevstatus text)
    ON CONFLICT (userid) DO UPDATE SET status = excluded.status, manual = excluded.manual,
      lastactivityat = excluded.lastactivityat, dndendtime = excluded.dndendtime, prevstatus = excluded.prevstatus`.execute(
    db,
  )
}
