import type { Queries } from '../database/pool.ts'

/** A personal access token without its secret, as clients know it. */
export interface AccessToken {
  readonly id: string
  readonly user_id: string
  readonly description: string
  readonly is_active: boolean
}

const COLUMNS = [
  'useraccesstokens.id',
  'useraccesstokens.userid',
  'useraccesstokens.description',
  'useraccesstokens.isactive',
] as const

interface Row {
  id: string
  userid: string | null
  description: string | null
  isactive: boolean | null
}

const fromRow = (row: Row): AccessToken => ({
  id: row.id,
  user_id: row.userid ?? '',
  description: row.description ?? '',
  is_active: row.isactive ?? false,
})

/** Writes a new token with its secret. Rejects for an id or a secret that is taken. */
export async function insertAccessToken(db: Queries, row: AccessToken & { token: string }): Promise<void> {
  await db
    .insertInto('useraccesstokens')
    .values({
      id: row.id,
      token: row.token,
      userid: row.user_id,
      description: row.description,
      isactive: row.is_active,
    })
    .execute()
}

/** A token by its id, which is not its secret; null when there is none. */
export async function findAccessToken(db: Queries, id: string): Promise<AccessToken | null> {
  const row = await db
    .selectFrom('useraccesstokens')
    .select(COLUMNS)
    .where('useraccesstokens.id', '=', id)
    .executeTakeFirst()
  return row ? fromRow(row) : null
}

/** A page of the tokens of `userId`, or of everybody. */
export async function findAccessTokens(
  db: Queries,
  page: { userId?: string; offset: number; limit: number },
): Promise<AccessToken[]> {
  let query = db.selectFrom('useraccesstokens').select(COLUMNS)
  if (page.userId) query = query.where('useraccesstokens.userid', '=', page.userId)
  const rows = await query.orderBy('useraccesstokens.id').offset(page.offset).limit(page.limit).execute()
  return rows.map(fromRow)
}

/** At most 100 tokens whose id, owner's id or owner's username begins with `term`. */
export async function searchAccessTokens(db: Queries, term: string): Promise<AccessToken[]> {
  const pattern = `${term.replace(/[\\%_]/g, '\\$&')}%`
  const rows = await db
    .selectFrom('useraccesstokens')
    .innerJoin('users', 'users.id', 'useraccesstokens.userid')
    .select(COLUMNS)
    .where((is) =>
      is.or([
        is('useraccesstokens.id', 'like', pattern),
        is('useraccesstokens.userid', 'like', pattern),
        is('users.username', 'like', pattern.toLowerCase()),
      ]),
    )
    .orderBy('useraccesstokens.id')
    .limit(100)
    .execute()
  return rows.map(fromRow)
}

/** Switches a token on or off. Returns its secret, for ending its sessions; '' when there is no such token. */
export async function updateAccessTokenActive(db: Queries, id: string, active: boolean): Promise<string> {
  const row = await db
    .updateTable('useraccesstokens')
    .set({ isactive: active })
    .where('useraccesstokens.id', '=', id)
    .returning('useraccesstokens.token')
    .executeTakeFirst()
  return row?.token ?? ''
}

/** Removes a token. Returns its secret, for ending its sessions; '' when there is no such token. */
export async function deleteAccessToken(db: Queries, id: string): Promise<string> {
  const row = await db
    .deleteFrom('useraccesstokens')
    .where('useraccesstokens.id', '=', id)
    .returning('useraccesstokens.token')
    .executeTakeFirst()
  return row?.token ?? ''
}
