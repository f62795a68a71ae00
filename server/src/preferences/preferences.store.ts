import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { Preference } from './preference.ts'

interface PreferenceRow {
  userid: string
  category: string
  name: string
  value: string | null
}

const preferenceOf = (row: PreferenceRow): Preference => ({
  user_id: row.userid,
  category: row.category,
  name: row.name,
  value: row.value ?? '',
})

/** All preferences of a user, or those of one category. */
export async function findPreferences(db: Queries, userId: string, category?: string): Promise<Preference[]> {
  let query = db.selectFrom('preferences').selectAll('preferences').where('preferences.userid', '=', userId)
  if (category !== undefined) query = query.where('preferences.category', '=', category)
  return (await query.execute()).map(preferenceOf)
}

/** One preference, or null when it is not set. */
export async function findPreference(
  db: Queries,
  userId: string,
  category: string,
  name: string,
): Promise<Preference | null> {
  const row = await db
    .selectFrom('preferences')
    .selectAll('preferences')
    .where('preferences.userid', '=', userId)
    .where('preferences.category', '=', category)
    .where('preferences.name', '=', name)
    .executeTakeFirst()
  return row ? preferenceOf(row) : null
}

/** Writes preferences of one user; no two of them may have the same key. */
export async function upsertPreferences(
  db: Queries,
  userId: string,
  preferences: readonly Preference[],
): Promise<void> {
  const sorted = preferences.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  await sql`
    INSERT INTO preferences (userid, category, name, value)
    SELECT ${userId}, p.category, p.name, p.value
    FROM unnest(${sorted.map((one) => one.category)}::text[], ${sorted.map((one) => one.name)}::text[],
                ${sorted.map((one) => one.value)}::text[]) AS p(category, name, value)
    ON CONFLICT (userid, category, name) DO UPDATE SET value = excluded.value`.execute(db)
}

/** Removes preferences of one user by their keys; their values do not matter. */
export async function deletePreferences(
  db: Queries,
  userId: string,
  preferences: readonly Preference[],
): Promise<void> {
  await sql`
    DELETE FROM preferences AS p
    USING unnest(${preferences.map((one) => one.category)}::text[], ${preferences.map((one) => one.name)}::text[])
      AS gone(category, name)
    WHERE p.userid = ${userId} AND p.category = gone.category AND p.name = gone.name`.execute(db)
}

/** What makes a preference one and the same within a user. */
export const keyOf = (preference: Pick<Preference, 'category' | 'name'>): string =>
  `${preference.category}\n${preference.name}`

/** Channels of live posts: post id → channel id. */
export async function findPostChannels(db: Queries, postIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('posts')
    .select(['posts.id', 'posts.channelid'])
    .where('posts.id', '=', sql<string>`ANY(${postIds})`)
    .where('posts.deleteat', '=', 0)
    .execute()
  return new Map(rows.map((row) => [row.id, row.channelid ?? '']))
}
