import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { listenIn, recordNotices, shownOn } from './notices.fixture.ts'

/** News need a moment; how long is nobody's concern. */
const SOON = { timeout: 10_000 }

let browser: Browser
let server: TestServer
let anna: Person
let ben: Person
let team: { id: string; name: string; townSquare: string; offTopic: string }
let backend: { id: string }

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  ;[anna, ben] = await Promise.all([server.make.user({ username: 'anna' }), server.make.user({ username: 'ben' })])
  team = await server.make.team([anna, ben], { name: 'garden' })
  backend = await server.make.channel(team.id, [anna, ben], { name: 'backend', displayName: 'Backend' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

let opened: BrowserContext | undefined
afterEach(() => opened?.close())

/** Two windows of one browser, both listening; what they notify of is written down. */
async function twoWindows(person: Person, one: string, other: string): Promise<[Page, Page]> {
  const first = await openPage(browser, server, { person })
  opened = first.context()
  await recordNotices(opened)
  const second = await opened.newPage()
  await Promise.all([listenIn(first, `/garden/channels/${one}`), listenIn(second, `/garden/channels/${other}`)])
  return [first, second]
}

/** A browser without windows gives the focus to every page; people look at one. */
const lookAwayFrom = (page: Page) =>
  page.evaluate(() => {
    document.hasFocus = () => false
    window.dispatchEvent(new Event('blur'))
  })

const say = async (channelId: string, message: string): Promise<{ id: string }> =>
  (await server.as(ben).post('/posts', { channel_id: channelId, message })).body

const row = (page: Page, name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name })

test('what is read in one window is read in the other', async () => {
  const [here, there] = await twoWindows(anna, 'town-square', 'off-topic')
  await say(backend.id, 'Who knows @anna?')
  await Promise.all([here, there].map((page) => row(page, 'Backend, 1 mention').waitFor()))
  await expect.poll(() => there.title(), SOON).toBe('(1) Off-Topic - garden')
  await here.bringToFront()
  await row(here, /^Backend/).click()
  await here.getByRole('article').filter({ hasText: 'Who knows' }).waitFor()
  await row(there, /^Backend$/).waitFor()
  await expect.poll(() => there.title(), SOON).toBe('Off-Topic - garden')
})

test('two windows tell of a message once, and not at all when one of them shows it', async () => {
  const [here, there] = await twoWindows(anna, 'town-square', 'off-topic')
  const tags = async (): Promise<string[]> =>
    (await Promise.all([here, there].map(shownOn))).flat().map(({ tag }) => tag)
  const first = await say(backend.id, 'One for @anna')
  await Promise.all([here, there].map((page) => row(page, 'Backend, 1 mention').waitFor()))
  await expect.poll(tags, SOON).toEqual([first.id])
  await lookAwayFrom(there)
  await say(team.townSquare, '@anna, you are looking at this')
  await here.getByRole('article').filter({ hasText: 'you are looking at this' }).waitFor()
  await row(there, 'Town Square').waitFor()
  const last = await say(backend.id, '@anna, you are not')
  // Told after whatever came before it.
  await expect.poll(async () => (await tags()).includes(last.id), SOON).toBe(true)
  expect((await tags()).toSorted()).toEqual([first.id, last.id].toSorted())
})

test('signing out in one window signs out the other, which remembers where it was', async () => {
  const cho = await server.make.user({ username: 'cho' })
  await server.make.joinTeam(team.id, cho)
  for (const id of [team.townSquare, team.offTopic]) await server.make.joinChannel(id, cho)
  const [here, there] = await twoWindows(cho, 'town-square', 'off-topic')
  await here.getByRole('button', { name: /My account/ }).click()
  await here.getByRole('menuitem', { name: 'Sign out' }).click()
  await here.waitForURL('**/login')
  await there.waitForURL((url) => url.pathname === '/login')
  expect(new URL(there.url()).searchParams.get('redirect_to')).toBe('/garden/channels/off-topic')
  await there.getByLabel('E-mail or username').waitFor()
})
