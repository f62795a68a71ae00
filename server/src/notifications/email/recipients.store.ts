import type { Queries } from '../../database/pool.ts'
import type { Recipient } from './mail.ts'

const people = (db: Queries) =>
  db
    .selectFrom('users')
    .select(['users.email', 'users.username', 'users.locale'])
    .where('users.deleteat', '=', 0)
    .where((is) =>
      is.not(is.exists(is.selectFrom('bots').select('bots.userid').whereRef('bots.userid', '=', 'users.id'))),
    )

type Row = { email: string | null; username: string | null; locale: string | null }

const recipientOf = (row: Row | undefined): Recipient | null =>
  row ? { email: row.email ?? '', username: row.username ?? '', locale: row.locale ?? '' } : null

/** Who owns an account; null for one that is closed, a bot's, or gone. */
export async function findRecipient(db: Queries, userId: string): Promise<Recipient | null> {
  return recipientOf(await people(db).where('users.id', '=', userId).executeTakeFirst())
}

/** Who owns the account with this address, in lower case; null as above. */
export async function findRecipientByEmail(db: Queries, email: string): Promise<Recipient | null> {
  return recipientOf(await people(db).where('users.email', '=', email).executeTakeFirst())
}

/** How a team is called; null for one that is archived or gone. */
export async function findTeamNames(
  db: Queries,
  teamId: string,
): Promise<{ name: string; displayName: string } | null> {
  const row = await db
    .selectFrom('teams')
    .select(['teams.name', 'teams.displayname'])
    .where('teams.id', '=', teamId)
    .where('teams.deleteat', '=', 0)
    .executeTakeFirst()
  return row ? { name: row.name ?? '', displayName: row.displayname ?? '' } : null
}
