import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { writePosts } from './posts.fixture.ts'

let server: TestServer
let browser: Browser
let anna: Person
let jiho: Person
let team: Awaited<ReturnType<TestServer['make']['team']>>

vi.setConfig({ testTimeout: 60_000 })

beforeAll(async () => {
  ;[server, browser] = await Promise.all([TestServer.start(), openBrowser()])
  anna = await server.make.user({ username: 'anna' })
  jiho = await server.make.user({ username: 'jiho' })
  team = await server.make.team([anna, jiho])
})

afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
})

afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function pageOf(person: Person, path: string): Promise<Page> {
  const page = await openPage(browser, server, { person })
  await page.goto(`/${team.name}/${path}`)
  return page
}

const list = (page: Page) => page.getByRole('region', { name: /^Messages in/ })

test('a link opens the channel around the post, and the way to the newest', async () => {
  const { id } = await server.make.channel(team.id, [anna, jiho], { name: 'history', displayName: 'History' })
  const ids = await writePosts(server, id, jiho, 300, (at) => `entry ${at}`)
  await server.as(anna).post('/channels/members/me/view', { channel_id: id })
  const page = await pageOf(anna, `pl/${ids[100]}`)
  const found = list(page).getByRole('article').filter({ hasText: 'entry 100' })
  await found.waitFor()
  await expect.poll(() => page.url(), { timeout: 10_000 }).toContain('/channels/history')
  const [box, frame] = await Promise.all([found.boundingBox(), list(page).boundingBox()])
  expect(box!.y).toBeGreaterThan(frame!.y)
  expect(box!.y + box!.height).toBeLessThan(frame!.y + frame!.height)
  await page.getByRole('button', { name: 'Jump to recent' }).click()
  await list(page).getByText('entry 299').waitFor()
})

test('who is not in the channel is asked before he joins', async () => {
  const { id } = await server.make.channel(team.id, [jiho], { name: 'open', displayName: 'Open house' })
  const { body: post } = await server.as(jiho).post('/posts', { channel_id: id, message: 'come in' })
  const page = await pageOf(anna, `pl/${post.id}`)
  await page.getByRole('heading', { name: 'Join Open house to see the message?' }).waitFor()
  expect((await server.as(anna).get(`/channels/${id}/members/me`)).status).toBe(403)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await list(page).getByText('come in').waitFor()
})

test('a link to a reply opens its thread', async () => {
  const { id } = await server.make.channel(team.id, [anna, jiho], { name: 'deep', displayName: 'Deep' })
  const { body: root } = await server.as(jiho).post('/posts', { channel_id: id, message: 'the root' })
  const { body: reply } = await server
    .as(jiho)
    .post('/posts', { channel_id: id, message: 'the reply', root_id: root.id })
  const page = await pageOf(anna, `pl/${reply.id}`)
  await page.getByRole('complementary').getByText('the reply').waitFor()
  await list(page).getByText('the root').waitFor()
})

test('what is closed and what never was look the same', async () => {
  const { id } = await server.make.channel(team.id, [jiho], { name: 'secret', displayName: 'Secret', type: 'P' })
  const { body: post } = await server.as(jiho).post('/posts', { channel_id: id, message: 'psst' })
  for (const path of [`pl/${post.id}`, `pl/${'x'.repeat(26)}`, 'pl/nonsense']) {
    const page = await pageOf(anna, path)
    await page.getByRole('heading', { name: 'This message cannot be shown' }).waitFor()
    expect(await page.getByText('Secret').count()).toBe(0)
    await page.getByRole('button', { name: 'Go to my channels' }).click()
    await list(page).waitFor()
  }
})
