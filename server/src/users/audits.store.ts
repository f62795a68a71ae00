import type { Queries } from '../database/pool.ts'
import type { NewRow } from '../database/tables.ts'

/** An audit row as clients know it. */
export interface Audit {
  readonly id: string
  readonly create_at: number
  readonly user_id: string
  readonly action: string
  readonly extra_info: string
  readonly ip_address: string
  readonly session_id: string
}

/** Writes one audit row. Rejects for an id that is taken. */
export async function insertAudit(db: Queries, row: NewRow<'audits'>): Promise<void> {
  await db.insertInto('audits').values(row).execute()
}

/** What a user did, or everybody without a `userId`, newest first. */
export async function findAudits(
  db: Queries,
  page: { userId?: string; offset: number; limit: number },
): Promise<Audit[]> {
  let query = db.selectFrom('audits').selectAll('audits')
  if (page.userId !== undefined) query = query.where('audits.userid', '=', page.userId)
  const rows = await query
    .orderBy('audits.createat', 'desc')
    .orderBy('audits.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    create_at: row.createat ?? 0,
    user_id: row.userid ?? '',
    action: row.action ?? '',
    extra_info: row.extrainfo ?? '',
    ip_address: row.ipaddress ?? '',
    session_id: row.sessionid ?? '',
  }))
}
