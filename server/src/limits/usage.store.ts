import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Posts of people in all channels, from the channels' own counters. */
export async function countPosts(db: Queries): Promise<number> {
  const result = await sql<{ posts: string }>`
    SELECT coalesce(sum(c.totalmsgcount), 0) AS posts FROM channels AS c`.execute(db)
  return Number(result.rows[0]?.posts ?? 0)
}

/** Bytes of all live files. */
export async function sumFileSizes(db: Queries): Promise<number> {
  const result = await sql<{ bytes: string }>`
    SELECT coalesce(sum(f.size), 0) AS bytes FROM fileinfo AS f WHERE f.deleteat = 0`.execute(db)
  return Number(result.rows[0]?.bytes ?? 0)
}

/** Teams that are not archived. */
export async function countTeams(db: Queries): Promise<number> {
  const row = await db
    .selectFrom('teams')
    .select((is) => is.fn.countAll<number>().as('total'))
    .where('teams.deleteat', '=', 0)
    .executeTakeFirstOrThrow()
  return Number(row.total)
}
