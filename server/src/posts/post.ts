import type { FileInfo } from '../files/file-info-view.ts'
import type { Reaction } from '../reactions/reaction.ts'

/** A post as clients know it; column names differ (see posts.store.ts). Times in ms. */
export interface Post {
  id: string
  create_at: number
  update_at: number
  edit_at: number
  delete_at: number
  is_pinned: boolean
  user_id: string
  channel_id: string
  /** '' for a root post, else the root's id: threads have one level */
  root_id: string
  /** id of the live post, on rows that keep an earlier version */
  original_id: string
  message: string
  /** '' for what people write, `system_…` for what the server says */
  type: string
  props: Record<string, unknown>
  /** space-separated, with their # */
  hashtags: string
  file_ids: string[]
  pending_post_id: string
  has_reactions?: boolean
  remote_id?: string | null
  /** of a root post, where the caller asked for it */
  reply_count: number
  last_reply_at: number
  participants: object[] | null
  is_following?: boolean
  metadata: PostMetadata
}

export interface PostMetadata {
  embeds?: object[]
  emojis?: object[]
  files?: FileInfo[]
  images?: Record<string, object>
  reactions?: Reaction[]
  priority?: { priority: string; requested_ack?: boolean; persistent_notifications?: boolean }
  acknowledgements?: object[]
}

/** A list of posts, newest first in `order`; `posts` may hold more (roots of replies). */
export interface PostList {
  order: string[]
  posts: Record<string, Post>
  next_post_id: string
  prev_post_id: string
  has_next?: boolean
  first_inaccessible_post_time: number
}

/** These say who came and went; they do not count as messages (schema-notes.md §11). */
export const JOIN_LEAVE_TYPES: ReadonlySet<string> = new Set([
  'system_join_leave',
  'system_add_remove',
  'system_join_channel',
  'system_leave_channel',
  'system_join_team',
  'system_leave_team',
  'system_add_to_channel',
  'system_remove_from_channel',
  'system_add_to_team',
  'system_remove_from_team',
])

/** Whether the server wrote the post to say that something happened (someone joined, a header changed). */
export const isSystemPost = (post: { type: string }): boolean => post.type.startsWith('system_')

/** The ids of the rows that change with a post: a reply moves the time of its root. */
export const withRoot = (post: Pick<Post, 'id' | 'root_id'>): string[] =>
  post.root_id === '' ? [post.id] : [post.id, post.root_id]

/** A new post with every field set; `from` overrides. */
export function newPost(from: Partial<Post> & Pick<Post, 'id' | 'user_id' | 'channel_id' | 'message'>): Post {
  const now = from.create_at || Date.now()
  return {
    create_at: now,
    update_at: now,
    edit_at: 0,
    delete_at: 0,
    is_pinned: false,
    root_id: '',
    original_id: '',
    type: '',
    props: {},
    hashtags: '',
    file_ids: [],
    pending_post_id: '',
    reply_count: 0,
    last_reply_at: 0,
    participants: null,
    metadata: {},
    ...from,
  }
}
