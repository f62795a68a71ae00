import { expect, makeChannel, say, sorted, step, theme, world } from './scenario.ts'
import type { Json } from './scenario.ts'

/** Collapsed threads: who follows, what is unread. */
theme('threads')

let channel: Json
let root: Json
let reply: Json
const threadsOf = (who: 'mina' | 'jun', options: object = {}) =>
  world[who].api.getUserThreads(world[who].id, world.team.id, { extended: true, ...options })

step('a reply goes to the thread and its author follows', async () => {
  channel = await makeChannel(world.mina, 'threads', [world.jun])
  world.mina.socket.clear()
  root = await say(world.mina, channel, '이야기의 처음')
  reply = await say(world.jun, channel, '첫 답글', { root_id: root.id })
  expect(reply).toMatchObject({ root_id: root.id, reply_count: 1 })
  expect((await threadsOf('jun')).threads.map((one: Json) => one.id)).toContain(root.id)
})
step('the reply tells others how many there are', async () => {
  const { data } = await world.mina.socket.heard('posted', (one) => JSON.parse(one.data.post).id === reply.id)
  expect(JSON.parse(data.post)).toMatchObject({ root_id: root.id, reply_count: 1 })
})
step('the author of the first post is told with the numbers', async () => {
  const { data } = await world.mina.socket.heard('thread_updated', (one) => JSON.parse(one.data.thread).id === root.id)
  expect(JSON.parse(data.thread)).toMatchObject({ reply_count: 1, unread_replies: 1 })
})
step('his list shows what is unread', async () => {
  const list = await threadsOf('mina', { unread: true })
  expect(list.threads[0]).toMatchObject({ id: root.id, unread_replies: 1, unread_mentions: 0, reply_count: 1 })
  expect(list.threads[0].participants.map((one: Json) => one.id)).toContain(world.jun.id)
})
step('the totals count threads and mentions', async () => {
  const totals = await threadsOf('mina', { totalsOnly: true })
  expect(totals.total_unread_threads).toBe(1)
  expect(totals.threads ?? []).toEqual([])
})
step('the page of a channel shows roots alone, with the number of replies', async () => {
  const list = await world.mina.api.getPosts(channel.id, 0, 30, true, true, false)
  expect(list.order).toContain(root.id)
  expect(list.order).not.toContain(reply.id)
  expect(list.posts[root.id]).toMatchObject({ reply_count: 1, is_following: true })
})
step('a thread is opened', async () => {
  const thread = await world.mina.api.getPostThread(root.id, true, true, false)
  expect(sorted(Object.keys(thread.posts))).toEqual(sorted([root.id, reply.id]))
})
step('a long thread is read in pages', async () => {
  for (const word of ['하나', '둘', '셋']) await say(world.jun, channel, word, { root_id: root.id })
  const options = { fetchThreads: true, collapsedThreads: true, direction: 'down', perPage: 2 }
  const first = await world.mina.api.getPaginatedPostThread(root.id, options)
  expect(first).toMatchObject({ has_next: true })
  const from = first.posts[first.order.at(-1)]
  const next = { ...options, fromPost: from.id, fromCreateAt: from.create_at }
  expect((await world.mina.api.getPaginatedPostThread(root.id, next)).order[0]).toBe(root.id)
})
step('reading a thread empties its counters', async () => {
  world.mina.socket.clear()
  const thread = await world.mina.api.updateThreadReadForUser(world.mina.id, world.team.id, root.id, Date.now())
  expect([thread.unread_replies, thread.unread_mentions]).toEqual([0, 0])
  const { data } = await world.mina.socket.heard('thread_read_changed')
  expect(data).toMatchObject({ thread_id: root.id, unread_replies: 0 })
})
step('a mention in a reply counts as a mention of the thread', async () => {
  await say(world.jun, channel, '@mina 답 주세요', { root_id: root.id })
  const thread = await world.mina.api.getUserThread(world.mina.id, world.team.id, root.id, true)
  expect([thread.unread_replies, thread.unread_mentions]).toEqual([1, 1])
})
step('a thread is made unread from a reply on', async () => {
  const { id } = world.mina
  await world.mina.api.updateThreadReadForUser(id, world.team.id, root.id, Date.now())
  const thread = await world.mina.api.markThreadAsUnreadForUser(id, world.team.id, root.id, reply.id)
  expect(thread.unread_replies).toBeGreaterThanOrEqual(4)
})
step('who stops following hears no more of it', async () => {
  world.mina.socket.clear()
  await world.mina.api.updateThreadFollowForUser(world.mina.id, world.team.id, root.id, false)
  const { data } = await world.mina.socket.heard('thread_follow_changed')
  expect(data).toMatchObject({ thread_id: root.id, state: false })
  await say(world.jun, channel, '아무도 안 봄', { root_id: root.id })
  await world.mina.socket.settle()
  expect(world.mina.socket.named('thread_updated')).toEqual([])
})
step('who follows again sees it again', async () => {
  await world.mina.api.updateThreadFollowForUser(world.mina.id, world.team.id, root.id, true)
  expect((await threadsOf('mina')).threads.map((one: Json) => one.id)).toContain(root.id)
})
step('all threads of a team are read at once', async () => {
  await world.mina.api.updateThreadsReadForUser(world.mina.id, world.team.id)
  expect(await threadsOf('mina', { totalsOnly: true })).toMatchObject({
    total_unread_threads: 0,
    total_unread_mentions: 0,
  })
})
