import type { Pool } from 'pg'
import { channelGram, documentGrams, normalise, tagGram } from './grams.ts'

interface PostRow {
  id: string
  createat: string | number
  updateat: string | number
  userid: string
  channelid: string
  message: string
  hashtags: string
}

interface FileRow {
  id: string
  createat: string | number
  updateat: string | number
  creatorid: string
  postid: string
  channelid: string
  name: string
  extension: string
  content: string
}

/** Extracted text beyond this many characters of a file is not searched. */
const MAX_FILE_TEXT = 100_000

/**
 * Posts that can be found: alive, no history row, not written by the system. burn_on_read posts of later servers are
 * secrets with an end; no copy of their text may outlive them.
 */
export const SEARCHABLE = `coalesce(posts.deleteat, 0) = 0 AND coalesce(posts.originalid, '') = ''
  AND coalesce(posts.type, '') NOT LIKE 'system\\_%' AND coalesce(posts.type, '') <> 'burn_on_read'`

const gramLiteral = (grams: Set<number>): string => `{${[...grams].join(',')}}`

/** The stored form of the hashtags column: ` #one #two `, so that ` #one ` finds the whole tag only. */
function tagText(hashtags: string): string {
  const text = normalise(hashtags)
  return text && ` ${text} `
}

function postDocument(row: PostRow) {
  const body = normalise(row.message)
  const tags = tagText(row.hashtags)
  const grams = documentGrams(body)
  for (const tag of tags.split(' ')) if (tag) grams.add(tagGram(tag))
  grams.add(channelGram(row.channelid))
  return { body, tags, grams: gramLiteral(grams) }
}

function fileDocument(row: FileRow) {
  // The file's name first: a hit there is what most people mean.
  const body = normalise(`${row.name}\n${row.content}`)
  const grams = documentGrams(body)
  grams.add(channelGram(row.channelid))
  return { body, grams: gramLiteral(grams) }
}

const UPSERT_POSTS = `
  INSERT INTO outpost.post_search AS old (create_at, update_at, id, channel_id, user_id, tags, body, grams)
  SELECT new.create_at, new.update_at, new.id, new.channel_id, new.user_id, new.tags, new.body, new.grams::smallint[]
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
    AS new (create_at, update_at, id, channel_id, user_id, tags, body, grams)
  ON CONFLICT (id) DO UPDATE SET create_at = excluded.create_at, update_at = excluded.update_at,
    channel_id = excluded.channel_id, user_id = excluded.user_id, tags = excluded.tags, body = excluded.body,
    grams = excluded.grams
  WHERE excluded.update_at >= old.update_at`

const UPSERT_FILES = `
  INSERT INTO outpost.file_search AS old
    (create_at, update_at, id, post_id, channel_id, user_id, extension, body, grams)
  SELECT new.create_at, new.update_at, new.id, new.post_id, new.channel_id, new.user_id, new.extension, new.body,
    new.grams::smallint[]
  FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[]) AS new (create_at, update_at, id, post_id, channel_id, user_id, extension, body, grams)
  ON CONFLICT (id) DO UPDATE SET create_at = excluded.create_at, update_at = excluded.update_at,
    post_id = excluded.post_id, channel_id = excluded.channel_id, user_id = excluded.user_id,
    extension = excluded.extension, body = excluded.body, grams = excluded.grams
  WHERE excluded.update_at >= old.update_at`

async function indexPostRows(pool: Pool, rows: PostRow[]): Promise<void> {
  if (rows.length === 0) return
  const documents = rows.map(postDocument)
  await pool.query({
    name: 'search-upsert-posts',
    text: UPSERT_POSTS,
    values: [
      rows.map((row) => row.createat),
      rows.map((row) => row.updateat),
      rows.map((row) => row.id),
      rows.map((row) => row.channelid),
      rows.map((row) => row.userid),
      documents.map((document) => document.tags),
      documents.map((document) => document.body),
      documents.map((document) => document.grams),
    ],
  })
}

/** Files are indexed with their post: attaching a file moves no time stamp of its own that a cursor could follow. */
async function indexFiles(pool: Pool, postIds: string[]): Promise<void> {
  const { rows } = await pool.query<FileRow>({
    name: 'search-read-files',
    text: `SELECT fileinfo.id, coalesce(fileinfo.createat, 0) AS createat, coalesce(fileinfo.updateat, 0) AS updateat,
        coalesce(fileinfo.creatorid, '') AS creatorid,
        fileinfo.postid, posts.channelid, coalesce(fileinfo.name, '') AS name,
        coalesce(fileinfo.extension, '') AS extension, left(coalesce(fileinfo.content, ''), ${MAX_FILE_TEXT}) AS content
      FROM fileinfo JOIN posts ON posts.id = fileinfo.postid
      WHERE fileinfo.postid = ANY($1::text[]) AND coalesce(fileinfo.deleteat, 0) = 0 AND ${SEARCHABLE}
      ORDER BY fileinfo.id`,
    values: [postIds],
  })
  await pool.query({
    name: 'search-delete-files',
    text: 'DELETE FROM outpost.file_search WHERE post_id = ANY($1::text[]) AND id <> ALL($2::text[])',
    values: [postIds, rows.map((row) => row.id)],
  })
  if (rows.length === 0) return
  const documents = rows.map(fileDocument)
  await pool.query({
    name: 'search-upsert-files',
    text: UPSERT_FILES,
    values: [
      rows.map((row) => row.createat),
      rows.map((row) => row.updateat),
      rows.map((row) => row.id),
      rows.map((row) => row.postid),
      rows.map((row) => row.channelid),
      rows.map((row) => row.creatorid),
      rows.map((row) => normalise(row.extension).replace(/^\.+/u, '')),
      documents.map((document) => document.body),
      documents.map((document) => document.grams),
    ],
  })
}

/**
 * Brings the index in line with these posts and their files as they stand in the database now: writes the living, removes
 * deleted, vanished and system ones. Safe to repeat and to run on several servers at once.
 */
export async function indexPosts(pool: Pool, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  // In id order everywhere: two servers indexing the same posts then wait for each other instead of deadlocking.
  const sorted = [...ids].sort()
  const { rows } = await pool.query<PostRow>({
    name: 'search-read-posts',
    text: `SELECT posts.id, coalesce(posts.createat, 0) AS createat, coalesce(posts.updateat, 0) AS updateat,
        coalesce(posts.userid, '') AS userid,
        coalesce(posts.channelid, '') AS channelid, coalesce(posts.message, '') AS message,
        coalesce(posts.hashtags, '') AS hashtags
      FROM posts WHERE posts.id = ANY($1::text[]) AND ${SEARCHABLE}`,
    values: [sorted],
  })
  rows.sort((a, b) => (a.id < b.id ? -1 : 1))
  await indexPostRows(pool, rows)
  const alive = new Set(rows.map((row) => row.id))
  const gone = sorted.filter((id) => !alive.has(id))
  if (gone.length > 0)
    await pool.query({
      name: 'search-delete-posts',
      text: 'DELETE FROM outpost.post_search WHERE id = ANY($1::text[])',
      values: [gone],
    })
  await indexFiles(pool, sorted)
}

/** Merges what was indexed since the last time into the index proper. */
export async function mergePending(pool: Pool): Promise<void> {
  await pool.query(
    `SELECT gin_clean_pending_list('outpost.post_search_grams'), gin_clean_pending_list('outpost.file_search_grams')`,
  )
}
