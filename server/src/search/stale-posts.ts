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

const STALE = `coalesce(json_agg(page.id) FILTER (WHERE
  CASE WHEN page.searchable THEN entry.update_at IS DISTINCT FROM page.updateat ELSE entry.id IS NOT NULL END), '[]')`

const BACKWARD = `
  WITH page AS MATERIALIZED (
    SELECT posts.id, coalesce(posts.updateat, 0) AS updateat, posts.createat AS at, (${SEARCHABLE}) AS searchable
    FROM posts WHERE posts.createat <= $1 AND (posts.createat < $1 OR posts.id < $2)
    ORDER BY posts.createat DESC, posts.id DESC LIMIT $3)
  SELECT count(*)::int AS rows, ${STALE} AS stale,
    (SELECT json_build_array(page.at, page.id) FROM page ORDER BY page.at, page.id LIMIT 1) AS last
  FROM page LEFT JOIN outpost.post_search AS entry ON entry.id = page.id`

const AMONG = `
  WITH page AS MATERIALIZED (
    SELECT posts.id, coalesce(posts.updateat, 0) AS updateat, (${SEARCHABLE}) AS searchable
    FROM posts WHERE posts.id = ANY($1::text[]))
  SELECT ${STALE} AS stale FROM page LEFT JOIN outpost.post_search AS entry ON entry.id = page.id`

/** The next page of posts written before `from` (by createat), newest first. */
export async function writtenBefore(pool: Pool, from: Position, limit: number): Promise<StalePage> {
  const values = [from.at, from.id, limit]
  const result = await pool.query<{ rows: number; stale: string[]; last: [number, string] | null }>(BACKWARD, values)
  const row = result.rows[0]!
  return { rows: row.rows, stale: row.stale, last: row.last ? { at: Number(row.last[0]), id: row.last[1] } : undefined }
}

/** The next page of posts changed after `from` (by updateat), oldest change first. */
export async function changedAfter(pool: Pool, from: Position, limit: number): Promise<Position[]> {
  const { rows } = await pool.query<{ id: string; at: string | number }>(
    `SELECT posts.id, posts.updateat AS at FROM posts
     WHERE posts.updateat >= $1 AND (posts.updateat > $1 OR posts.id > $2)
     ORDER BY posts.updateat, posts.id LIMIT $3`,
    [from.at, from.id, limit],
  )
  return rows.map(({ id, at }) => ({ id, at: Number(at) }))
}

/** Those of the posts whose index entry is missing, older than the post, or should not exist. */
export async function staleAmong(pool: Pool, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return []
  const { rows } = await pool.query<{ stale: string[] }>(AMONG, [ids])
  return rows[0]?.stale ?? []
}
