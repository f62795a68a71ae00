import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person
let outsider: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start({
    config: { ServiceSettings: { CollapsedThreads: 'always_on', SiteURL: 'https://chat.example.com' } },
  })
  ;[anna, ben, outsider] = await Promise.all([server.make.user(), server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

let root: { id: string; message: string }
beforeEach(async () => {
  root = await post(anna, 'a root')
})

async function post(author: Person, message: string, root_id = '') {
  const { status, body } = await server.as(author).post('/posts', { channel_id: team.townSquare, message, root_id })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
const threadsOf = (person: Person, query = '') =>
  server.as(person).get(`/users/${person.id}/teams/${team.id}/threads?extended=true${query}`)
const threadPath = (person: Person, rest = '') => `/users/${person.id}/teams/${team.id}/threads/${root.id}${rest}`

test('a reply makes its author and the root author follow, and is unread for the latter', async () => {
  const socket = await server.socket(anna)
  await post(ben, 'a reply', root.id)
  const update = await socket.heard('thread_updated')
  expect(JSON.parse(update.data.thread)).toMatchObject({ id: root.id, reply_count: 1, unread_replies: 1 })
  await socket.settle()
  const mine = await threadsOf(anna)
  expect(mine.body.threads[0]).toMatchObject({ id: root.id, unread_replies: 1, participants: [{ id: ben.id }] })
  const his = await threadsOf(ben)
  expect(his.body.threads.find((one: { id: string }) => one.id === root.id)).toMatchObject({ unread_replies: 0 })
})

test('reading a thread up to a time leaves what is newer unread', async () => {
  const first = await post(ben, 'one', root.id)
  await new Promise((resolve) => setTimeout(resolve, 2))
  await post(ben, `two @${anna.username}`, root.id)
  const socket = await server.socket(anna)
  const { body } = await server.as(anna).put(threadPath(anna, `/read/${first.create_at}`))
  expect(body).toMatchObject({ unread_replies: 1, unread_mentions: 1 })
  const changed = await socket.heard('thread_read_changed')
  expect(changed.data).toMatchObject({ thread_id: root.id, unread_replies: 1, previous_unread_replies: 2 })
  const all = await server.as(anna).put(threadPath(anna, `/read/${Date.now() + 1000}`))
  expect(all.body).toMatchObject({ unread_replies: 0, unread_mentions: 0 })
})

test('setting a thread unread from a post counts from there', async () => {
  await post(ben, 'one', root.id)
  const second = await post(ben, 'two', root.id)
  await server.as(anna).put(threadPath(anna, `/read/${Date.now() + 1000}`))
  const { body } = await server.as(anna).post(threadPath(anna, `/set_unread/${second.id}`))
  expect(body.unread_replies).toBeGreaterThanOrEqual(1)
})

test('unfollowing keeps a thread away until it is followed again', async () => {
  await post(ben, 'one', root.id)
  const socket = await server.socket(anna)
  expect((await server.as(anna).delete(threadPath(anna, '/following'))).status).toBe(200)
  const changed = await socket.heard('thread_follow_changed')
  expect(changed.data).toMatchObject({ thread_id: root.id, state: false })
  expect((await server.as(anna).get(threadPath(anna))).status).toBe(404)
  await post(ben, 'two', root.id)
  expect((await server.as(anna).get(threadPath(anna))).status).toBe(404)
  await post(ben, `but @${anna.username}`, root.id)
  expect((await server.as(anna).get(threadPath(anna))).status).toBe(200)
})

test('totals count unread threads and mentions; all can be read at once', async () => {
  await post(ben, `hello @${anna.username}`, root.id)
  const before = await threadsOf(anna, '&totalsOnly=true')
  expect(before.body.total_unread_threads).toBeGreaterThan(0)
  expect(before.body.total_unread_mentions).toBeGreaterThan(0)
  expect(before.body.threads).toEqual([])
  await server.as(anna).put(`/users/${anna.id}/teams/${team.id}/threads/read`)
  const after = await threadsOf(anna, '&totalsOnly=true')
  expect(after.body).toMatchObject({ total_unread_threads: 0, total_unread_mentions: 0 })
  expect((await threadsOf(anna, '&unread=true')).body.threads).toEqual([])
})

test('pages go on behind a thread, newest first', async () => {
  for (let i = 0; i < 3; i++) {
    root = await post(anna, `root ${i}`)
    await post(ben, 'reply', root.id)
  }
  const first = await threadsOf(anna, '&per_page=2')
  const ids = first.body.threads.map((one: { id: string }) => one.id)
  expect(ids[0]).toBe(root.id)
  const next = await threadsOf(anna, `&per_page=2&before=${ids[1]}`)
  expect(next.body.threads.map((one: { id: string }) => one.id)).not.toContain(ids[1])
})

test('no thread is lost between pages when several were answered in the same millisecond', async () => {
  const roots: string[] = []
  for (let i = 0; i < 4; i++) {
    root = await post(anna, `root ${i}`)
    await post(ben, 'reply', root.id)
    roots.push(root.id)
  }
  const lastreplyat = Date.now() + 60_000
  await server.app.db.updateTable('threads').set({ lastreplyat }).where('postid', 'in', roots).execute()
  const page = async (query: string) => idsOf(await threadsOf(anna, `&per_page=2${query}`))
  const first = await page('')
  const second = await page(`&before=${first[1]}`)
  expect([...first, ...second]).toEqual(roots.toSorted())
  expect(await page(`&after=${second[0]}`)).toEqual(first)
  await server.app.db.updateTable('threads').set({ lastreplyat: 1 }).where('postid', 'in', roots).execute()
})

const idsOf = ({ body }: { body: { threads: { id: string }[] } }) => body.threads.map((one) => one.id)

test('a followed post is a thread only while it has replies', async () => {
  const before = await threadsOf(anna)
  await server.as(anna).put(threadPath(anna, '/following'))
  const without = await threadsOf(anna)
  expect([idsOf(without).includes(root.id), without.body.total]).toEqual([false, before.body.total])
  expect((await server.as(anna).get(threadPath(anna))).status).toBe(404)
  expect((await server.as(anna).put(threadPath(anna, `/read/${Date.now()}`))).status).toBe(200)
  const reply = await post(ben, 'one', root.id)
  expect(idsOf(await threadsOf(anna))).toContain(root.id)
  await server.as(ben).delete(`/posts/${reply.id}`)
  expect(idsOf(await threadsOf(anna))).not.toContain(root.id)
})

test('a deleted reply mentions nobody any more', async () => {
  await server.as(anna).put(`/users/${anna.id}/teams/${team.id}/threads/read`)
  const reply = await post(ben, `hello @${anna.username}`, root.id)
  const other = await post(ben, `again @${anna.username}`, root.id)
  await server.as(ben).delete(`/posts/${reply.id}`)
  expect((await server.as(anna).get(threadPath(anna))).body).toMatchObject({ unread_replies: 1, unread_mentions: 1 })
  await server.as(ben).delete(`/posts/${other.id}`)
  expect((await threadsOf(anna, '&totalsOnly=true')).body).toMatchObject({
    total_unread_threads: 0,
    total_unread_mentions: 0,
  })
})

test('clients that were away learn which threads are deleted, and nothing else of them', async () => {
  const reply = await post(ben, 'one', root.id)
  const since = reply.create_at + 1
  await server.app.db.updateTable('threadmemberships').set({ lastupdated: 1 }).where('postid', '=', root.id).execute()
  expect(idsOf(await threadsOf(anna, `&since=${since}&deleted=true`))).not.toContain(root.id)
  await new Promise((resolve) => setTimeout(resolve, 2))
  await server.as(anna).delete(`/posts/${root.id}`)
  const { body } = await threadsOf(anna, `&since=${since}&deleted=true`)
  const gone = body.threads.find((one: { id: string }) => one.id === root.id)
  expect([gone.delete_at > since, gone.post.delete_at]).toEqual([true, gone.delete_at])
  expect(gone.post).toMatchObject({ user_id: anna.id, message: '', props: {}, metadata: {} })
  expect(idsOf(await threadsOf(anna, `&since=${since}`))).not.toContain(root.id)
})

test.each(['D', 'G'] as const)(
  'in a channel of type %s every reply that becomes unread again is a mention',
  async (type) => {
    const direct = type === 'D' ? await server.make.direct(anna, ben) : undefined
    const { id: channel_id } = direct ?? (await server.make.channel('', [anna, ben, outsider], { type }))
    root = (await server.as(anna).post('/posts', { channel_id, message: 'root' })).body
    const { body: reply } = await server.as(ben).post('/posts', { channel_id, message: 'reply', root_id: root.id })
    const one = { unread_replies: 1, unread_mentions: 1 }
    expect((await server.as(anna).get(threadPath(anna))).body).toMatchObject(one)
    await server.as(anna).put(threadPath(anna, `/read/${Date.now() + 1000}`))
    expect((await server.as(anna).post(threadPath(anna, `/set_unread/${reply.id}`))).body).toMatchObject(one)
    await server.as(anna).put(threadPath(anna, `/read/${Date.now() + 1000}`))
    await server.as(anna).post(`/users/me/posts/${reply.id}/set_unread`, { collapsed_threads_supported: true })
    expect((await server.as(anna).get(threadPath(anna))).body).toMatchObject(one)
  },
)

test('nobody reads or moves the threads of others', async () => {
  await post(ben, 'one', root.id)
  for (const person of [ben, outsider]) {
    expect((await server.as(person).get(`/users/${anna.id}/teams/${team.id}/threads`)).status).toBe(403)
    expect((await server.as(person).put(threadPath(anna, '/read/1'))).status).toBe(403)
  }
  expect((await server.as(outsider).get(threadPath(outsider))).status).toBe(403)
  expect((await server.as(anna).put(threadPath(anna, '/read/abc'))).status).toBe(400)
})

test('somebody who left the channel no longer sees its threads', async () => {
  const channel = await server.make.channel(team.id, [anna, ben], { type: 'P' })
  const started = await server.as(anna).post('/posts', { channel_id: channel.id, message: 'private root' })
  await server.as(ben).post('/posts', { channel_id: channel.id, message: 'reply', root_id: started.body.id })
  await server.as(anna).delete(`/channels/${channel.id}/members/${anna.id}`)
  const { body } = await threadsOf(anna, '&per_page=200')
  expect(body.threads.map((one: { id: string }) => one.id)).not.toContain(started.body.id)
})

describe('the root that comes with thread_updated', () => {
  const rootHeard = async (socket: Awaited<ReturnType<typeof server.socket>>) => {
    const { data } = await socket.heard('thread_updated', (one) => JSON.parse(one.data.thread).id === root.id)
    return JSON.parse(data.thread).post
  }
  /** What a follower hears of the root, by way of a reply and of setting the thread unread. */
  async function heardBy(person: Person) {
    const socket = await server.socket(person)
    const reply = await post(anna, 'another', root.id)
    const replied = await rootHeard(socket)
    socket.clear()
    const unread = { collapsed_threads_supported: true }
    expect((await server.as(person).post(`/users/me/posts/${reply.id}/set_unread`, unread)).status).toBe(200)
    const setBack = await rootHeard(socket)
    await socket.settle()
    socket.close()
    return [replied, setBack]
  }

  test('has its files, reactions, priority and acknowledgements', async () => {
    const form = new FormData()
    form.set('channel_id', team.townSquare)
    form.set('files', new File(['x'], 'x.txt'))
    const fileId = (await server.as(anna).call('POST', '/files', form)).body.file_infos[0].id
    const priority = { priority: 'important', requested_ack: true }
    const draft = { channel_id: team.townSquare, message: 'look', file_ids: [fileId], metadata: { priority } }
    root = (await server.as(anna).post('/posts', draft)).body
    await post(ben, 'mine', root.id)
    await server.as(ben).post('/reactions', { user_id: ben.id, post_id: root.id, emoji_name: 'smile' })
    await server.as(ben).post(`/users/me/posts/${root.id}/ack`)
    for (const heard of await heardBy(ben)) {
      expect(heard.metadata).toMatchObject({
        files: [{ id: fileId, name: 'x.txt' }],
        reactions: [{ user_id: ben.id, emoji_name: 'smile' }],
        priority,
        acknowledgements: [{ user_id: ben.id }],
      })
    }
  })

  test.each(['reaction', 'priority', 'acknowledgement'])('has its %s alone', async (kind) => {
    const priority = { priority: 'important' }
    const draft = { channel_id: team.townSquare, message: 'x', ...(kind === 'priority' && { metadata: { priority } }) }
    root = (await server.as(anna).post('/posts', draft)).body
    await post(ben, 'mine', root.id)
    const reaction = { user_id: ben.id, post_id: root.id, emoji_name: 'smile' }
    if (kind === 'reaction') await server.as(ben).post('/reactions', reaction)
    if (kind === 'acknowledgement') await server.as(ben).post(`/users/me/posts/${root.id}/ack`)
    const key = kind === 'priority' ? kind : `${kind}s`
    for (const heard of await heardBy(ben)) expect(Object.keys(heard.metadata)).toEqual([key])
  })

  test('shows a post elsewhere only to those who may read it', async () => {
    const secret = await server.make.channel(team.id, [anna], { type: 'P' })
    const hidden = await server.as(anna).post('/posts', { channel_id: secret.id, message: 'hidden words' })
    root = await post(anna, `see https://chat.example.com/team/pl/${hidden.body.id}`)
    await post(ben, 'mine', root.id)
    for (const heard of await heardBy(anna)) expect(JSON.stringify(heard)).toContain('hidden words')
    for (const heard of await heardBy(ben)) {
      expect(heard.message).toBe(root.message)
      expect(JSON.stringify(heard)).not.toContain('hidden words')
    }
  })
})
