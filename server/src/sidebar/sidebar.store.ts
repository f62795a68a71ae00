import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { Category, CategorySorting, CategoryType } from './category.ts'
import { builtInId, ORDER_STEP, SORTINGS } from './category.ts'

/** Where a channel of a user stands in the sidebar of one team; '' = assigned to no category. */
export interface Placement {
  readonly channelId: string
  readonly type: string
  readonly categoryId: string
}

/** The categories of one sidebar in their order. `lock`: nobody else may change them until the transaction ends. */
export async function findCategories(db: Queries, userId: string, teamId: string, lock = false): Promise<Category[]> {
  let query = db
    .selectFrom('sidebarcategories')
    .selectAll('sidebarcategories')
    .where('sidebarcategories.userid', '=', userId)
    .where('sidebarcategories.teamid', '=', teamId)
    .orderBy('sidebarcategories.sortorder')
    .orderBy('sidebarcategories.id')
  if (lock) query = query.forUpdate()
  return (await query.execute()).map((row) => ({
    id: row.id,
    user_id: row.userid ?? '',
    team_id: row.teamid ?? '',
    sort_order: row.sortorder ?? 0,
    sorting: (SORTINGS.includes(row.sorting ?? '') ? row.sorting : '') as CategorySorting,
    type: (row.type ?? 'custom') as CategoryType,
    display_name: row.displayname ?? '',
    muted: row.muted ?? false,
    collapsed: row.collapsed ?? false,
  }))
}

/**
 * Every channel that may stand in the sidebar of a team: the user's channels of that team and his direct and group
 * ones, assigned ones first and in their order, the others by name. Archived channels only where they are assigned.
 */
export async function findPlacements(db: Queries, userId: string, teamId: string): Promise<Placement[]> {
  const { rows } = await sql<{ id: string; type: string | null; categoryid: string | null }>`
    SELECT c.id, c.type, s.categoryid
    FROM channelmembers AS m
    JOIN channels AS c ON c.id = m.channelid
    LEFT JOIN (sidebarchannels AS s
               JOIN sidebarcategories AS k ON k.id = s.categoryid AND k.userid = ${userId} AND k.teamid = ${teamId})
      ON s.channelid = c.id AND s.userid = ${userId}
    WHERE m.userid = ${userId} AND c.teamid IN (${teamId}, '')
      AND (coalesce(c.deleteat, 0) = 0 OR s.categoryid IS NOT NULL)
    ORDER BY s.sortorder NULLS LAST, lower(c.displayname), c.id`.execute(db)
  return rows.map((row) => ({ channelId: row.id, type: row.type ?? 'O', categoryId: row.categoryid ?? '' }))
}

/** Writes the three categories that every sidebar has, and fills the favourites from the preferences. */
export async function insertBuiltInCategories(db: Queries, userId: string, teamId: string): Promise<void> {
  const favorites = builtInId('favorites', userId, teamId)
  const row = (type: 'favorites' | 'channels' | 'direct_messages', displayname: string, sortorder: number) => ({
    id: builtInId(type, userId, teamId),
    userid: userId,
    teamid: teamId,
    sortorder,
    sorting: type === 'direct_messages' ? 'recent' : '',
    type,
    displayname,
    muted: false,
    collapsed: false,
  })
  await db
    .insertInto('sidebarcategories')
    .values([
      row('favorites', 'Favorites', 0),
      row('channels', 'Channels', ORDER_STEP),
      row('direct_messages', 'Direct Messages', 2 * ORDER_STEP),
    ])
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  await sql`
    INSERT INTO sidebarchannels (channelid, userid, categoryid, sortorder)
    SELECT c.id, ${userId}, ${favorites}, ${ORDER_STEP}::int * (row_number() OVER (ORDER BY lower(c.displayname), c.id) - 1)
    FROM preferences AS p
    JOIN channelmembers AS m ON m.channelid = p.name AND m.userid = p.userid
    JOIN channels AS c ON c.id = m.channelid
    WHERE p.userid = ${userId} AND p.category = 'favorite_channel' AND p.value = 'true' AND c.teamid IN (${teamId}, '')
    ON CONFLICT DO NOTHING`.execute(db)
}

/** Writes a new category, without channels. */
export async function insertCategory(db: Queries, category: Category): Promise<void> {
  await db
    .insertInto('sidebarcategories')
    .values({
      id: category.id,
      userid: category.user_id,
      teamid: category.team_id,
      sortorder: category.sort_order,
      sorting: category.sorting,
      type: category.type,
      displayname: category.display_name,
      muted: category.muted,
      collapsed: category.collapsed,
    })
    .execute()
}

/** Writes what people can change of their categories. */
export async function updateCategoryRows(db: Queries, categories: readonly Category[]): Promise<void> {
  await sql`
    UPDATE sidebarcategories AS k SET displayname = u.displayname, sorting = u.sorting, muted = u.muted,
      collapsed = u.collapsed
    FROM unnest(${categories.map((one) => one.id)}::text[], ${categories.map((one) => one.display_name)}::text[],
                ${categories.map((one) => one.sorting)}::text[], ${categories.map((one) => one.muted)}::boolean[],
                ${categories.map((one) => one.collapsed)}::boolean[])
      AS u(id, displayname, sorting, muted, collapsed)
    WHERE k.id = u.id`.execute(db)
}

/** Puts a sidebar's categories in the order of `ids`. */
export async function updateCategoryOrder(db: Queries, ids: readonly string[]): Promise<void> {
  await sql`
    UPDATE sidebarcategories AS k SET sortorder = ${ORDER_STEP}::int * (o.place - 1)
    FROM unnest(${ids}::text[]) WITH ORDINALITY AS o(id, place)
    WHERE k.id = o.id`.execute(db)
}

/** Assigns channels to categories of one sidebar; `cleared` ones lose what they were assigned to before. */
export async function replacePlacements(
  db: Queries,
  sidebar: { userId: string; teamId: string },
  cleared: readonly string[],
  placed: readonly { channelId: string; categoryId: string; sortOrder: number }[],
): Promise<void> {
  await sql`
    DELETE FROM sidebarchannels AS s USING sidebarcategories AS k
    WHERE s.userid = ${sidebar.userId} AND s.channelid = ANY(${cleared}) AND k.id = s.categoryid
      AND k.userid = ${sidebar.userId} AND k.teamid = ${sidebar.teamId}`.execute(db)
  if (placed.length === 0) return
  await sql`
    INSERT INTO sidebarchannels (channelid, userid, categoryid, sortorder)
    SELECT p.channelid, ${sidebar.userId}, p.categoryid, p.sortorder
    FROM unnest(${placed.map((one) => one.channelId)}::text[], ${placed.map((one) => one.categoryId)}::text[],
                ${placed.map((one) => one.sortOrder)}::int[]) AS p(channelid, categoryid, sortorder)
    ON CONFLICT (channelid, userid, categoryid) DO UPDATE SET sortorder = excluded.sortorder`.execute(db)
}

/** Removes a category; its channels fall back to the built-in ones. */
export async function deleteCategoryRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('sidebarchannels').where('sidebarchannels.categoryid', '=', id).execute()
  await db.deleteFrom('sidebarcategories').where('sidebarcategories.id', '=', id).execute()
}
