import { expect, test } from 'vitest'
import type { ServerPost } from './entities.ts'
import { placeArrivals, receivedChannelPosts } from './load-posts.ts'
import { storePost } from './posts.ts'
import { emptyState } from './state.ts'

const post = (id: string, create_at: number): ServerPost =>
  ({
    id,
    create_at,
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
