import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Queries } from '../database/pool.ts'

/** A followed thread with what its follower has not read. Times in ms. */
export interface ThreadRow {
  readonly id: string
  readonly channelId: string
  readonly teamId: string
  readonly replyCount: number
  readonly lastReplyAt: number
  readonly lastViewedAt: number
  readonly participantIds: readonly string[]
  readonly unreadReplies: number
  readonly unreadMentions: number
  readonly isUrgent: boolean
  readonly deleteAt: number
}

/** Which of a user's threads: those of a team, and of direct and group channels unless left out. */
export interface ThreadScope {
  readonly userId: string
  readonly teamId: string
  readonly excludeDirect: boolean
  readonly deleted: boolean
}

export interface ThreadPage extends ThreadScope {
  readonly unread: boolean
  /** only threads changed after this time (ms), 0 for all */
  readonly since: number
  /** the thread that the page ends before or begins after, '' for none */
  readonly before: string
  readonly after: string
  readonly limit: number
  readonly offset: number
}

interface RawRow {
  postid: string
  channelid: string | null
  threadteamid: string | null
  replycount: number | null
  lastreplyat: number | null
  lastviewed: number | null
  participants: unknown
  unreadreplies: number
  unreadmentions: number | null
  urgent: boolean
  threaddeleteat: number | null
}

const idList = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string') : []

const threadOf = (row: RawRow): ThreadRow => ({
  id: row.postid,
  channelId: row.channelid ?? '',
  teamId: row.threadteamid ?? '',
  replyCount: row.replycount ?? 0,
  lastReplyAt: row.lastreplyat ?? 0,
  lastViewedAt: row.lastviewed ?? 0,
  participantIds: idList(row.participants),
  unreadReplies: row.unreadreplies,
  unreadMentions: row.unreadmentions ?? 0,
  isUrgent: row.urgent,
  deleteAt: row.threaddeleteat ?? 0,
})

/**
 * Followed threads in channels that the user still belongs to: someone who left must not read on. A post without replies
 * is followed for those to come; until then, and when all are deleted, there is no thread to list.
 */
const followed = (scope: ThreadScope): RawBuilder<unknown> => sql`
  FROM threadmemberships AS m
  JOIN threads AS t ON t.postid = m.postid
  JOIN channelmembers AS cm ON cm.channelid = t.channelid AND cm.userid = m.userid
  WHERE m.userid = ${scope.userId} AND m.following AND t.replycount > 0
    AND (t.threadteamid = ${scope.teamId} ${scope.excludeDirect ? sql`` : sql`OR coalesce(t.threadteamid, '') = ''`})
    ${scope.deleted ? sql`` : sql`AND coalesce(t.threaddeleteat, 0) = 0`}`

const unreadReplies = sql`(SELECT count(*) FROM posts AS r
  WHERE r.rootid = t.postid AND r.deleteat = 0 AND r.createat > coalesce(m.lastviewed, 0))`

const columns = sql`t.postid, t.channelid, t.threadteamid, t.replycount, t.lastreplyat, m.lastviewed, t.participants,
  ${unreadReplies} AS unreadreplies, m.unreadmentions, t.threaddeleteat,
  EXISTS (SELECT 1 FROM postspriority AS p WHERE p.postid = t.postid AND p.priority = 'urgent') AS urgent`

/** One page of followed threads, those with the newest reply first; of the same time, by their ids. */
export async function findThreads(db: Queries, page: ThreadPage): Promise<ThreadRow[]> {
  const edge = (id: string) => sql`(SELECT e.lastreplyat FROM threads AS e WHERE e.postid = ${id})`
  const tie = (id: string) => sql`t.lastreplyat = ${edge(id)} AND t.postid`
  const rising = page.after !== ''
  const result = await sql<RawRow>`
    SELECT ${columns} ${followed(page)}
      ${page.unread ? sql`AND t.lastreplyat > coalesce(m.lastviewed, 0)` : sql``}
      ${page.since > 0 ? sql`AND greatest(m.lastupdated, t.lastreplyat, t.threaddeleteat) >= ${page.since}` : sql``}
      ${page.before ? sql`AND (t.lastreplyat < ${edge(page.before)} OR ${tie(page.before)} > ${page.before})` : sql``}
      ${rising ? sql`AND (t.lastreplyat > ${edge(page.after)} OR ${tie(page.after)} < ${page.after})` : sql``}
    ORDER BY ${rising ? sql`t.lastreplyat ASC, t.postid DESC` : sql`t.lastreplyat DESC, t.postid ASC`}
    LIMIT ${page.limit} OFFSET ${page.offset}`.execute(db)
  const threads = result.rows.map(threadOf)
  return rising ? threads.toReversed() : threads
}

