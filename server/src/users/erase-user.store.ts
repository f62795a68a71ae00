import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** Tables whose rows belong to a user and go with him, by the column that names him. */
const OWN: readonly (readonly [table: string, column: string])[] = [
  ['sessions', 'userid'],
  ['useraccesstokens', 'userid'],
  ['oauthaccessdata', 'userid'],
  ['oauthauthdata', 'userid'],
  ['desktoptokens', 'userid'],
  ['incomingwebhooks', 'userid'],
  ['outgoingwebhooks', 'creatorid'],
  ['commands', 'creatorid'],
  ['preferences', 'userid'],
  ['drafts', 'userid'],
  ['scheduledposts', 'userid'],
  ['postreminders', 'userid'],
  ['uploadsessions', 'userid'],
  ['threadmemberships', 'userid'],
  ['sidebarchannels', 'userid'],
  ['sidebarcategories', 'userid'],
  ['channelmembers', 'userid'],
  ['channelmemberhistory', 'userid'],
  ['teammembers', 'userid'],
  ['groupmembers', 'userid'],
  ['usertermsofservice', 'userid'],
  ['productnoticeviewstate', 'userid'],
  ['status', 'userid'],
  ['bots', 'userid'],
  ['reactions', 'userid'],
  ['postacknowledgements', 'userid'],
  ['audits', 'userid'],
]

/** What else hangs on the posts that go: those of the user, and the replies below them. */
const OF_POSTS = ['reactions', 'postspriority', 'postacknowledgements', 'persistentnotifications', 'postreminders']

/** Removes an account and all that is only its own. Answers the stored files that nothing points to any more. */
export async function eraseUserRows(db: Queries, userId: string): Promise<string[]> {
  await sql`CREATE TEMPORARY TABLE erased ON COMMIT DROP AS
    SELECT id FROM posts WHERE userid = ${userId}
    UNION SELECT id FROM posts WHERE rootid IN (SELECT id FROM posts WHERE userid = ${userId})`.execute(db)
  const files = await sql<{ path: string; previewpath: string; thumbnailpath: string }>`
    DELETE FROM fileinfo WHERE creatorid = ${userId} OR postid IN (SELECT id FROM erased)
    RETURNING coalesce(path, '') AS path, coalesce(previewpath, '') AS previewpath,
      coalesce(thumbnailpath, '') AS thumbnailpath`.execute(db)
  for (const table of OF_POSTS) {
    await sql`DELETE FROM ${sql.table(table)} WHERE postid IN (SELECT id FROM erased)`.execute(db)
  }
  await sql`DELETE FROM threadmemberships WHERE postid IN (SELECT id FROM erased)`.execute(db)
  await sql`DELETE FROM threads WHERE postid IN (SELECT id FROM erased)`.execute(db)
  await sql`DELETE FROM preferences WHERE category = 'flagged_post' AND name IN (SELECT id FROM erased)`.execute(db)
  await sql`DELETE FROM posts WHERE id IN (SELECT id FROM erased)`.execute(db)
  for (const [table, column] of OWN) {
    await sql`DELETE FROM ${sql.table(table)} WHERE ${sql.ref(column)} = ${userId}`.execute(db)
  }
  await sql`DELETE FROM users WHERE id = ${userId}`.execute(db)
  await sql`DROP TABLE erased`.execute(db)
  return files.rows.flatMap((row) => [row.path, row.previewpath, row.thumbnailpath]).filter(Boolean)
}

/** Ids of all accounts. */
export async function findAllUserIds(db: Queries): Promise<string[]> {
  const rows = await db.selectFrom('users').select('users.id').execute()
  return rows.map((row) => row.id)
}
