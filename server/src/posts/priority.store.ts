import type { Queries } from '../database/pool.ts'
import type { Post, PostMetadata } from './post.ts'

/** Stores the priority that a new root post was sent with. */
export async function insertPriority(
  db: Queries,
  post: Post,
  priority: NonNullable<PostMetadata['priority']>,
): Promise<void> {
  const row = {
    postid: post.id,
    channelid: post.channel_id,
    priority: priority.priority,
    requestedack: priority.requested_ack ?? null,
    persistentnotifications: priority.persistent_notifications ?? null,
  }
  await db.insertInto('postspriority').values(row).execute()
  if (!priority.persistent_notifications) return
  const persistent = { postid: post.id, createat: post.create_at, lastsentat: 0, deleteat: 0, sentcount: 0 }
  await db.insertInto('persistentnotifications').values(persistent).execute()
}
