import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { queriesOf } from '../../../testkit/queries.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { Post, PostList } from './post.ts'

let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let team: { id: string; townSquare: string; offTopic: string }
let channel: { id: string }

beforeAll(async () => {
  const env = { MM_FEATUREFLAGS_MOVETHREADSENABLED: 'true' }
  server = await TestServer.start({ env, config: { ServiceSettings: { EnableAPIPostDeletion: true } } })
  ;[anna, ben, admin] = await Promise.all([server.make.user(), server.make.user(), server.make.admin()])
  team = await server.make.team([anna, ben, admin])
  channel = await server.make.channel(team.id, [anna, ben, admin])
})
afterAll(() => server.stop())

async function say(message: string, more: object = {}, who = anna): Promise<Post> {
  const { body } = await server.as(who).post('/posts', { channel_id: channel.id, message, ...more })
  return body
}

/** A page of 90 comes from what is kept, one of 200 from the database: they must not differ. */
async function same(path = `/channels/${channel.id}/posts`): Promise<PostList> {
  for (const mode of [
    '',
    '&skipFetchThreads=true',
    '&collapsedThreads=true',
    '&collapsedThreads=true&skipFetchThreads=true',
  ]) {
    const kept = await server.as(ben).get(`${path}?per_page=90${mode}`)
    const read = await server.as(ben).get(`${path}?per_page=200${mode}`)
    expect(kept.body).toEqual(read.body)
    expect(kept.headers.get('etag')).toBe(read.headers.get('etag'))
  }
  return (await server.as(ben).get(`${path}?per_page=90`)).body
}

const changes: [string, () => Promise<unknown>][] = [
  ['a post', () => say('one')],
  ['a post with everything', () => say('<b> & :smile: https://example.com #tag **bold**', { props: { b: 1, a: [2] } })],
  ['many posts at once', () => Promise.all(Array.from({ length: 8 }, (_, i) => say(`many ${i}`)))],
  ['a post of a program, of long ago', () => say('old', { create_at: 1_600_000_000_000 }, admin)],
  ['an urgent post', () => say('now', { metadata: { priority: { priority: 'urgent', requested_ack: true } } })],
  ['an edit', async () => change('put', `/posts/${(await say('typo')).id}/patch`, { message: 'tpyo' })],
  ['a pin', async () => change('post', `/posts/${(await say('pin')).id}/pin`)],
  ['an acknowledgement', async () => change('post', `/users/me/posts/${(await say('ack')).id}/ack`)],
  ['a reply', async () => say('reply', { root_id: (await say('root')).id }, ben)],
  ['an edited reply', async () => change('put', `/posts/${(await replyTo('a')).id}/patch`, { message: 'b' })],
  ['a deleted reply', async () => change('delete', `/posts/${(await replyTo('c')).id}`)],
  ['a deleted post', async () => change('delete', `/posts/${(await say('gone')).id}`)],
  ['a header', () => server.as(anna).put(`/channels/${channel.id}/patch`, { header: 'new' })],
]

const replyTo = async (message: string): Promise<Post> => say('answer', { root_id: (await say(message)).id })

/** The post must be kept before it changes, or nothing would be tested. */
async function change(method: 'put' | 'post' | 'delete', path: string, body?: object): Promise<void> {
  await same()
  const answer = await (method === 'delete' ? server.as(anna).delete(path) : server.as(anna)[method](path, body))
  expect(answer.status).toBe(200)
}

describe('what is kept of a channel is what the database holds', () => {
  test.each(changes)('after %s', async (_name, work) => {
    await same()
    await work()
    expect((await same()).order).not.toEqual([])
  })

  test('after reactions come and go', async () => {
    const post = await say('react')
    const reaction = { user_id: ben.id, post_id: post.id, emoji_name: 'heart' }
    await same()
    expect((await server.as(ben).post('/reactions', reaction)).status).toBe(200)
    expect((await same()).posts[post.id]!.metadata.reactions).toHaveLength(1)
    expect((await server.as(ben).delete(`/users/me/posts/${post.id}/reactions/heart`)).status).toBe(200)
    expect((await same()).posts[post.id]!.metadata.reactions).toBeUndefined()
  })

  test('after several people react, again too, and a reaction comes back', async () => {
    const post = await say('popular')
    const add = (who: Person, emoji_name: string) =>
      server.as(who).post('/reactions', { user_id: who.id, post_id: post.id, emoji_name })
    await same()
    for (const name of ['heart', '+1', 'heart']) expect((await add(ben, name)).status).toBe(200)
    await Promise.all([add(anna, 'heart'), add(admin, '+1')])
    expect((await same()).posts[post.id]!.metadata.reactions).toHaveLength(4)
    await server.as(ben).delete(`/users/me/posts/${post.id}/reactions/heart`)
    await same()
    await add(ben, 'heart')
    expect((await same()).posts[post.id]!.metadata.reactions).toHaveLength(4)
  })

  test('after a thread moved, in both channels', async () => {
    const root = await say('mover')
    await say('moved with it', { root_id: root.id })
    const other = `/channels/${team.townSquare}/posts`
    await Promise.all([same(), same(other)])
    const answer = await server.as(admin).post(`/posts/${root.id}/move`, { channel_id: team.townSquare })
    expect(answer.status).toBe(200)
    expect((await same()).order).not.toContain(root.id)
    expect((await same(other)).order).toContain(root.id)
  })

  test('after a post was erased', async () => {
    const post = await say('erased')
    await same()
    expect((await server.as(admin).delete(`/posts/${post.id}?permanent=true`)).status).toBe(200)
    expect((await same()).order).not.toContain(post.id)
  })
})

test('a reaction is added to what is kept: the next page asks the database for no post', async () => {
  const post = await say('cheap')
  const page = (size: number) => server.as(ben).get(`/channels/${channel.id}/posts?per_page=${size}`)
  await page(1)
  await server.as(ben).post('/reactions', { user_id: ben.id, post_id: post.id, emoji_name: 'tada' })
  // Others ask at the same time, such as the search index; only a page asks for whole posts and their reactions.
  const asked = async (size: number) =>
    (await queriesOf(server, () => page(size))).filter((text) => /posts\.\*|from "?reactions/i.test(text))
  expect(await asked(1)).toEqual([])
  expect(await asked(200)).not.toEqual([])
})

test('posts and readers at the same time: nobody misses his own post', async () => {
  const write = async (who: Person) => {
    for (let i = 0; i < 6; i++) {
      const post = await say(`race ${i}`, {}, who)
      const { body } = await server.as(who).get(`/channels/${channel.id}/posts?per_page=60`)
      expect(body.order).toContain(post.id)
      const reaction = { user_id: who.id, post_id: post.id, emoji_name: 'eyes' }
      expect((await server.as(who).post('/reactions', reaction)).status).toBe(200)
      const again = await server.as(who).get(`/channels/${channel.id}/posts?per_page=60`)
      expect(again.body.posts[post.id].metadata.reactions).toHaveLength(1)
    }
  }
  await Promise.all([write(anna), write(ben), write(admin)])
  await same()
})

test('what others wrote into the database is seen within seconds', async () => {
  const post = await say('behind the back')
  await same()
  await server.app.db
    .updateTable('posts')
    .set({ message: 'changed', updateat: Date.now() + 1 })
    .where('id', '=', post.id)
    .execute()
  const message = async () => {
    const { body } = await server.as(ben).get(`/channels/${channel.id}/posts?per_page=90`)
    return body.posts[post.id].message
  }
  await expect.poll(message, { timeout: 10_000 }).toBe('changed')
})
