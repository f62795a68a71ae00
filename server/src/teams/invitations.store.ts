import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

export type InvitationType = 'team_invitation' | 'guest_invitation'
const TYPES: InvitationType[] = ['team_invitation', 'guest_invitation']

export interface InvitationRow {
  readonly token: string
  readonly type: InvitationType
  readonly createAt: number
  /** JSON of strings (schema-notes.md §5) */
  readonly extra: string
}

/** Keeps new invitations; `rows` must not be empty. */
export async function insertInvitations(db: Queries, rows: readonly InvitationRow[]): Promise<void> {
  const values = rows.map(({ token, type, createAt, extra }) => ({ token, type, createat: createAt, extra }))
  await db.insertInto('tokens').values(values).execute()
}

/** A pending invitation, however old, or null: also for tokens that were made for something else. */
export async function findInvitation(db: Queries, token: string): Promise<InvitationRow | null> {
  const row = await db
    .selectFrom('tokens')
    .selectAll('tokens')
    .where('tokens.token', '=', token)
    .where('tokens.type', 'in', TYPES)
    .executeTakeFirst()
  if (!row) return null
  return {
    token: row.token,
    type: row.type as InvitationType,
    createAt: row.createat ?? 0,
    extra: row.extra ?? '{}',
  }
}

/** False: someone else was faster, or it had been used before. */
export async function deleteInvitation(db: Queries, token: string): Promise<boolean> {
  const result = await db.deleteFrom('tokens').where('token', '=', token).where('type', 'in', TYPES).executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** Ends every pending invitation of members and guests, and their reminders. */
export async function deleteAllInvitations(db: Queries): Promise<void> {
  await db.deleteFrom('tokens').where('type', 'in', TYPES).execute()
  await sql`DELETE FROM jobs WHERE type = 'resend_invitation_email'`.execute(db)
}
