/* oxlint-disable vitest/expect-expect -- `watch.expect` is the assertion */
import { afterAll, beforeAll, test } from 'vitest'
import type { Client } from '../../testkit/client.ts'
import { done, startWorld } from './world.ts'
import type { World } from './world.ts'

// What is a person's own: heard on all devices of that person and by nobody else.

type Made = { id: string; type: string }

let world: World
let ben: Client
const onlyBen = { unseenBy: ['anna', 'olga'] }

beforeAll(async () => {
  world = await startWorld(({ server, anna, ben: other }) => server.make.direct(anna, other))
  ben = world.server.as(world.ben)
})
afterAll(() => world?.stop())

test('preferences are saved and deleted', async () => {
  const preference = { user_id: world.ben.id, category: 'display_settings', name: 'use_military_time', value: 'true' }
  await world.watch.expect(() => done(ben.put('/users/me/preferences', [preference])), {
    says: ['preferences_changed', 'sidebar_category_updated'],
    ...onlyBen,
  })
  await world.watch.expect(() => done(ben.post('/users/me/preferences/delete', [preference])), {
    says: ['preferences_deleted'],
    ...onlyBen,
  })
})

test('a channel becomes a favourite by preference and stops being one', async () => {
  const favorite = { user_id: world.ben.id, category: 'favorite_channel', name: world.team.offTopic, value: 'true' }
  await world.watch.expect(() => done(ben.put('/users/me/preferences', [favorite])), onlyBen)
  await world.watch.expect(() => done(ben.post('/users/me/preferences/delete', [favorite])), onlyBen)
})

test('categories are made, filled, muted, ordered and deleted', async () => {
  const path = `/users/me/teams/${world.team.id}/channels/categories`
  const { id: userId } = world.ben
  const fresh = {
    user_id: userId,
    team_id: world.team.id,
    display_name: 'Work',
    type: 'custom',
    channel_ids: [world.team.offTopic],
  }
  let made: Made = { id: '', type: '' }
  await world.watch.expect(async () => (made = await done(ben.post(path, fresh))), {
    says: ['sidebar_category_created'],
    ...onlyBen,
  })
  const { categories, order } = await done(ben.get(path))
  const of = (type: string) => categories.find((one: Made) => one.type === type)
  const both = [world.team.offTopic, world.team.townSquare]
  await world.watch.expect(() => done(ben.put(path, [{ ...made, channel_ids: both }])), {
    says: ['sidebar_category_updated'],
    ...onlyBen,
  })
  await world.watch.expect(
    () => done(ben.put(path, [{ ...made, channel_ids: both.toReversed(), muted: true, collapsed: true }])),
    {
      says: ['channel_member_updated'],
      ...onlyBen,
    },
  )
  await world.watch.expect(
    () => done(ben.put(`${path}/${made.id}`, { ...made, channel_ids: [world.team.townSquare] })),
    onlyBen,
  )
  const favorites = { ...of('favorites'), channel_ids: [world.team.townSquare] }
  await world.watch.expect(() => done(ben.put(path, [favorites])), { says: ['preferences_changed'], ...onlyBen })
  await world.watch.expect(() => done(ben.put(path, [{ ...favorites, channel_ids: [] }])), {
    says: ['preferences_deleted'],
    ...onlyBen,
  })
  await done(ben.put(path, [favorites]))
  const taking = { ...fresh, display_name: 'Takes a favourite', channel_ids: [world.team.townSquare] }
  let taken: Made = { id: '', type: '' }
  await world.watch.expect(async () => (taken = await done(ben.post(path, taking))), {
    says: ['sidebar_category_created', 'preferences_deleted'],
    ...onlyBen,
  })
  await done(ben.delete(`${path}/${taken.id}`))
  const reordered = [order[0], ...order.slice(1).toReversed()]
  await world.watch.expect(() => done(ben.put(`${path}/order`, reordered)), {
    says: ['sidebar_category_order_updated'],
    ...onlyBen,
  })
  await world.watch.expect(() => done(ben.delete(`${path}/${made.id}`)), {
    says: ['sidebar_category_deleted'],
    ...onlyBen,
  })
})

test('drafts are written, changed, deleted, and used up by sending', async () => {
  const draft = { user_id: world.ben.id, channel_id: world.team.townSquare, root_id: '', message: 'begun' }
  await world.watch.expect(() => done(ben.post('/drafts', draft)), { says: ['draft_created'], ...onlyBen })
  await world.watch.expect(() => done(ben.post('/drafts', { ...draft, message: 'begun, and more' })), onlyBen)
  await world.watch.expect(() => done(ben.delete(`/users/me/channels/${world.team.townSquare}/drafts`)), {
    says: ['draft_deleted'],
    ...onlyBen,
  })
  const root = await done(ben.post('/posts', { channel_id: world.team.townSquare, message: 'root' }))
  await world.watch.expect(() => done(ben.post('/drafts', { ...draft, root_id: root.id })), onlyBen)
  await world.watch.expect(() => done(ben.delete(`/posts/${root.id}`)), { says: ['post_deleted'], unseenBy: ['olga'] })
})

test('posts are scheduled, changed, taken back and sent', async () => {
  const at = Date.now() + 3_600_000
  const sent = { user_id: world.ben.id, channel_id: world.team.townSquare, message: 'later', scheduled_at: at }
  let post = { id: '' }
  await world.watch.expect(async () => (post = await done(ben.post('/posts/schedule', sent))), {
    says: ['scheduled_post_created'],
    ...onlyBen,
  })
  const changed = { ...post, message: 'much later' }
  await world.watch.expect(() => done(ben.put(`/posts/schedule/${post.id}`, changed)), {
    says: ['scheduled_post_updated'],
    ...onlyBen,
  })
  await world.watch.expect(() => done(ben.delete(`/posts/schedule/${post.id}`)), {
    says: ['scheduled_post_deleted'],
    ...onlyBen,
  })
  const { ScheduledPostSender } = await import('../../server/src/scheduled-posts/scheduled-post-sender.ts')
  const sender = new ScheduledPostSender(world.server.app)
  await done(ben.post('/posts/schedule', sent))
  await world.watch.expect(() => sender.run(at + 1), { says: ['scheduled_post_deleted', 'posted'], unseenBy: ['olga'] })
})
