import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { listenIn } from './notices.fixture.ts'

/** News need a moment; how long is nobody's concern. */
const SOON = { timeout: 10_000 }

let browser: Browser
let server: TestServer
let anna: Person

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await server.make.user({ username: 'anna' })
  await server.make.team([anna], { name: 'garden' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** What a page tells the server about its reader: here (true) or away. */
function reportsOf(page: Page): boolean[] {
  const told: boolean[] = []
  page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const { action, data } = JSON.parse(String(payload))
      if (action === 'user_update_active_status') told.push(data.user_is_active)
    }),
  )
  return told
}

const status = async () => (await server.as(anna).get(`/users/${anna.id}/status`)).body

/** The status after the look that every answer to a ping brings, once a minute: a report that came too soon is made good by it. */
async function lookedAt(): Promise<string> {
  server.app.statuses.alive(anna.id)
  return (await status()).status
}

test('the server is told when the reader leaves the keyboard, and when he is back', async () => {
  await server.app.config.patch({ TeamSettings: { UserStatusAwayTimeout: 1 } })
  const page = await openPage(browser, server, { person: anna })
  const told = reportsOf(page)
  await page.clock.install()
  await listenIn(page, '/garden/channels/town-square')
  // The server does not call anybody away whom it has heard of within its own time.
  await expect.poll(async () => Date.now() - (await status()).last_activity_at, SOON).toBeGreaterThan(1_000)
  await page.clock.fastForward(301_000)
  await expect.poll(() => told, SOON).toEqual([false])
  await expect.poll(lookedAt, SOON).toBe('away')
  await page.mouse.move(60, 60)
  await expect.poll(() => told, SOON).toEqual([false, true])
  await expect.poll(async () => (await status()).status, SOON).toBe('online')
  await page.context().close()
})

test('who works in another window of the browser is not away', async () => {
  const page = await openPage(browser, server, { person: anna })
  const told = reportsOf(page)
  await page.clock.install()
  const other = await page.context().newPage()
  await listenIn(page, '/garden/channels/town-square')
  await listenIn(other, '/garden/channels/off-topic')
  await page.clock.fastForward(200_000)
  await other.mouse.move(60, 60)
  // What one window writes down takes a moment to reach the other.
  const kept = (window: Page): Promise<string> =>
    window.evaluate(() => JSON.stringify(Object.entries(localStorage).map(String).toSorted()))
  await expect.poll(async () => (await kept(page)) === (await kept(other)), SOON).toBe(true)
  await page.clock.fastForward(200_000)
  expect(told).toEqual([])
  await page.clock.fastForward(301_000)
  await expect.poll(() => told, SOON).toEqual([false])
  await page.context().close()
})
