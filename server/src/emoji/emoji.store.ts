import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** A custom emoji as clients know it. */
export interface Emoji {
  readonly id: string
  readonly create_at: number
  readonly update_at: number
  readonly delete_at: number
  readonly creator_id: string
  readonly name: string
}

const wireForm = (db: Queries) =>
  db
    .selectFrom('emoji')
    .select((row) => [
      'id',
      row.fn.coalesce('createat', row.val(0)).as('create_at'),
      row.fn.coalesce('updateat', row.val(0)).as('update_at'),
      row.fn.coalesce('deleteat', row.val(0)).as('delete_at'),
      row.fn.coalesce('creatorid', row.val('')).as('creator_id'),
      row.fn.coalesce('name', row.val('')).as('name'),
    ])
    .where('deleteat', '=', 0)

/** A page of the live custom emoji, oldest first, or by name. */
export function findEmojis(
  db: Queries,
  page: { offset: number; perPage: number },
  sortByName: boolean,
): Promise<Emoji[]> {
  const query = wireForm(db).limit(page.perPage).offset(page.offset)
  return (sortByName ? query.orderBy('name') : query.orderBy('createat').orderBy('id')).execute()
}

/** A live custom emoji, or null. */
export async function findEmoji(db: Queries, id: string): Promise<Emoji | null> {
  return (await wireForm(db).where('id', '=', id).executeTakeFirst()) ?? null
}

/** The live custom emoji of that name, or null. */
export async function findEmojiByName(db: Queries, name: string): Promise<Emoji | null> {
  return (await wireForm(db).where('name', '=', name).executeTakeFirst()) ?? null
}

/** The live custom emoji among `names`. */
export async function findEmojisByNames(db: Queries, names: readonly string[]): Promise<Emoji[]> {
  if (names.length === 0) return []
  return wireForm(db).where('name', 'in', names).orderBy('name').execute()
}

/** Live custom emoji whose name holds (or begins with) `term`, in any case, by name. */
export function searchEmojis(db: Queries, term: string, prefixOnly: boolean, limit: number): Promise<Emoji[]> {
  const literal = term.replace(/[\\%_]/g, String.raw`\$&`)
  return wireForm(db)
    .where('name', 'ilike', prefixOnly ? `${literal}%` : `%${literal}%`)
    .orderBy('name')
    .limit(limit)
    .execute()
}

/** Stores a new emoji. Answers false when a live one has the name already. */
export async function insertEmoji(db: Queries, emoji: Emoji): Promise<boolean> {
  const row = await db
    .insertInto('emoji')
    .values({
      id: emoji.id,
      createat: emoji.create_at,
      updateat: emoji.update_at,
      deleteat: 0,
      creatorid: emoji.creator_id,
      name: emoji.name,
    })
    .onConflict((conflict) => conflict.columns(['name', 'deleteat']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Marks an emoji as deleted. Answers false when it was already. */
export async function markEmojiDeleted(db: Queries, id: string, now: number): Promise<boolean> {
  const row = await db
    .updateTable('emoji')
    .set({ deleteat: now, updateat: now })
    .where('id', '=', id)
    .where('deleteat', '=', 0)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Takes back every reaction with an emoji that is gone, and corrects the posts that have none left. */
export async function removeReactionsWith(db: Queries, name: string, now: number): Promise<void> {
  await sql`
    WITH removed AS (
      UPDATE reactions SET deleteat = ${now}, updateat = ${now}
      WHERE emojiname = ${name} AND coalesce(deleteat, 0) = 0
      RETURNING postid
    )
    UPDATE posts SET updateat = ${now}, hasreactions = EXISTS (
      SELECT 1 FROM reactions AS r
      WHERE r.postid = posts.id AND coalesce(r.deleteat, 0) = 0 AND r.emojiname <> ${name})
    WHERE id IN (SELECT postid FROM removed)`.execute(db)
}

/** Teams that a user is a member of: rights on emoji may come from any of them. */
export async function findTeamIds(db: Queries, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('teammembers')
    .select('teamid')
    .where('userid', '=', userId)
    .where('deleteat', '=', 0)
    .execute()
  return rows.map((row) => row.teamid)
}
