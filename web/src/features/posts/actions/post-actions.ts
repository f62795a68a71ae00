import { request } from '../../../client/api.ts'
import { siteAddress } from '../../../client/base-path.ts'
import { deletePreferences, preference, savePreferences } from '../../../client/preferences.ts'
import { getState, update } from '../../../client/store.ts'
import { currentText } from '../../../shell/i18n.tsx'
import { postPath } from '../../../shell/navigate.ts'
import { openPanel } from '../../../shell/panels.ts'
import { currentTeamId } from '../../../shell/place.ts'
import { channelName } from '../../../store/names.ts'
import { collapsesThreads, deletePost, dropPosts } from '../../../store/posts.ts'
import type { Id } from '../../../store/state.ts'
import { showToast } from '../../../ui/toasts.ts'
import { teamOfThread } from '../../threads/follow-thread.ts'
import { messageContext } from '../post/message-context.tsx'
import { showFailure } from '../../../shell/failure.ts'

/** Opens the thread that a reply to the post belongs to, ready to write. */
export function replyTo(postId: Id): void {
  const post = getState().posts[postId]
  if (post) openPanel({ kind: 'thread', rootId: post.root_id || post.id, focusPostId: undefined })
}

/** Pins the post to its channel, or takes it off. */
export async function pin(postId: Id, on: boolean): Promise<void> {
  await asked(() => request('POST', `/posts/${postId}/${on ? 'pin' : 'unpin'}`))
}

/** Keeps the post in my own list, or takes it out. */
export async function save(postId: Id, on: boolean): Promise<void> {
  const choice = { category: 'flagged_post', name: postId, value: 'true' }
  await asked(() => (on ? savePreferences(choice) : deletePreferences(choice)))
}

/** Whether the post is in my own list. */
export const isSaved = (postId: Id): boolean => preference('flagged_post', postId) === 'true'

/** The post and all after it count as unread: in its channel, or for a reply in its thread. */
export async function markUnread(postId: Id): Promise<void> {
  const state = getState()
  const rootId = state.posts[postId]?.root_id
  const inThread = rootId && collapsesThreads(state)
  const path = inThread
    ? `/users/me/teams/${teamOfThread(rootId)}/threads/${rootId}/set_unread/${postId}`
    : `/users/me/posts/${postId}/set_unread`
  await asked(() => request('POST', path, { collapsed_threads_supported: true }))
}

/** Deletes the post, a root with its replies: gone here at once, put back by the server's word if it refuses. */
export async function remove(postId: Id): Promise<void> {
  const post = getState().posts[postId]
  if (!post) return
  if (post.type === 'system_ephemeral') return update((state) => dropPosts(state, [postId]))
  await request('DELETE', `/posts/${postId}`)
  update((state) => (state.posts[postId] ? deletePost(state, post) : state))
}

/** Sends a reminder of the post at a time (ms). */
export async function remind(postId: Id, at: number): Promise<void> {
  await request('POST', `/users/me/posts/${postId}/reminder`, { target_time: Math.floor(at / 1000) })
}

/** Puts the post among the bookmarks of its channel. */
export async function bookmark(postId: Id): Promise<void> {
  const t = currentText()
  const post = getState().posts[postId]
  if (!post) return
  const name = post.message.split('\n')[0]!.slice(0, 64) || channelName(getState(), post.channel_id)
  const body = { display_name: name, link_url: permalink(postId), type: 'link' }
  const done = await asked(() => request('POST', `/channels/${post.channel_id}/bookmarks`, body))
  if (done) showToast(t('posts.bookmarked', 'Added to the channel’s bookmarks'))
}

/** The address of a post that everybody of its channel can open. */
export function permalink(postId: Id): string {
  const { posts, channels } = getState()
  const team = channels[posts[postId]?.channel_id ?? '']?.team_id || currentTeamId()
  const { siteURL } = messageContext(getState())
  return siteURL === '' ? siteAddress(postPath(postId, team)) : `${siteURL}${postPath(postId, team)}`
}

/** Copies the address of a post. */
export const copyLink = (postId: Id): Promise<void> =>
  copy(permalink(postId), currentText()('posts.link_copied', 'Link copied'))

/** Copies what posts say, in the order they were written. */
export function copyText(ids: readonly Id[]): Promise<void> {
  const { posts } = getState()
  const list = ids.flatMap((id) => posts[id] ?? []).toSorted((a, b) => a.create_at - b.create_at)
  return copy(list.map((post) => post.message).join('\n'), currentText()('posts.text_copied', 'Text copied'))
}

async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast(done)
  } catch {
    showToast(currentText()('posts.copy_refused', 'The browser did not allow copying.'), { tone: 'danger' })
  }
}

async function asked(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    showFailure(error)
    return false
  }
}
