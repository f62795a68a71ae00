import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
let direct: { id: string }

beforeAll(async () => {
  const config = { ServiceSettings: { CollapsedThreads: 'always_on' as const } }
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start({ config })])
  ;[anna, ben] = await Promise.all([server.make.user({ username: 'anna' }), server.make.user({ username: 'ben' })])
  team = await server.make.team([anna, ben], { name: 'garden' })
  direct = await server.make.direct(anna, ben)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const say = async (who: Person, channelId: string, message: string, rootId = ''): Promise<{ id: string }> =>
  (await server.as(who).post('/posts', { channel_id: channelId, message, root_id: rootId })).body

/** A page that listens, and writes down what it notifies of. */
async function listen(path: string, permission: NotificationPermission = 'granted'): Promise<Page> {
  const page = await openPage(browser, server, { person: anna })
  await recordNotices(page.context(), permission)
  await listenIn(page, `/garden/${path}`)
  return page
}

/** Nothing was told of what was said before: a message that is told comes after it, in the same order. */
async function expectOnly(page: Page, bodies: readonly string[]): Promise<void> {
  const last = await say(ben, direct.id, 'the end')
  await expect.poll(async () => (await shownOn(page)).at(-1)?.tag, SOON).toBe(last.id)
  expect((await shownOn(page)).slice(0, -1).map(({ body }) => body)).toEqual(bodies)
}

