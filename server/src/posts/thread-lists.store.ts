import { sql } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { Post } from './post.ts'
import { postOf } from './post-row.ts'
import type { PostRow } from './post-row.ts'

/** What lists say of a thread; for people who follow it, `following` is true. */
export interface ThreadSummary {
  readonly replyCount: number
  readonly lastReplyAt: number
  readonly participantIds: readonly string[]
  readonly following: boolean
}

/** Summaries of the threads of these roots, by root id; roots without replies are left out. */
export async function findThreadSummaries(
  db: Queries,
  rootIds: readonly string[],
  userId: string,
): Promise<Map<string, ThreadSummary>> {
  if (rootIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('threads')
    .leftJoin('threadmemberships', (join) =>
      join.onRef('threadmemberships.postid', '=', 'threads.postid').on('threadmemberships.userid', '=', userId),
    )
    .select(['threads.postid', 'threads.replycount', 'threads.lastreplyat', 'threads.participants'])
    .select('threadmemberships.following')
    .where('threads.postid', 'in', [...rootIds])
    .execute()
  return new Map(
    rows.map((row) => [
      row.postid,
      {
        replyCount: row.replycount ?? 0,
        lastReplyAt: row.lastreplyat ?? 0,
        participantIds: idList(row.participants),
        following: row.following ?? false,
      },
    ]),
  )
}

const idList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []

export interface ThreadPage {
  readonly rootId: string
  /** 0: all */
  readonly limit: number
  readonly direction: 'up' | 'down'
  /** which time orders the page, and where it begins; 0: at the start */
  readonly by: 'createat' | 'updateat'
  readonly from: number
  /** the post at `from` that the last page ended with, '' for none */
  readonly fromPost: string
}

/** Live replies of a thread in the order of the page: rising with `down`, falling with `up`. */
export async function findReplies(db: Queries, page: ThreadPage): Promise<Post[]> {
  const up = page.direction === 'up'
  const sign = sql.raw(up ? '<' : '>')
  const order = sql.raw(up ? 'DESC' : 'ASC')
  const time = sql.ref(`posts.${page.by}`)
  const cursor = page.fromPost
    ? sql`AND (${time}, posts.id) ${sign} (${page.from}::bigint, ${page.fromPost}::text)`
    : sql`AND ${time} ${sign} ${page.from}`
  const { rows } = await sql<PostRow>`
    SELECT posts.* FROM posts
    WHERE posts.rootid = ${page.rootId} AND posts.deleteat = 0 ${page.from > 0 ? cursor : sql``}
    ORDER BY ${time} ${order}, posts.id ${order}
    ${page.limit > 0 ? sql`LIMIT ${page.limit}` : sql``}`.execute(db)
  return rows.map(postOf)
}
