import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { Person } from '../../testkit/builders.ts'
import { TestServer } from '../../testkit/server.ts'
import { writePosts } from './posts.fixture.ts'

// What the client costs, in bytes and counts: they are the same on every machine, seconds are not.

let browser: Browser
let server: TestServer
let anna: Person
let path: string
const names = Array.from({ length: 8 }, (_, at) => `room-${at}`)

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await server.make.user({ username: 'anna', roles: 'system_user system_admin' })
  const ben = await server.make.user({ username: 'ben' })
  const team = await server.make.team([anna, ben])
  path = `/${team.name}/channels`
  for (const name of names) {
    const { id } = await server.make.channel(team.id, [anna, ben], { name, displayName: name })
    const text = (at: number) => `Line ${at + 1} of **many**, with a [link](https://example.com) and \`code\`.`
    await writePosts(server, id, ben, name === 'room-0' ? 5_000 : 60, text)
    await server.as(anna).post('/channels/members/me/view', { channel_id: id })
  }
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const row = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name, exact: true })

async function show(page: Page, name: string): Promise<void> {
  await row(page, name).click()
  await page.getByRole('main').getByRole('button', { name, exact: true }).waitFor()
  await page
    .getByText(/^Line \d+ of/)
    .last()
    .waitFor()
}

interface Cost {
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
}

async function costOf(session: CDPSession): Promise<Cost> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

test('at most 300 KB of compressed scripts come before the conversation shows', async () => {
  const page = await openPage(browser, server, { person: anna })
  let bytes = 0
  const sizes: Promise<void>[] = []
  page.on('response', (response) => {
    if (!/\.js(\?|$)/.test(response.url())) return
    sizes.push(
      response
        .request()
        .sizes()
        .then(({ responseBodySize }) => void (bytes += Math.max(0, responseBodySize)))
        .catch(() => undefined),
    )
  })
  await page.goto(`${path}/room-0`)
  await page.getByText('Line 5000 of').waitFor()
  await Promise.all(sizes)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(300_000)
  await page.context().close()
})

test('200 switches of the channel leave memory, elements and listeners as they were', async () => {
  const page = await openPage(browser, server, { person: anna })
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await page.goto(`${path}/room-0`)
  await page.getByText('Line 5000 of').waitFor()
  const round = async (): Promise<void> => {
    for (const name of names) await show(page, name)
  }
  for (let at = 0; at < 3; at++) await round()
  const before = await costOf(session)
  for (let at = 0; at < 25; at++) await round()
  const after = await costOf(session)
  expect(after.heap / before.heap).toBeLessThan(1.25)
  expect(after.nodes / before.nodes).toBeLessThan(1.25)
  expect(after.listeners / before.listeners).toBeLessThan(1.25)
  await page.context().close()
}, 240_000)

test('a channel that was loaded is shown again without asking for its posts; a long one holds few elements', async () => {
  const page = await openPage(browser, server, { person: anna })
  await page.goto(`${path}/room-0`)
  await page.getByText('Line 5000 of').waitFor()
  await show(page, 'room-1')
  const asked: string[] = []
  page.on('request', (request) => {
    // Older pages are loaded ahead of the reader; what is shown must not be asked for.
    if (/\/posts(\/unread)?\?(?!before=)/.test(request.url())) asked.push(request.url())
  })
  await show(page, 'room-0')
  await page.getByText('Line 5000 of').waitFor()
  expect(asked).toEqual([])
  const elements = await page.evaluate<number>('document.querySelectorAll("main *").length')
  expect(elements).toBeLessThan(3_000)
  await page.context().close()
})
