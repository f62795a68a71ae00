import type { Pool } from 'pg'
import { createTestDatabase } from '../../../testkit/database.ts'
import { createPool } from '../database/pool.ts'
import { newId } from '../ids.ts'
import { PostIndexer } from './post-indexer.ts'

/** One post for a test; the rest is filled in. */
export interface SeedPost {
  message: string
  channelId: string
  userId: string
  hashtags?: string
  type?: string
  createAt?: number
  updateAt?: number
  deleteAt?: number
  originalId?: string
}

/** A database with an indexer that runs only when a test says so. */
export async function openSearchWorld() {
  const database = await createTestDatabase()
  const pool = createPool(database.dataSource)
  const indexer = new PostIndexer({ pool })
  const close = async () => {
    await indexer.stop()
    await pool.end()
    await database.drop()
  }
  return { pool, indexer, close }
}

let clock = Date.now() - 1_000_000

/** Writes one post as a committed row and returns its id; later calls are later posts. */
export async function seedPost(pool: Pool, post: SeedPost): Promise<string> {
  const id = newId()
  const createAt = post.createAt ?? ++clock
  await pool.query(
    `INSERT INTO posts (id, createat, updateat, deleteat, editat, userid, channelid, rootid, originalid, message, type,
       props, hashtags, filenames, fileids, hasreactions, ispinned)
     VALUES ($1, $2, $3, $4, 0, $5, $6, '', $7, $8, $9, '{}', $10, '[]', '[]', false, false)`,
    [
      id,
      createAt,
      post.updateAt ?? createAt,
      post.deleteAt ?? 0,
      post.userId,
      post.channelId,
      post.originalId ?? '',
      post.message,
      post.type ?? '',
      post.hashtags ?? '',
    ],
  )
  return id
}

/** Writes a user and returns his id. */
export async function seedUser(pool: Pool, username: string): Promise<string> {
  const id = newId()
  await pool.query('INSERT INTO users (id, username, email) VALUES ($1, $2, $3)', [
    id,
    username,
    `${username}@example.com`,
  ])
  return id
}

/** Writes a channel with its members and returns its id. */
export async function seedChannel(
  pool: Pool,
  channel: { name: string; type?: string; teamId?: string; deleteAt?: number; members: string[] },
): Promise<string> {
  const id = newId()
  await pool.query(
    `INSERT INTO channels (id, createat, updateat, deleteat, teamid, type, name, displayname)
     VALUES ($1, 1, 1, $2, $3, $4, $5, $6)`,
    [id, channel.deleteAt ?? 0, channel.teamId ?? '', channel.type ?? 'O', channel.name, `The ${channel.name}`],
  )
  for (const member of channel.members)
    await pool.query('INSERT INTO channelmembers (channelid, userid) VALUES ($1, $2)', [id, member])
  return id
}

/** Writes a file attached to a post and returns its id. */
export async function seedFile(
  pool: Pool,
  file: { postId: string; userId: string; channelId: string; name: string; content?: string },
): Promise<string> {
  const id = newId()
  const extension = file.name.split('.').at(-1) ?? ''
  await pool.query(
    `INSERT INTO fileinfo (id, creatorid, postid, createat, updateat, deleteat, name, extension, content, channelid)
     VALUES ($1, $2, $3, $4, $4, 0, $5, $6, $7, $8)`,
    [id, file.userId, file.postId, ++clock, file.name, extension, file.content ?? null, file.channelId],
  )
  return id
}
