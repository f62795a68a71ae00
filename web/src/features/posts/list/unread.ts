import { collapsesThreads, counts } from '../../../store/posts.ts'
import type { Id, State } from '../../../store/state.ts'

/** Whether a channel has posts that I have not read. */
export function isUnread(state: State, channelId: Id): boolean {
  const member = state.channelMembers[channelId]
  const total = state.channelCounts[channelId]
  if (!member || !total) return false
  return collapsesThreads(state) ? total.totalRoot > member.msg_count_root : total.total > member.msg_count
}

/** The first post of a list (oldest first) that came after `readAt` (ms) and was not written by me; undefined when all are read. */
export function firstUnread(state: State, oldestFirst: readonly Id[], readAt: number): Id | undefined {
  return oldestFirst.find((id) => {
    const post = state.posts[id]
    return post && post.create_at > readAt && post.user_id !== state.me && counts(post)
  })
}
