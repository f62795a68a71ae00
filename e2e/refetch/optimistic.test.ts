import { expect, test } from 'vitest'
import { applyEvent } from '../../web/src/store/apply-event.ts'
import type { ChannelMember, ServerChannel, ServerPost, User } from '../../web/src/store/entities.ts'
import { receivedChannelPosts } from '../../web/src/store/load-posts.ts'
import { receivedChannelMembers, receivedChannels, receivedMe } from '../../web/src/store/load.ts'
import { applyPosted, beginPost, discardPost, failPost } from '../../web/src/store/optimistic.ts'
import { emptyState } from '../../web/src/store/state.ts'
import type { State } from '../../web/src/store/state.ts'

const PENDING = 'me:100'

/** I am in a channel without posts, and see threads collapsed. */
function begin(): State {
  const me = { id: 'me', username: 'me', roles: '' } as User
  const channel = { id: 'ch', team_id: '', total_msg_count: 0, total_msg_count_root: 0, last_post_at: 0 }
  const member = { channel_id: 'ch', user_id: 'me', roles: '', msg_count: 0, msg_count_root: 0, last_viewed_at: 0 }
  const empty = { order: [], posts: {}, next_post_id: '', prev_post_id: '' }
  let state = receivedMe({ ...emptyState, config: { CollapsedThreads: 'always_on' } }, me)
  state = receivedChannels(state, [{ ...channel, last_root_post_at: 0 } as unknown as ServerChannel])
  state = receivedChannelMembers(state, [
    { ...member, mention_count: 0, mention_count_root: 0, urgent_mention_count: 0 } as ChannelMember,
  ])
  return receivedChannelPosts(state, 'ch', empty)
}

const sent = { pendingId: PENDING, channelId: 'ch', rootId: '', message: 'hello', at: 100 }

function real(id = 'p1', more: Partial<ServerPost> = {}): ServerPost {
  const times = { create_at: 250, update_at: 250, edit_at: 0, delete_at: 0 }
  const from = { user_id: 'me', channel_id: 'ch', root_id: '', message: 'hello', type: '' as const }
  return {
    id,
    ...times,
    ...from,
    pending_post_id: PENDING,
    props: {},
    metadata: {},
    reply_count: 0,
    ...more,
  } as ServerPost
}

const posted = (state: State, post: ServerPost, data: object = {}): State =>
  applyEvent(state, {
    event: 'posted',
    data: { post: JSON.stringify(post), ...data },
    broadcast: { user_id: '', channel_id: 'ch', team_id: '' },
  })

test('a sent post is seen at once, and counts only when the server has it', () => {
  const state = beginPost(begin(), sent)
  expect(state.channelPosts['ch']?.order).toEqual([PENDING])
  expect(state.posts[PENDING]).toMatchObject({ message: 'hello', user_id: 'me', pending_post_id: PENDING })
  expect(state.channelCounts['ch']).toEqual({ total: 0, totalRoot: 0 })
})

test('answer first or event first: the same state, counted once, read by its author', () => {
  const pending = beginPost(begin(), sent)
  const answerFirst = posted(applyPosted(pending, real()), real())
  const eventFirst = applyPosted(posted(pending, real()), real())
  expect(answerFirst).toEqual(eventFirst)
  expect(answerFirst.channelPosts['ch']?.order).toEqual(['p1'])
  expect(answerFirst.posts[PENDING]).toBeUndefined()
  expect(answerFirst.channelCounts['ch']).toEqual({ total: 1, totalRoot: 1 })
  expect(answerFirst.channelMembers['ch']).toMatchObject({ msg_count: 1, msg_count_root: 1, last_viewed_at: 250 })
})

test('the same post of my other device comes without a pending one', () => {
  const state = posted(begin(), real())
  expect(state.channelPosts['ch']?.order).toEqual(['p1'])
})

test('a failed post stays marked, can be sent again under its id, and be discarded', () => {
  const failed = failPost(beginPost(begin(), sent), PENDING)
  expect(failed.posts[PENDING]?.failed).toBe(true)
  const again = beginPost(failed, { ...sent, at: 200 })
  expect(again.posts[PENDING]?.failed).toBeUndefined()
  expect(again.channelPosts['ch']?.order).toEqual([PENDING])
  expect(posted(again, real()).channelPosts['ch']?.order).toEqual(['p1'])
  expect(discardPost(failed, PENDING)).toMatchObject({ posts: {}, channelPosts: { ch: { order: [] } } })
})

test('the connection broke after the server had the post: the event wins over the failure', () => {
  const arrived = posted(beginPost(begin(), sent), real())
  expect(failPost(arrived, PENDING)).toBe(arrived)
  const late = posted(failPost(beginPost(begin(), sent), PENDING), real())
  expect(late.channelPosts['ch']?.order).toEqual(['p1'])
  expect(late.posts['p1']?.failed).toBeUndefined()
})

test('somebody else cannot make my pending post vanish', () => {
  const state = posted(beginPost(begin(), sent), real('p2', { user_id: 'other' }))
  expect(state.posts[PENDING]).toBeDefined()
})

test('posts of others arrive before and after mine, whatever the clock of this machine says', () => {
  const ahead = beginPost(begin(), { ...sent, at: 10_000 })
  const other = posted(ahead, real('p0', { user_id: 'other', create_at: 240, pending_post_id: '' }))
  expect(other.channelPosts['ch']?.order).toEqual([PENDING, 'p0'])
  expect(posted(other, real()).channelPosts['ch']?.order).toEqual(['p1', 'p0'])
})

test('a reply is drawn in its thread, not in the channel', () => {
  const rooted = posted(begin(), real('root', { pending_post_id: '' }))
  const pending = beginPost(rooted, { ...sent, rootId: 'root' })
  expect([pending.channelPosts['ch']?.order, pending.threadPosts['root']]).toEqual([['root'], [PENDING]])
  const reply = real('r1', { root_id: 'root', create_at: 260 })
  for (const state of [posted(applyPosted(pending, reply), reply), applyPosted(posted(pending, reply), reply)]) {
    expect(state.threadPosts['root']).toEqual(['r1'])
    expect(state.threads['root']).toMatchObject({ replyCount: 1, lastReplyAt: 260, participants: ['me'] })
    expect(state.channelCounts['ch']).toEqual({ total: 2, totalRoot: 1 })
  }
})

test('a mention counts once', () => {
  const other = real('p3', { user_id: 'other', pending_post_id: '' })
  const mentioned = posted(begin(), other, { mentions: '["me"]' })
  expect(posted(mentioned, other, { mentions: '["me"]' }).channelMembers['ch']?.mention_count).toBe(1)
})

test('a page fetched meanwhile holds the post before its channel has counted it', () => {
  const page = { order: ['p1'], posts: { p1: real() }, next_post_id: '', prev_post_id: '' }
  const state = posted(receivedChannelPosts(begin(), 'ch', page), real())
  expect(state.channelCounts['ch']).toEqual({ total: 1, totalRoot: 1 })
})

test('while an older stretch is shown, new posts are kept out of it and still counted', () => {
  const page = { order: [], posts: {}, next_post_id: 'newer', prev_post_id: '' }
  const state = posted(receivedChannelPosts(begin(), 'ch', page), real())
  expect(state.channelPosts['ch']?.order).toEqual([])
  expect(state.channelCounts['ch']).toEqual({ total: 1, totalRoot: 1 })
})
