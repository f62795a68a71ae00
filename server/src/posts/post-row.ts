import type { Post } from './post.ts'

/** The columns of `posts` that make a post. */
export interface PostRow {
  readonly id: string
  readonly createat: number | null
  readonly updateat: number | null
  readonly editat: number | null
  readonly deleteat: number | null
  readonly ispinned: boolean | null
  readonly userid: string | null
  readonly channelid: string | null
  readonly rootid: string | null
  readonly originalid: string | null
  readonly message: string | null
  readonly type: string | null
  readonly props: unknown
  readonly hashtags: string | null
  readonly fileids: string | null
  readonly hasreactions: boolean | null
  readonly remoteid: string | null
}

/** A row of `posts` as a post; nothing beside the row itself (no files, no reactions, no thread). */
export function postOf(row: PostRow): Post {
  return {
    id: row.id,
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    edit_at: row.editat ?? 0,
    delete_at: row.deleteat ?? 0,
    is_pinned: row.ispinned ?? false,
    user_id: row.userid ?? '',
    channel_id: row.channelid ?? '',
    root_id: row.rootid ?? '',
    original_id: row.originalid ?? '',
    message: row.message ?? '',
    type: row.type ?? '',
    props: (row.props ?? {}) as Record<string, unknown>,
    hashtags: row.hashtags ?? '',
    file_ids: fileIdsOf(row.fileids),
    pending_post_id: '',
    ...(row.hasreactions && { has_reactions: true }),
    ...(row.remoteid && { remote_id: row.remoteid }),
    reply_count: 0,
    last_reply_at: 0,
    participants: null,
    metadata: {},
  }
}

/** A new post without anything beside its row, as reading it will show it. */
export function asStored(post: Post): Post {
  const { id, message, type, hashtags } = post
  const [createat, updateat, editat, deleteat] = [post.create_at, post.update_at, post.edit_at, 0]
  const [userid, channelid, rootid, originalid] = [post.user_id, post.channel_id, post.root_id, '']
  const place = { userid, channelid, rootid, originalid }
  const rest = { ispinned: post.is_pinned, props: post.props, fileids: null, hasreactions: false, remoteid: null }
  return postOf({ id, createat, updateat, editat, deleteat, ...place, message, type, hashtags, ...rest })
}

/** File ids as stored: a JSON list, or nothing on old rows. */
function fileIdsOf(stored: string | null): string[] {
  if (!stored || stored === '[]') return []
  try {
    const ids: unknown = JSON.parse(stored)
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}