test('a mention elsewhere is told with its words and a sound; a press leads to it', async () => {
  const page = await listen('channels/off-topic')
  await say(ben, team.townSquare, 'nothing for anybody')
  const post = await say(ben, team.townSquare, 'The **build** is red, @anna')
  await expect
    .poll(() => shownOn(page))
    .toEqual([{ title: 'Town Square', body: 'ben: The build is red, @anna', tag: post.id }])
  expect(await page.evaluate(() => window.played)).toEqual(['/static/sounds/bing.wav'])
  expect((await page.request.get('/static/sounds/bing.wav')).headers()['content-type']).toBe('audio/wav')
  await page.evaluate(() => window.clickLast())
  await page.getByText('The build is red').waitFor()
  await page.waitForURL(/town-square|\/pl\//)
  await page.context().close()
})

test('direct messages and replies of followed threads are told; my own messages and what I look at are not', async () => {
  const root = await say(anna, team.townSquare, 'Who waters the plants?')
  const page = await listen('channels/town-square')
  await page.bringToFront()
  await expect.poll(() => page.evaluate(() => document.hasFocus()), SOON).toBe(true)
  await say(ben, team.townSquare, '@anna in view')
  await page.getByRole('article').filter({ hasText: 'in view' }).waitFor()
  await say(anna, team.offTopic, 'my own words')
  await say(ben, team.townSquare, 'I do', root.id)
  await expect.poll(async () => (await shownOn(page)).length, SOON).toBe(1)
  expect((await shownOn(page))[0]).toMatchObject({ title: 'Reply in Town Square', body: 'ben: I do' })
  await expectOnly(page, ['ben: I do'])
  expect((await shownOn(page)).at(-1)).toMatchObject({ title: 'ben', body: 'the end' })
  await page.context().close()
})

test('levels, muting and do not disturb hold; a channel may ask for everything', async () => {
  const loud = await server.make.channel(team.id, [anna, ben], { name: 'loud', displayName: 'Loud' })
  const settings = (channel: string, props: object) =>
    server
      .as(anna)
      .put(`/channels/${channel}/members/me/notify_props`, { user_id: anna.id, channel_id: channel, ...props })
  await settings(team.offTopic, { mark_unread: 'mention' })
  await settings(loud.id, { desktop: 'all' })
  const page = await listen('channels/town-square')
  await say(ben, team.offTopic, '@anna in a muted channel')
  await say(ben, loud.id, 'everything')
  await expectOnly(page, ['ben: everything'])
  await server.as(anna).put('/users/me/status', { user_id: anna.id, status: 'dnd' })
  await page.getByRole('button', { name: 'My account' }).getByText('Do not disturb').waitFor()
  await say(ben, direct.id, 'not now')
  await server.as(anna).put('/users/me/status', { user_id: anna.id, status: 'online' })
  await page.getByRole('button', { name: 'My account' }).getByText('Online').waitFor()
  const later = await say(ben, direct.id, 'but now')
  await expect.poll(async () => (await shownOn(page)).at(-1)?.tag, SOON).toBe(later.id)
  expect((await shownOn(page)).map(({ body }) => body)).toEqual(['ben: everything', 'the end', 'but now'])
  await page.context().close()
})

test('notifications are offered once, when one would have helped, and never at the start', async () => {
  const page = await listen('channels/town-square', 'default')
  expect(await page.getByText('You missed a message here').count()).toBe(0)
  await say(ben, direct.id, 'are you there?')
  await page.getByText('You missed a message here').waitFor()
  expect(await shownOn(page)).toEqual([])
  await page.getByRole('button', { name: 'Turn on' }).click()
  const next = await say(ben, direct.id, 'and now?')
  await expect.poll(() => shownOn(page), SOON).toEqual([{ title: 'ben', body: 'and now?', tag: next.id }])
  await page.context().close()
})

test('title and icon count what concerns me, and say where I am', async () => {
  const member = { user_id: anna.id, channel_id: team.offTopic, mark_unread: 'all' }
  await server.as(anna).put(`/channels/${team.offTopic}/members/me/notify_props`, member)
  for (const { id } of (await server.as(anna).get('/users/me/channels')).body) {
    await server.as(anna).post('/channels/members/me/view', { channel_id: id })
  }
  const page = await listen('channels/town-square')
  await page.getByRole('textbox', { name: /message/i }).waitFor()
  await server.as(anna).put(`/users/me/teams/${team.id}/threads/read`)
  await expect.poll(() => page.title(), SOON).toBe('Town Square - garden')
  const icon = page.locator('#favicon')
  expect(await icon.getAttribute('href')).toContain('icon.svg')
  const badge = () => page.evaluate(() => window.appBadge.at(-1))
  await say(ben, team.offTopic, 'something new')
  await expect.poll(() => page.title(), SOON).toBe('* Town Square - garden')
  await expect.poll(badge, SOON).toBe('dot')
  await say(ben, direct.id, 'one')
  await expect.poll(badge, SOON).toBe(1)
  await expect.poll(() => icon.getAttribute('href'), SOON).toContain('data:image/png')
  const one = await icon.getAttribute('href')
  await say(ben, direct.id, 'two')
  await expect.poll(() => page.title(), SOON).toBe('(2) Town Square - garden')
  await expect.poll(() => icon.getAttribute('href'), SOON).not.toBe(one)
  expect(await badge()).toBe(2)
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: /^ben/ }).click()
  await expect.poll(() => page.title(), SOON).toBe('* ben - garden')
  await expect.poll(badge, SOON).toBe('dot')
  await page
    .getByRole('navigation', { name: 'Channels' })
    .getByRole('link', { name: /^Off-Topic/ })
    .click()
  await expect.poll(badge, SOON).toBe('')
  await expect.poll(() => icon.getAttribute('href'), SOON).toContain('icon.svg')
  await page.context().close()
})

test('a test notification arrives whatever the levels', async () => {
  const props = (await server.as(anna).get('/users/me')).body.notify_props
  await server.as(anna).put('/users/me/patch', { notify_props: { ...props, desktop: 'none' } })
  const page = await listen('channels/town-square')
  await page.keyboard.press('Control+Shift+A')
  await page.getByRole('button', { name: 'Send a test notification' }).click()
  await page.getByText('It arrives as a direct message').waitFor()
  await expect.poll(async () => (await shownOn(page)).map(({ title }) => title), SOON).toEqual(['system-bot'])
  await page.context().close()
})
