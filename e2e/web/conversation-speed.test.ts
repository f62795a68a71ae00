import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { writePosts } from './posts.fixture.ts'

let server: TestServer
let browser: Browser
let page: Page
let cdp: CDPSession
let anna: Person

const SWITCHES = Number(process.env['SWITCHES'] ?? 45)

beforeAll(async () => {
  ;[server, browser] = await Promise.all([TestServer.start(), openBrowser()])
  anna = await server.make.user({ username: 'anna' })
  const jiho = await server.make.user({ username: 'jiho' })
  const team = await server.make.team([anna, jiho])
  for (const [name, count] of Object.entries({ large: 5_000, small: 40, other: 40 })) {
    const { id } = await server.make.channel(team.id, [anna, jiho], { name, displayName: name })
    await writePosts(server, id, jiho, count, (at) => `${name} ${at}: a **sentence** with \`code\` and @anna in it`)
    await server.as(anna).post('/channels/members/me/view', { channel_id: id })
  }
  page = await openPage(browser, server, { person: anna })
  await page.goto(`/${team.name}/channels/large`)
  await list().getByText('large 4999').waitFor()
  cdp = await page.context().newCDPSession(page)
  // Time of the thread, not of the clock: other programs on the machine do not count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
})

afterAll(async () => {
  await browser.close()
  await server.stop()
})

const list = () => page.getByRole('region', { name: /^Messages in/ })
const newest = { large: 'large 4999', small: 'small 39', other: 'other 39' }

async function open(name: keyof typeof newest): Promise<void> {
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name }).click()
  await list().getByText(newest[name]).waitFor()
}

async function metrics(): Promise<Record<string, number>> {
  await cdp.send('HeapProfiler.collectGarbage')
  const answer = await cdp.send('Performance.getMetrics')
  return Object.fromEntries(answer.metrics.map(({ name, value }) => [name, value]))
}

/** What is there when nothing more is drawn or let go: the same twice in a row. */
async function settled(): Promise<Record<string, number>> {
  let before = await metrics()
  for (;;) {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 1_100)))
    const now = await metrics()
    if (now['Nodes'] === before['Nodes'] && now['JSEventListeners'] === before['JSEventListeners']) return now
    before = now
  }
}

/** Seconds of main-thread work for going to a channel, the median of several times. */
async function workFor(name: keyof typeof newest, from: keyof typeof newest): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 9; round++) {
    await open(from)
    const before = await metrics()
    await open(name)
    const after = await metrics()
    times.push(after['TaskDuration']! - before['TaskDuration']!)
  }
  return times.toSorted((a, b) => a - b)[4]!
}

test('a channel of 5,000 posts opens as fast as one of forty', { timeout: 120_000 }, async () => {
  for (const name of ['small', 'large', 'other'] as const) await open(name)
  const small = await workFor('small', 'other')
  const large = await workFor('large', 'other')
  if (process.env['SWITCHES']) console.log({ small, large })
  expect(large / small).toBeLessThan(2)
})

test('memory does not grow with the channels that were looked at', { timeout: 120_000 }, async () => {
  const rounds = async (count: number): Promise<Record<string, number>> => {
    for (let round = 0; round < count; round++) await open((['small', 'large', 'other'] as const)[round % 3]!)
    return settled()
  }
  await rounds(SWITCHES / 3)
  const before = await rounds(3)
  const after = await rounds(SWITCHES)
  if (process.env['SWITCHES']) console.log(before, after)
  for (const [name, most] of Object.entries({ JSHeapUsedSize: 1.15, Nodes: 1.05, JSEventListeners: 1.05 })) {
    expect(after[name]! / before[name]!, name).toBeLessThan(most)
  }
})
