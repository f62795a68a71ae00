import { sql } from 'kysely'
import type { Queries } from '../../server/src/database/pool.ts'

/** Tables that change by mere presence or waiting: activity, audit, search index. */
const RESTLESS = new Set(['sessions', 'status', 'audits', 'db_lock', 'jobs'])

/** A digest of every row of every table, by table: two equal ones mean that nothing was written in between. */
export async function allRowsDigest(db: Queries): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`.execute(db)
  const digests: Record<string, string> = {}
  for (const { name } of rows) {
    if (RESTLESS.has(name)) continue
    const result = await sql<{ digest: string }>`
      SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') AS digest
      FROM ${sql.table(name)} t`.execute(db)
    digests[name] = result.rows[0]!.digest
  }
  return digests
}
