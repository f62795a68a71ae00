import pg from 'pg'
import { clientConfig, parseDataSource } from '../../server/src/database/data-source.ts'
import { JOIN_LEAVE_TYPES } from '../../server/src/posts/post.ts'

/** Runs one query on its own connection. */
export async function query<T extends object>(source: string, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client(clientConfig(parseDataSource(source, {})))
  await client.connect()
  try {
    return (await client.query<T>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** Channels whose counters are not what their posts say; `$1` are the types that do not count as messages. */
const CHANNELS = `
  SELECT 'channel' AS kind, c.name AS id,
    concat_ws(' ', c.totalmsgcount, c.totalmsgcountroot, c.lastpostat, c.lastrootpostat) AS stored,
    concat_ws(' ', p.total, p.roots, p.last, p.lastroot) AS counted
  FROM channels c CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE type <> ALL ($1)) AS total,
      count(*) FILTER (WHERE rootid = '' AND type <> ALL ($1)) AS roots,
      coalesce(max(createat), 0) AS last, coalesce(max(createat) FILTER (WHERE rootid = ''), 0) AS lastroot
    FROM posts WHERE channelid = c.id AND originalid = '') p
  WHERE (c.totalmsgcount, c.totalmsgcountroot, c.lastpostat, c.lastrootpostat) <> (p.total, p.roots, p.last, p.lastroot)`

/** Threads without replies, replies without threads, and threads that count or name others than their replies. */
const THREADS = `
  SELECT 'thread' AS kind, coalesce(t.postid, r.rootid) AS id,
    concat_ws(' ', t.replycount, t.lastreplyat, t.people) AS stored, concat_ws(' ', r.replies, r.last, r.people) AS counted
  FROM (SELECT postid, replycount, lastreplyat,
          (SELECT string_agg(one, ',' ORDER BY one) FROM jsonb_array_elements_text(participants) one) AS people
        FROM threads) t
  FULL JOIN (SELECT rootid, count(*) AS replies, max(createat) AS last,
               string_agg(DISTINCT userid, ',' ORDER BY userid) AS people
             FROM posts WHERE rootid <> '' AND deleteat = 0 GROUP BY rootid) r ON r.rootid = t.postid
  WHERE (t.replycount, t.lastreplyat, t.people) IS DISTINCT FROM (r.replies, r.last, r.people)`

/** Members who have read more than there is. */
const MEMBERS = `
  SELECT 'member' AS kind, m.userid AS id, concat_ws(' ', m.msgcount, m.msgcountroot) AS stored,
    concat_ws(' ', c.totalmsgcount, c.totalmsgcountroot) AS counted
  FROM channelmembers m JOIN channels c ON c.id = m.channelid
  WHERE m.msgcount > c.totalmsgcount OR m.msgcountroot > c.totalmsgcountroot OR m.msgcount < 0 OR m.mentioncount < 0`

/** Every counter that differs from a recount of the posts; empty when all is well. */
export async function wrongCounters(source: string): Promise<object[]> {
  const types = [...JOIN_LEAVE_TYPES]
  return [
    ...(await query(source, CHANNELS, [types])),
    ...(await query(source, THREADS)),
    ...(await query(source, MEMBERS)),
  ]
}
