import { sql } from 'kysely'
import type { SelectQueryBuilder } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { DB, NewRow, Row, RowChanges } from '../database/tables.ts'
import type { User } from './user.ts'

/** A row of `users` with what is known of its bot. */
type UserRow = Omit<Row<'users'>, 'password' | 'mfasecret' | 'mfausedtimestamps' | 'lastlogin'> & {
  botid: string | null
  botdescription: string | null
  boticonat: number | null
}

const COLUMNS = [
  ...(['users.id', 'users.createat', 'users.updateat', 'users.deleteat', 'users.username', 'users.authdata'] as const),
  ...(['users.authservice', 'users.email', 'users.emailverified', 'users.nickname', 'users.firstname'] as const),
  ...(['users.lastname', 'users.roles', 'users.allowmarketing', 'users.props', 'users.notifyprops'] as const),
  ...(['users.lastpasswordupdate', 'users.lastpictureupdate', 'users.failedattempts', 'users.locale'] as const),
  ...(['users.mfaactive', 'users.position', 'users.timezone', 'users.remoteid'] as const),
  ...(['bots.userid as botid', 'bots.description as botdescription', 'bots.lasticonupdate as boticonat'] as const),
] as const

export type UserQuery = SelectQueryBuilder<DB & { bots: DB['bots'] | null }, 'users' | 'bots', UserRow>

/** Users without their secrets; every list and look-up starts from this. */
export function selectUsers(db: Queries): UserQuery {
  return db.selectFrom('users').leftJoin('bots', 'bots.userid', 'users.id').select(COLUMNS) as unknown as UserQuery
}

/** A row as a user; rows of older servers hold NULLs. */
export function userOf(row: UserRow): User {
  return {
    id: row.id,
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    username: row.username ?? '',
    auth_data: row.authdata,
    auth_service: row.authservice ?? '',
    email: row.email ?? '',
    email_verified: row.emailverified ?? false,
    nickname: row.nickname ?? '',
    first_name: row.firstname ?? '',
    last_name: row.lastname ?? '',
    position: row.position ?? '',
    roles: row.roles ?? '',
    allow_marketing: row.allowmarketing ?? false,
    props: (row.props ?? {}) as Record<string, string>,
    notify_props: (row.notifyprops ?? {}) as Record<string, string>,
    last_password_update: row.lastpasswordupdate ?? 0,
    last_picture_update: row.lastpictureupdate ?? 0,
    failed_attempts: row.failedattempts ?? 0,
    locale: row.locale ?? '',
    timezone: (row.timezone ?? {}) as Record<string, string>,
    mfa_active: row.mfaactive ?? false,
    remote_id: row.remoteid,
    is_bot: row.botid !== null,
    bot_description: row.botdescription ?? '',
    bot_last_icon_update: row.boticonat ?? 0,
  }
}

async function findOne(query: UserQuery): Promise<User | null> {
  const row = await query.executeTakeFirst()
  return row ? userOf(row) : null
}

/** A user, deactivated or not, or null. */
export function findUser(db: Queries, id: string): Promise<User | null> {
  return findOne(selectUsers(db).where('users.id', '=', id))
}

/** Like `findUser`, and nobody else may change the row until the transaction ends. */
export function lockUser(db: Queries, id: string): Promise<User | null> {
  return findOne(selectUsers(db).where('users.id', '=', id).forUpdate('users'))
}

/** By username, which is kept in lower case. */
export function findUserByUsername(db: Queries, username: string): Promise<User | null> {
  return findOne(selectUsers(db).where('users.username', '=', username.toLowerCase()))
}

/** By address, which is kept in lower case. */
export function findUserByEmail(db: Queries, email: string): Promise<User | null> {
  return findOne(selectUsers(db).where('users.email', '=', email.toLowerCase()))
}

