import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { Post } from './post.ts'
import { postOf } from './post-row.ts'
import type { PostRow } from './post-row.ts'

/** Where a post stands in its channel. Posts of one batch share a millisecond, so the id decides between them. */
export interface Position {
  readonly id: string
  readonly createAt: number
}

export interface PageQuery {
  readonly channelId: string
  /** collapsed threads: replies do not stand in the channel */
  readonly rootsOnly: boolean
  /** with deleted posts, for administrators; kept versions are never part of a list */
  readonly includeDeleted?: boolean
  readonly before?: Position
  readonly after?: Position
  readonly offset: number
  readonly limit: number
}

/** A page of a channel's posts, newest first; with `after`, the page that follows directly upon that post. */
export async function findPostsPage(db: Queries, query: PageQuery): Promise<Post[]> {
  if (query.limit <= 0) return []
  const deep = query.offset > 0 && !query.rootsOnly && !query.includeDeleted && !query.before && !query.after
  return (deep ? await findDeepPage(db, query) : undefined) ?? findPlainPage(db, query)
}

async function findPlainPage(db: Queries, query: PageQuery): Promise<Post[]> {
  const order = query.after ? sql`posts.createat ASC, posts.id ASC` : sql`posts.createat DESC, posts.id DESC`
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM posts WHERE ${inChannel(query)} ${beyond('<', query.before)} ${beyond('>', query.after)}
    ORDER BY ${order} LIMIT ${query.limit} OFFSET ${query.offset}`.execute(db)
  const posts = rows.map(postOf)
  return query.after ? posts.toReversed() : posts
}

/**
 * A page far from the newest post. OFFSET reads every row that it skips, so the walk reads only the index
 * (channelid, deleteat, createat), and the rows of the page are fetched by the times found. Answers undefined when
 * the times alone cannot tell the page: all of its posts share one millisecond.
 */
async function findDeepPage(db: Queries, { channelId, offset, limit }: PageQuery): Promise<Post[] | undefined> {
  const { rows } = await sql<PostRow & { hi: number; kept: number; lo: number }>`
    WITH walk AS MATERIALIZED (
      SELECT posts.createat FROM posts WHERE posts.channelid = ${channelId} AND posts.deleteat = 0
      ORDER BY posts.createat DESC LIMIT ${limit} OFFSET ${offset}
    ), edge AS MATERIALIZED (
      SELECT min(walk.createat) AS lo, max(walk.createat) AS hi,
             count(*) FILTER (WHERE walk.createat = (SELECT max(w.createat) FROM walk AS w)) AS kept FROM walk
    )
    SELECT posts.*, edge.lo, edge.hi, edge.kept FROM edge CROSS JOIN posts
    WHERE posts.channelid = ${channelId} AND posts.deleteat = 0
      AND posts.createat BETWEEN (SELECT edge.lo FROM edge) AND (SELECT edge.hi FROM edge)
    ORDER BY posts.createat DESC, posts.id DESC`.execute(db)
  const first = rows[0]
  if (!first) return []
  if (first.lo === first.hi && rows.length > 1) return undefined
  const sharing = rows.filter((row) => row.createat === first.hi).length
  const skipped = sharing - Number(first.kept)
  return rows.slice(skipped, skipped + limit).map(postOf)
}

function inChannel({ channelId, rootsOnly, includeDeleted }: Omit<PageQuery, 'offset' | 'limit'>): RawBuilder<unknown> {
  const state = includeDeleted ? sql`coalesce(posts.originalid, '') = ''` : sql`posts.deleteat = 0`
  return sql`posts.channelid = ${channelId} AND ${state} ${rootsOnly ? sql`AND posts.rootid = ''` : sql``}`
}

function beyond(sign: '<' | '>', position: Position | undefined): RawBuilder<unknown> {
  if (!position) return sql``
  return sql`AND (posts.createat, posts.id) ${sql.raw(sign)} (${position.createAt}::bigint, ${position.id}::text)`
}

/** Where a post of this channel stands (a deleted one too), or null if it is none of the channel's. */
export async function findPosition(db: Queries, channelId: string, postId: string): Promise<Position | null> {
  const row = await db
    .selectFrom('posts')
    .select(['posts.id', 'posts.createat'])
    .where('posts.id', '=', postId)
    .where('posts.channelid', '=', channelId)
    .executeTakeFirst()
  return row ? { id: row.id, createAt: row.createat ?? 0 } : null
}

/** The id of the live post that follows upon (`>`) or precedes (`<`) a position, '' if there is none. */
export async function findNeighbour(
  db: Queries,
  channelId: string,
  sign: '<' | '>',
  position: Position,
  rootsOnly: boolean,
): Promise<string> {
  const order = sign === '>' ? sql`posts.createat ASC, posts.id ASC` : sql`posts.createat DESC, posts.id DESC`
  const { rows } = await sql<{ id: string }>`
    SELECT posts.id FROM posts WHERE ${inChannel({ channelId, rootsOnly })} ${beyond(sign, position)}
    ORDER BY ${order} LIMIT 1`.execute(db)
  return rows[0]?.id ?? ''
}

/** The first live post after a time (ms), or null. */
export async function findFirstAfter(
  db: Queries,
  channelId: string,
  time: number,
  rootsOnly: boolean,
): Promise<Post | null> {
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM posts WHERE ${inChannel({ channelId, rootsOnly })} AND posts.createat > ${time}
    ORDER BY posts.createat ASC, posts.id ASC LIMIT 1`.execute(db)
  return rows[0] ? postOf(rows[0]) : null
}

