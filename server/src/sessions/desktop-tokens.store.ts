import type { Queries } from '../database/pool.ts'

/** Keeps a token with which the desktop app signs in as `userId`; `now` (ms) is when its short life begins. */
export async function insertDesktopToken(db: Queries, token: string, userId: string, now: number): Promise<void> {
  await db.insertInto('desktoptokens').values({ token, userid: userId, createat: now }).execute()
}

/** Uses up a token made after `since`: returns whose it is and forgets all of that user's. '' for an unknown one. */
export async function takeDesktopToken(db: Queries, token: string, since: number): Promise<string> {
  const row = await db
    .deleteFrom('desktoptokens')
    .where('desktoptokens.token', '=', token)
    .where('desktoptokens.createat', '>', since)
    .returning('desktoptokens.userid')
    .executeTakeFirst()
  if (!row) return ''
  await db.deleteFrom('desktoptokens').where('desktoptokens.userid', '=', row.userid).execute()
  return row.userid
}
