import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { newPost } from './post.ts'
import { insertPosts } from './posts.store.ts'

let server: TestServer
let anna: Person
let channel: { id: string }

/** Old posts, some of them of one millisecond: only a channel that has been quiet keeps its page anchors. */
beforeAll(async () => {
  server = await TestServer.start()
  anna = await server.make.user()
  const team = await server.make.team([anna])
  channel = await server.make.channel(team.id, [anna])
  const posts = Array.from({ length: 23 }, (_, i) => {
    const create_at = 1_700_000_000_000 + Math.floor(i / 3)
    return newPost({ id: newId(), create_at, user_id: anna.id, channel_id: channel.id, message: `${i}` })
  })
  await insertPosts(server.app.db, posts, [], [])
})
afterAll(() => server.stop())

async function page(number: number): Promise<string[]> {
  const { body } = await server.as(anna).get(`/channels/${channel.id}/posts?page=${number}&per_page=5`)
  return body.order
}

test('pages read one after the other hold every post once, in order, like pages read alone', async () => {
  const alone = await page(3)
  const pages = []
  for (let number = 0; number < 5; number++) pages.push(await page(number))
  expect(pages[3]).toEqual(alone)
  expect(new Set(pages.flat()).size).toBe(23)
  expect(pages.map((ids) => ids.length)).toEqual([5, 5, 5, 5, 3])
})

test('a new post shifts the pages at once', async () => {
  const before = await page(0)
  expect((await page(1)).length).toBe(5)
  await server.as(anna).post('/posts', { channel_id: channel.id, message: 'new' })
  const after = await page(1)
  expect(after[0]).toBe(before[4])
})
