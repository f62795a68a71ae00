import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Every value of the `systems` table by name; it has a few hundred. */
export async function findSystemValues(db: Queries): Promise<Map<string, string>> {
  const rows = await db.selectFrom('systems').selectAll('systems').execute()
  return new Map(rows.map((row) => [row.name, row.value ?? '']))
}

/** Whether anybody has an account; bots do not count. */
export async function anyAccount(db: Queries): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .leftJoin('bots', 'bots.userid', 'users.id')
    .select('users.id')
    .where('bots.userid', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** The number that clients are shown as SchemaVersion. */
export async function schemaVersion(db: Queries): Promise<number> {
  const result = await sql<{ version: number }>`SELECT max(version) AS version FROM db_migrations`.execute(db)
  return Number(result.rows[0]?.version ?? 0)
}

/** Longest message in characters: a quarter of the declared width of posts.message, at least 16383. */
export async function maxPostSize(db: Queries): Promise<number> {
  const result = await sql<{ width: number | null }>`
    SELECT character_maximum_length AS width FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = 'posts' AND column_name = 'message'`.execute(db)
  return Math.max(16_383, Math.floor((result.rows[0]?.width ?? 0) / 4))
}

/** The id of the terms of service that were published last, '' when there are none. */
export async function newestTermsId(db: Queries): Promise<string> {
  const row = await db
    .selectFrom('termsofservice')
    .select('termsofservice.id')
    .orderBy('termsofservice.createat', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.id ?? ''
}