/** By the id at a sign-in provider. */
export function findUserByAuthData(db: Queries, service: string, data: string): Promise<User | null> {
  return findOne(selectUsers(db).where('users.authservice', '=', service).where('users.authdata', '=', data))
}

/** Any number that no other lock of this server uses. */
const FIRST_ACCOUNT = 7_306_141

/** Waits until nobody else is making what may be the first account, and holds the others off until the transaction ends. */
export async function lockFirstAccount(db: Queries): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${FIRST_ACCOUNT})`.execute(db)
}

/** Writes a new account. Rejects with 23505 for a name, address or provider id that is taken (see `asUserConflict`). */
export async function insertUser(db: Queries, row: NewRow<'users'>): Promise<void> {
  await db.insertInto('users').values(row).execute()
}

/** Sets columns of an account and nothing else: the caller moves `updateat`. Rejects with 23505 as `insertUser` does. */
export async function updateUserRow(db: Queries, id: string, changes: RowChanges<'users'>): Promise<void> {
  await db.updateTable('users').set(changes).where('users.id', '=', id).execute()
}

/** Whether a live group that people can mention has this name: users and groups share one space of names. */
export async function groupHasName(db: Queries, name: string): Promise<boolean> {
  const row = await db
    .selectFrom('usergroups')
    .select('usergroups.id')
    .where('usergroups.name', '=', name)
    .where('usergroups.deleteat', '=', 0)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Who owns a bot: a user's id or a plugin's; null when the user is no bot. */
export async function findBotOwner(db: Queries, botId: string): Promise<string | null> {
  const row = await db.selectFrom('bots').select('bots.ownerid').where('bots.userid', '=', botId).executeTakeFirst()
  return row ? (row.ownerid ?? '') : null
}

/** The row that starts the client's guided tour; each new user has one. */
export async function insertTutorialStep(db: Queries, userId: string): Promise<void> {
  const row = { userid: userId, category: 'tutorial_step', name: userId, value: '0' }
  await db.insertInto('preferences').values(row).execute()
}

/** The password hash, '' without one. For checks only: it must never leave the server. */
export async function findPasswordHash(db: Queries, userId: string): Promise<string> {
  const row = await db.selectFrom('users').select('users.password').where('users.id', '=', userId).executeTakeFirst()
  return row?.password ?? ''
}

/** Those of the names that are live roles. */
export async function findRoleNames(db: Queries, names: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('roles')
    .select('roles.name')
    .where('roles.name', 'in', names)
    .where('roles.deleteat', '=', 0)
    .execute()
  return rows.map((row) => row.name ?? '')
}

/** Live bots of an owner. */
export async function findBotsOf(db: Queries, ownerId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('bots')
    .select('bots.userid')
    .where('bots.ownerid', '=', ownerId)
    .where('bots.deleteat', '=', 0)
    .execute()
  return rows.map((row) => row.userid)
}

/** Marks bots' own rows as disabled (`at` > 0) or live (0); their accounts are changed apart. */
export async function updateBotsDeleteAt(db: Queries, ids: readonly string[], at: number, now: number): Promise<void> {
  if (ids.length === 0) return
  await db.updateTable('bots').set({ deleteat: at, updateat: now }).where('bots.userid', 'in', ids).execute()
}

/** Where a live group comes from (`custom`, `ldap` …), or null. */
export async function findGroupSource(db: Queries, groupId: string): Promise<string | null> {
  const row = await db
    .selectFrom('usergroups')
    .select('usergroups.source')
    .where('usergroups.id', '=', groupId)
    .where('usergroups.deleteat', '=', 0)
    .executeTakeFirst()
  return row ? (row.source ?? '') : null
}

/** Uses an invitation up. False: it was used in the meantime. */
export async function takeInvitation(db: Queries, token: string): Promise<boolean> {
  const result = await db
    .deleteFrom('tokens')
    .where('tokens.token', '=', token)
    .where('tokens.type', 'in', ['team_invitation', 'guest_invitation'])
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}
