import { expect, test } from 'vitest'
import { receivedChangedPosts } from './changed-posts.ts'
import type { Channel, ServerPost } from './entities.ts'
import { placeArrivals, receivedChannelPosts, receivedThreadPosts } from './load-posts.ts'
import { applyPosted, beginPost } from './optimistic.ts'
import { storePost } from './posts.ts'
import { emptyState } from './state.ts'

const post = (id: string, create_at: number): ServerPost =>
  ({
    id,
    create_at,
    delete_at: 0,
    channel_id: 'c',
    root_id: '',
    user_id: 'u',
    type: '',
    message: id,
    pending_post_id: '',
  }) as ServerPost
const page = (...posts: ServerPost[]) => ({
  order: posts.map(({ id }) => id),
  posts: Object.fromEntries(posts.map((one) => [one.id, one])),
  next_post_id: '',
  prev_post_id: '',
})

test('a post that an event brought while the page was on its way stands above the page', () => {
  const asked = emptyState
  const meanwhile = storePost(asked, post('new', 30))
  const answered = receivedChannelPosts(meanwhile, 'c', page(post('b', 20), post('a', 10)))
  expect(answered.channelPosts['c']?.order).toEqual(['b', 'a'])
  expect(placeArrivals(answered, 'c', asked.posts).channelPosts['c']?.order).toEqual(['new', 'b', 'a'])
})

test('what was known before, and is missing on the page, stays away: it was deleted', () => {
  const asked = storePost(emptyState, post('gone', 30))
  const answered = receivedChannelPosts(asked, 'c', page(post('b', 20), post('a', 10)))
  expect(placeArrivals(answered, 'c', asked.posts).channelPosts['c']?.order).toEqual(['b', 'a'])
})

test('a post that was sent while missed changes were on their way keeps its place, and so does the next unsent one', () => {
  const sent = (pendingId: string) => ({ pendingId, channelId: 'c', rootId: '', message: pendingId, at: 5 })
  const mine = { ...emptyState, me: 'u', channels: { c: { id: 'c', last_post_at: 10 } as Channel } }
  const loaded = receivedChannelPosts(mine, 'c', page(post('a', 10)))
  const asked = beginPost(loaded, sent('mine'))
  const shown = asked.channelPosts['c']!
  const forgotten = { ...asked, channelPosts: {} }
  const confirmed = applyPosted(forgotten, { ...post('new', 30), pending_post_id: 'mine' })
  const meanwhile = beginPost(confirmed, sent('next'))
  const answered = receivedChangedPosts(meanwhile, 'c', shown, page(post('b', 20)))
  const placed = placeArrivals(answered, 'c', asked.posts)
  expect(placed.channelPosts['c']?.order.toSorted()).toEqual(['a', 'b', 'new', 'next'])
})

test('a reply that an event brought while the thread was on its way stays, one that was deleted goes', () => {
  const reply = (id: string, create_at: number) => ({ ...post(id, create_at), root_id: 'root' })
  const list = (...posts: ServerPost[]) => page(post('root', 1), ...posts)
  const asked = receivedThreadPosts(emptyState, 'root', list(reply('a', 2), reply('b', 3)))
  const meanwhile = applyPosted({ ...asked, channels: { c: { id: 'c' } as Channel } }, reply('new', 4))
  const answered = receivedThreadPosts(meanwhile, 'root', list(reply('a', 2)), asked.posts)
  expect(answered.threadPosts['root']).toEqual(['a', 'new'])
  expect(Object.keys(answered.posts).toSorted()).toEqual(['a', 'new', 'root'])
})