/** A followed thread of one user, or null. */
export async function findFollowedThread(db: Queries, userId: string, rootId: string): Promise<ThreadRow | null> {
  const result = await sql<RawRow>`
    SELECT ${columns} FROM threadmemberships AS m JOIN threads AS t ON t.postid = m.postid
    WHERE m.userid = ${userId} AND m.postid = ${rootId} AND m.following`.execute(db)
  return result.rows[0] ? threadOf(result.rows[0]) : null
}

export interface ThreadTotals {
  readonly total: number
  readonly total_unread_threads: number
  readonly total_unread_mentions: number
  readonly total_unread_urgent_mentions: number
}

/** How many threads a user follows, and how much of them is unread. */
export async function countThreads(db: Queries, scope: ThreadScope, unreadOnly: boolean): Promise<ThreadTotals> {
  const result = await sql<ThreadTotals>`
    SELECT count(*) ${unreadOnly ? sql`FILTER (WHERE t.lastreplyat > coalesce(m.lastviewed, 0))` : sql``}::bigint AS total,
      count(*) FILTER (WHERE t.lastreplyat > coalesce(m.lastviewed, 0))::bigint AS total_unread_threads,
      coalesce(sum(m.unreadmentions), 0)::bigint AS total_unread_mentions,
      coalesce(sum(m.unreadmentions) FILTER (WHERE EXISTS (SELECT 1 FROM postspriority AS p
        WHERE p.postid = t.postid AND p.priority = 'urgent')), 0)::bigint AS total_unread_urgent_mentions
    ${followed(scope)}`.execute(db)
  return result.rows[0]!
}

export interface Membership {
  readonly following: boolean
  readonly lastViewed: number
  readonly unreadMentions: number
}

/** Whether a user follows a thread and what he has read of it; null when he never had to do with it. */
export async function findMembership(db: Queries, userId: string, rootId: string): Promise<Membership | null> {
  const row = await db
    .selectFrom('threadmemberships')
    .selectAll('threadmemberships')
    .where('threadmemberships.postid', '=', rootId)
    .where('threadmemberships.userid', '=', userId)
    .executeTakeFirst()
  if (!row) return null
  return {
    following: row.following ?? false,
    lastViewed: row.lastviewed ?? 0,
    unreadMentions: row.unreadmentions ?? 0,
  }
}

/** Makes or changes a membership; what `change` leaves out stays (a new row begins unread from `at`). */
export async function saveMembership(
  db: Queries,
  userId: string,
  rootId: string,
  change: Partial<Membership>,
  at: number,
): Promise<void> {
  const { following, lastViewed, unreadMentions } = change
  await db
    .insertInto('threadmemberships')
    .values({
      postid: rootId,
      userid: userId,
      following: following ?? true,
      lastviewed: lastViewed ?? at,
      lastupdated: at,
      unreadmentions: unreadMentions ?? 0,
    })
    .onConflict((conflict) =>
      conflict.columns(['postid', 'userid']).doUpdateSet({
        lastupdated: at,
        ...(following !== undefined && { following }),
        ...(lastViewed !== undefined && { lastviewed: lastViewed }),
        ...(unreadMentions !== undefined && { unreadmentions: unreadMentions }),
      }),
    )
    .execute()
}

/** A thread that nobody has replied to yet gets its row when somebody follows it. */
export async function ensureThread(db: Queries, rootId: string, channelId: string, teamId: string): Promise<void> {
  await db
    .insertInto('threads')
    .values({
      postid: rootId,
      channelid: channelId,
      threadteamid: teamId,
      replycount: 0,
      lastreplyat: 0,
      participants: '[]',
    })
    .onConflict((conflict) => conflict.column('postid').doNothing())
    .execute()
}

/** Marks all threads of a scope as read at `at`. */
export async function markAllRead(db: Queries, scope: ThreadScope, at: number): Promise<void> {
  await sql`
    UPDATE threadmemberships AS u SET lastviewed = ${at}, lastupdated = ${at}, unreadmentions = 0
    FROM (SELECT m.postid ${followed(scope)}) AS s
    WHERE u.postid = s.postid AND u.userid = ${scope.userId}`.execute(db)
}

/** Live replies of a thread after a time, oldest first, as far as counting mentions needs them. */
export async function findRepliesAfter(
  db: Queries,
  rootId: string,
  after: number,
): Promise<{ userId: string; message: string; props: Record<string, unknown>; type: string }[]> {
  const rows = await db
    .selectFrom('posts')
    .select(['posts.userid', 'posts.message', 'posts.props', 'posts.type'])
    .where('posts.rootid', '=', rootId)
    .where('posts.deleteat', '=', 0)
    .where('posts.createat', '>', after)
    .orderBy('posts.createat')
    .limit(1000)
    .execute()
  return rows.map((row) => ({
    userId: row.userid ?? '',
    message: row.message ?? '',
    props: (row.props ?? {}) as Record<string, unknown>,
    type: row.type ?? '',
  }))
}