/** How many changed posts one answer holds; a client that missed more loads the channel anew. */
const MAX_CHANGED = 1000

/** The posts of a channel that changed after `since` (ms), deleted ones too, newest first. */
export async function findChangedPosts(
  db: Queries,
  channelId: string,
  since: number,
  rootsOnly: boolean,
): Promise<Post[]> {
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM posts
    WHERE ${inChannel({ channelId, rootsOnly, includeDeleted: true })} AND posts.updateat > ${since}
    ORDER BY posts.updateat DESC LIMIT ${MAX_CHANGED}`.execute(db)
  return rows.map(postOf).toSorted(newestFirst)
}

/** Orders posts by when they were made, the newest first; those of one millisecond by id, so that the order never varies. */
export const newestFirst = (a: Post, b: Post): number => b.create_at - a.create_at || (a.id < b.id ? 1 : -1)

/** The newest change in a channel (ms), 0 when it is empty: the version of its lists. */
export async function findLastChange(db: Queries, channelId: string): Promise<number> {
  const { rows } = await sql<{ updateat: number }>`
    SELECT posts.updateat FROM posts WHERE posts.channelid = ${channelId}
    ORDER BY posts.updateat DESC LIMIT 1`.execute(db)
  return rows[0]?.updateat ?? 0
}

/** Live posts of one channel by id, in no order. */
export async function findRoots(db: Queries, channelId: string, ids: readonly string[]): Promise<Post[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM posts
    WHERE posts.id = ANY(${ids}::text[]) AND posts.channelid = ${channelId} AND posts.deleteat = 0`.execute(db)
  return rows.map(postOf)
}

/**
 * The live posts of whole threads, roots included, in no order. Of a `page` that is there already, all posts in a row,
 * little is read again: what shares the time of its first or last post.
 */
export async function findThreads(
  db: Queries,
  channelId: string,
  rootIds: readonly string[],
  page: readonly Post[] = [],
): Promise<Post[]> {
  if (rootIds.length === 0) return []
  const has = new Set(page.map((post) => post.id))
  const missing = rootIds.filter((id) => !has.has(id))
  const times = page.map((post) => post.create_at)
  const ofChannel = sql`posts.channelid = ${channelId} AND posts.deleteat = 0`
  const roots = sql`SELECT posts.* FROM posts WHERE posts.id = ANY(${missing}::text[]) AND ${ofChannel} UNION ALL`
  const beyondPage = sql`AND (posts.createat <= ${Math.min(...times)} OR posts.createat >= ${Math.max(...times)})`
  const { rows } = await sql<PostRow>`
    ${missing.length > 0 ? roots : sql``}
    SELECT posts.* FROM posts WHERE posts.rootid = ANY(${rootIds}::text[]) AND ${ofChannel}
      ${page.length > 0 ? beyondPage : sql``}`.execute(db)
  return rows.map(postOf)
}

/** When a member last viewed a channel (ms), null for a non-member. */
export async function findLastViewed(db: Queries, channelId: string, userId: string): Promise<number | null> {
  const row = await db
    .selectFrom('channelmembers')
    .select('channelmembers.lastviewedat')
    .where('channelmembers.channelid', '=', channelId)
    .where('channelmembers.userid', '=', userId)
    .executeTakeFirst()
  return row ? (row.lastviewedat ?? 0) : null
}

/** A channel's pinned posts, oldest first. */
export async function findPinned(db: Queries, channelId: string): Promise<Post[]> {
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM posts
    WHERE posts.channelid = ${channelId} AND posts.ispinned AND posts.deleteat = 0
    ORDER BY posts.createat, posts.id`.execute(db)
  return rows.map(postOf)
}

/** Live posts that a user saved, in channels he is a member of, newest first; '' for any team or channel. */
export async function findSaved(
  db: Queries,
  query: { userId: string; teamId: string; channelId: string; offset: number; limit: number },
): Promise<Post[]> {
  const { userId, teamId, channelId } = query
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM preferences
    JOIN posts ON posts.id = preferences.name AND posts.deleteat = 0
    JOIN channels ON channels.id = posts.channelid
    JOIN channelmembers ON channelmembers.channelid = channels.id AND channelmembers.userid = ${userId}
    WHERE preferences.userid = ${userId} AND preferences.category = 'flagged_post'
      AND preferences.value = 'true'
      ${teamId ? sql`AND channels.teamid IN (${teamId}, '')` : sql``}
      ${channelId ? sql`AND channels.id = ${channelId}` : sql``}
    ORDER BY posts.createat DESC, posts.id DESC LIMIT ${query.limit} OFFSET ${query.offset}`.execute(db)
  return rows.map(postOf)
}
