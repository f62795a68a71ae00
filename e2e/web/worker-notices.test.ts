import type { Browser, Page, Worker } from 'playwright-core'
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
let ben: Person
let team: { townSquare: string }

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  ;[anna, ben] = await Promise.all([server.make.user({ username: 'anna' }), server.make.user({ username: 'ben' })])
  team = await server.make.team([anna, ben], { name: 'garden' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** Browsers of phones know notifications, but let only the worker show them. */
async function openOnPhone(): Promise<{ page: Page; worker: Worker }> {
  const page = await openPage(browser, server, { person: anna })
  await page.context().grantPermissions(['notifications'], { origin: server.url })
  await page.addInitScript(() => {
    class OnlyByWorker {
      static permission = 'granted'
      constructor() {
        throw new TypeError('Illegal constructor')
      }
    }
    Object.assign(window, { Notification: OnlyByWorker })
  })
  const worker = page.context().serviceWorkers()[0] ?? page.context().waitForEvent('serviceworker')
  await listenIn(page, '/garden/channels/off-topic')
  await page.evaluate(() => navigator.serviceWorker.ready)
  return { page, worker: await worker }
}

/** What the device shows in the name of this site. */
const shown = (page: Page) =>
  page.evaluate(async () => {
    const all = await (await navigator.serviceWorker.ready).getNotifications()
    return all.map(({ title, body, tag, data }) => ({ title, body, tag, data }))
  })

/** A tap, as the worker hears of it: only the system makes events that browsers trust, so this one waits for the work by itself. */
const tap = (worker: Worker, tag: string) =>
  worker.evaluate(async (wanted) => {
    const scope = globalThis as unknown as {
      registration: { getNotifications: (filter: object) => Promise<unknown[]> }
      NotificationEvent: new (type: string, init: object) => Event
    }
    const [notification] = await scope.registration.getNotifications({ tag: wanted })
    const event = new scope.NotificationEvent('notificationclick', { notification })
    let work: Promise<unknown> = Promise.resolve()
    Object.assign(event, { waitUntil: (promise: Promise<unknown>) => (work = promise) })
    dispatchEvent(event)
    await work
  }, tag)

test('where only the worker may show notifications it does, and a tap opens the message', async () => {
  const { page, worker } = await openOnPhone()
  const post = await server
    .as(ben)
    .post('/posts', { channel_id: team.townSquare, message: 'The **build** is red, @anna' })
  const { id } = post.body
  await expect
    .poll(() => shown(page), SOON)
    .toEqual([
      { title: 'Town Square', body: 'ben: The build is red, @anna', tag: id, data: { path: `/garden/pl/${id}` } },
    ])
  await tap(worker, id)
  await page.waitForURL(/\/garden\/(channels\/town-square|pl\/)/)
  await page.getByRole('article').filter({ hasText: 'The build is red' }).waitFor()
  expect(await shown(page)).toEqual([])
})
