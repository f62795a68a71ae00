import type { Queries } from '../../database/pool.ts'

/** A sign-in under way, as the server remembers it. */
export interface LoginToken {
  readonly token: string
  readonly createAt: number
  /** of the account that is to change its sign-in method, else '' */
  readonly email: string
  readonly action: string
  /** what the browser's cookie must hold */
  readonly secret: string
}

/** Remembers a sign-in that begins. */
export async function insertLoginToken(db: Queries, row: LoginToken): Promise<void> {
  // Other servers on this database read this form.
  const extra = `${row.email}:${row.action}:${row.secret}`
  await db.insertInto('tokens').values({ token: row.token, type: 'oauth', createat: row.createAt, extra }).execute()
}

/** A sign-in under way, or null; it stays. */
export async function findLoginToken(db: Queries, token: string): Promise<LoginToken | null> {
  const row = await db
    .selectFrom('tokens')
    .select(['tokens.createat', 'tokens.extra'])
    .where('tokens.token', '=', token)
    .where('tokens.type', '=', 'oauth')
    .executeTakeFirst()
  const parts = row?.extra?.split(':') ?? []
  if (!row || parts.length !== 3) return null
  const [email = '', action = '', secret = ''] = parts
  return { token, createAt: row.createat ?? 0, email, action, secret }
}

/** Uses a token up. False: somebody else has, in this moment. */
export async function takeLoginToken(db: Queries, token: string): Promise<boolean> {
  const row = await db
    .deleteFrom('tokens')
    .where('tokens.token', '=', token)
    .where('tokens.type', '=', 'oauth')
    .returning('tokens.token')
    .executeTakeFirst()
  return row !== undefined
}

/** Forgets sign-ins that were begun before `time` and never finished. */
export async function deleteOldLoginTokens(db: Queries, time: number): Promise<void> {
  await db.deleteFrom('tokens').where('tokens.type', '=', 'oauth').where('tokens.createat', '<', time).execute()
}
