import type { Queries } from '../database/pool.ts'

/** One-time tokens that are mailed to the owner of an address. */
export type MailTokenType = 'password_recovery' | 'verify_email'

export interface MailToken {
  readonly createAt: number
  readonly userId: string
  /** the address that the token was sent to */
  readonly email: string
}

/** Stores a token; earlier ones of the same type and user end, so that only the last mail works. */
export async function replaceMailToken(
  db: Queries,
  type: MailTokenType,
  token: string,
  { createAt, userId, email }: MailToken,
): Promise<void> {
  await deleteMailTokens(db, type, userId)
  // Other servers read these names.
  const extra = JSON.stringify({ UserId: userId, Email: email })
  await db.insertInto('tokens').values({ token, type, createat: createAt, extra }).execute()
}

/** Ends all tokens of a type that were sent to a user. */
export async function deleteMailTokens(db: Queries, type: MailTokenType, userId: string): Promise<void> {
  await db
    .deleteFrom('tokens')
    .where('tokens.type', '=', type)
    .where('tokens.extra', 'like', `%"UserId":"${userId}"%`)
    .execute()
}

/** Uses up a token: returns what it stands for, and nobody can use it again. null for an unknown one. */
export async function takeMailToken(db: Queries, type: MailTokenType, token: string): Promise<MailToken | null> {
  const row = await db
    .deleteFrom('tokens')
    .where('tokens.token', '=', token)
    .where('tokens.type', '=', type)
    .returning(['tokens.createat', 'tokens.extra'])
    .executeTakeFirst()
  if (!row) return null
  const extra = readExtra(row.extra)
  return extra && { createAt: row.createat ?? 0, ...extra }
}

function readExtra(text: string | null): { userId: string; email: string } | null {
  try {
    const { UserId, Email } = JSON.parse(text ?? '') as Record<string, unknown>
    return typeof UserId === 'string' && typeof Email === 'string' ? { userId: UserId, email: Email } : null
  } catch {
    return null
  }
}
