import type { Pool } from 'pg'
import { SEARCHABLE } from './index-batch.ts'

/** A place in posts ordered by one of its time columns, then id. */
export interface Position {
  at: number
  id: string
}

export interface StalePage {
  /** Posts whose index entry is missing, older than the post, or should not exist. */
  stale: string[]
  /** Last row looked at; undefined when the page was empty. */
  last: Position | undefined
  rows: number
}

const page = (column: string, condition: string, order: string): string => `
  WITH page AS MATERIALIZED (
    SELECT posts.id, coalesce(posts.updateat, 0) AS updateat, posts.${column} AS at, (${SEARCHABLE}) AS searchable
    FROM posts WHERE ${condition} ORDER BY posts.${column} ${order}, posts.id ${order} LIMIT $3)
  SELECT count(*)::int AS rows,
    coalesce(json_agg(page.id) FILTER (WHERE
      CASE WHEN page.searchable THEN entry.update_at IS DISTINCT FROM page.updateat ELSE entry.id IS NOT NULL END),
      '[]') AS stale,
    (SELECT json_build_array(page.at, page.id) FROM page
      ORDER BY page.at ${order === 'ASC' ? 'DESC' : 'ASC'}, page.id ${order === 'ASC' ? 'DESC' : 'ASC'} LIMIT 1) AS last
  FROM page LEFT JOIN outpost.post_search AS entry ON entry.id = page.id`

const FORWARD = page('updateat', 'posts.updateat >= $1 AND (posts.updateat > $1 OR posts.id > $2)', 'ASC')
const BACKWARD = page('createat', 'posts.createat <= $1 AND (posts.createat < $1 OR posts.id < $2)', 'DESC')

async function read(pool: Pool, text: string, from: Position, limit: number): Promise<StalePage> {
  const result = await pool.query<{ rows: number; stale: string[]; last: [number, string] | null }>(text, [
    from.at,
    from.id,
    limit,
  ])
  const row = result.rows[0]!
  return { rows: row.rows, stale: row.stale, last: row.last ? { at: Number(row.last[0]), id: row.last[1] } : undefined }
}

/** The next page of posts changed after `from` (by updateat), oldest change first. */
export function changedAfter(pool: Pool, from: Position, limit: number): Promise<StalePage> {
  return read(pool, FORWARD, from, limit)
}

/** The next page of posts written before `from` (by createat), newest first. */
export function writtenBefore(pool: Pool, from: Position, limit: number): Promise<StalePage> {
  return read(pool, BACKWARD, from, limit)
}
