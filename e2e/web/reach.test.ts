import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { Person } from '../../testkit/builders.ts'
import { TestServer } from '../../testkit/server.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true }
const LAPTOP = { viewport: { width: 1280, height: 720 } }

/** For what comes soon, on a busy machine too. */
const PATIENT = { timeout: 8_000 }

let browser: Browser
let server: TestServer
let anna: Person
let teamName: string
const code = `\`\`\`\n${'a line of code that is much wider than any phone '.repeat(4)}\n\`\`\``

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await server.make.user({ username: 'anna', roles: 'system_user system_admin' })
  const team = await server.make.team([anna])
  teamName = (await server.as(anna).get(`/teams/${team.id}`)).body.name
  const channel = { team_id: team.id, name: 'backend', display_name: 'Backend', type: 'O' }
  const backend = (await server.as(anna).post('/channels', channel)).body.id
  for (const message of ['Deployment at three', code]) {
    await server.as(anna).post('/posts', { channel_id: backend, message })
  }
  const root = await server.as(anna).post('/posts', { channel_id: backend, message: 'Who reviews this?' })
  await server.as(anna).post('/posts', { channel_id: backend, root_id: root.body.id, message: 'I do' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const opened: Page[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.context().close()))
})

async function openAt(path: string, options: object): Promise<Page> {
  const page = await openPage(browser, server, { person: anna, ...options })
  opened.push(page)
  await page.goto(`/${teamName}/${path}`)
  await page.getByText('Who reviews this?').waitFor()
  return page
}

const list = (page: Page): Locator => page.getByRole('navigation', { name: 'Channels' })
const conversation = (page: Page): Locator => page.getByRole('main').getByText('Who reviews this?')
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Details' })
const openInfo = (page: Page): Promise<void> => page.getByRole('button', { name: 'About this conversation' }).tap()

/** Back, once the last step is in the history: nobody is quick enough to come before it, but a program is. */
async function goBack(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(stepIsKept), PATIENT).toBe(true)
  await page.goBack()
}

function stepIsKept(): boolean {
  const { list = false, stack = [], dialogs = 0 } = history.state?.panes ?? {}
  const isOpen = (place: string): boolean =>
    document.querySelector(place)?.checkVisibility({ visibilityProperty: true }) ?? false
  const shown = [isOpen('[data-region="right"]'), isOpen('[role=dialog]'), isOpen('[data-region="sidebar"]')]
  return String(shown) === String([stack.length > 0, dialogs > 0, list])
}

/** A finger that goes over the screen as fast as a hand does, from where it is put down to each of the others. */
async function swipe(page: Page, y: number, ...[from, ...to]: [number, ...number[]]): Promise<void> {
  const devices = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    devices.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  await touch('touchStart', from)
  let at = from
  for (const next of to) {
    for (let step = 1; step <= 6; step++) await touch('touchMove', at + ((next - at) * step) / 6)
    at = next
  }
  await touch('touchEnd', at)
}

test('on a phone the Back of the browser closes panel, conversation and dialog, in that order', async () => {
  const page = await openAt('channels/backend', PHONE)
  expect(await list(page).isVisible()).toBe(false)
  await openInfo(page)
  await panel(page).waitFor()
  expect(await conversation(page).isVisible()).toBe(false)
  await goBack(page)
  await panel(page).waitFor({ state: 'detached' })
  await conversation(page).waitFor()
  await goBack(page)
  await list(page).getByRole('link', { name: 'Town Square' }).tap()
  await page.getByRole('button', { name: 'Back to the channels' }).waitFor()
  expect(await list(page).isVisible()).toBe(false)
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
  await goBack(page)
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await goBack(page)
  await list(page).getByRole('link', { name: 'Town Square' }).waitFor()
})

test('on a phone what a button closes leaves no step behind, and the same channel opens again', async () => {
  const page = await openAt('channels/backend', PHONE)
  await page.getByRole('button', { name: 'Back to the channels' }).tap()
  await list(page).getByRole('link', { name: 'Backend' }).tap()
  await conversation(page).waitFor()
  await openInfo(page)
  await panel(page).getByRole('button', { name: 'Close' }).tap()
  await conversation(page).waitFor()
  await goBack(page)
  await list(page).getByRole('link', { name: 'Backend' }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/${teamName}/channels/backend`)
})

test('a finger pushes the panel away, then the conversation; code keeps it for itself', async () => {
  const page = await openAt('channels/backend', PHONE)
  await openInfo(page)
  await panel(page).waitFor()
  await swipe(page, 500, 20, 320)
  await panel(page).waitFor({ state: 'detached' })
  const block = page.getByText('a line of code').first()
  // The list may still be moving to where it was.
  await block.tap({ trial: true })
  const box = (await block.boundingBox())!
  await swipe(page, box.y + box.height / 2, 200, 380)
  expect(await conversation(page).isVisible()).toBe(true)
  // Somebody who thinks better of it.
  await swipe(page, 150, 20, 300, 60)
  await expect.poll(() => page.locator('[data-swiping]').count(), PATIENT).toBe(0)
  expect(await conversation(page).isVisible()).toBe(true)
  await swipe(page, 150, 20, 320)
  await list(page).getByRole('link', { name: 'Backend' }).waitFor()
  await page.goForward()
  await conversation(page).waitFor()
})

const SMALL = `(() => {
  // Words of a line of text, as the name and the time above a message, are as small as the line.
  const inLine = 'header, time, :has(> time), [aria-hidden]'
  const inText = (one) => one.closest('p, td, blockquote') || (one.closest('[role=article]') && one.closest(inLine))
  return [...document.querySelectorAll('a[href], button, [role=button], [role=link], input, textarea, [role=tab]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !inText(one))
    .map((one) => ({ name: one.getAttribute('aria-label') || one.textContent.trim().slice(0, 40), box: one.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 2 && box.height > 2 && (box.height < 40 || box.width < 40))
    .map(({ name, box }) => name + ' ' + Math.round(box.width) + '×' + Math.round(box.height))
})()`

test('whatever a finger is to hit is at least 40 px in both directions', async () => {
  const page = await openAt('channels/backend', PHONE)
  const small: Record<string, unknown> = { conversation: await page.evaluate(SMALL) }
  await page.getByRole('button', { name: /1 reply/ }).tap()
  await panel(page).getByText('I do').waitFor()
  small['thread'] = await page.evaluate(SMALL)
  await goBack(page)
  await openInfo(page)
  await panel(page).waitFor()
  small['info'] = await page.evaluate(SMALL)
  await goBack(page)
  await panel(page).waitFor({ state: 'detached' })
  await goBack(page)
  await list(page).getByRole('link', { name: 'Backend' }).waitFor()
  small['list'] = await page.evaluate(SMALL)
  expect(small).toEqual({ conversation: [], thread: [], info: [], list: [] })
})

test.each([
  ['a phone on its side', { width: 844, height: 390 }],
  ['a phone with its keyboard open', { width: 390, height: 420 }],
])('%s shows messages and the field to write', async (_, viewport) => {
  const page = await openAt('channels/backend', { viewport, hasTouch: true })
  const field = (await page.getByRole('textbox', { name: /Backend/ }).boundingBox())!
  expect(field.y + field.height).toBeLessThanOrEqual(viewport.height)
  const post = (await conversation(page).boundingBox())!
  expect(post.y).toBeGreaterThan(50)
  expect(post.y + post.height).toBeLessThan(field.y)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width)
})

test('the right side is as wide as one drags it, by the mouse or by keys, and stays so', async () => {
  const page = await openAt('channels/backend', LAPTOP)
  await page.getByRole('button', { name: 'About this conversation' }).click()
  const edge = panel(page).getByRole('separator', { name: 'Width of the right side' })
  const width = async (): Promise<number> => Math.round((await panel(page).boundingBox())!.width)
  await edge.waitFor()
  const before = await width()
  const box = (await edge.boundingBox())!
  await page.mouse.move(box.x + 4, 300)
  await page.mouse.down()
  await page.mouse.move(box.x - 96, 300, { steps: 4 })
  await page.mouse.up()
  expect(await width()).toBe(before + 100)
  await edge.press('End')
  await expect.poll(width, PATIENT).toBe(640)
  await edge.press('Home')
  await expect.poll(width, PATIENT).toBe(320)
  await edge.press('ArrowLeft')
  await page.reload()
  await page.getByRole('button', { name: 'About this conversation' }).click()
  await edge.waitFor()
  expect(await width()).toBe(336)
  await page.keyboard.press('Control+Shift+.')
  await expect.poll(width, PATIENT).toBe(640)
})

test('where there is little room the right side lies over the page; a click beside it closes it', async () => {
  const page = await openAt('channels/backend', { viewport: { width: 1000, height: 700 } })
  const before = (await page.getByRole('main').boundingBox())!.width
  await page.getByRole('button', { name: 'About this conversation' }).click()
  await panel(page).waitFor()
  expect((await page.getByRole('main').boundingBox())!.width).toBe(before)
  await page.mouse.click(400, 350)
  await panel(page).waitFor({ state: 'detached' })
})

test('a phone can install it: the manifest has its type, its icons are there', async () => {
  const page = await openPage(browser, server)
  opened.push(page)
  await page.goto('/login')
  const address = await page.locator('link[rel=manifest]').getAttribute('href')
  const answer = await page.request.get(address!)
  expect(answer.headers()['content-type']).toMatch(/^application\/manifest\+json/)
  const manifest = await answer.json()
  expect(manifest).toMatchObject({ display: 'standalone', name: 'Outpost' })
  for (const { src, type } of manifest.icons as { src: string; type: string }[]) {
    const icon = await page.request.get(new URL(src, new URL(address!, server.url)).href)
    expect(icon.headers()['content-type']).toBe(type)
  }
})

test('a message that cannot be drawn takes only itself away', async () => {
  const page = await openPage(browser, server, { person: anna, expects: /./ })
  opened.push(page)
  // No server sends this; whatever breaks a message one day will look like it.
  await page.route('**/api/v4/**/posts**', async (route) => {
    const answer = await route.fetch()
    const body = await answer.text()
    await route.fulfill({ response: answer, body: body.replace('"message":"Deployment at three"', '"message":{}') })
  })
  await page.goto(`/${teamName}/channels/backend`)
  await page.getByRole('main').getByText('Something went wrong here').waitFor()
  await conversation(page).waitFor()
  await list(page).getByRole('link', { name: 'Town Square' }).click()
  await page.getByRole('textbox', { name: /Town Square/ }).waitFor()
  expect(await page.getByText('Something went wrong here').count()).toBe(0)
  await page.unrouteAll({ behavior: 'wait' })
})

test('a part that could not be loaded says why, and comes when the network is back', async () => {
  const page = await openPage(browser, server, { person: anna, expects: /./ })
  opened.push(page)
  const parts = /(SettingsDialog|ChannelPanel)[^/]*\.js/
  await page.context().route(parts, (route) => route.abort())
  await page.goto(`/${teamName}/channels/backend`)
  await conversation(page).waitFor()
  const reason = 'This could not be loaded: the server was not reached.'
  await page.keyboard.press('Control+Shift+A')
  await page.getByText(reason).waitFor()
  await page.getByRole('button', { name: 'About this conversation' }).click()
  const details = page.getByRole('complementary')
  await details.getByText(reason).waitFor()
  await page.context().unroute(parts)
  await details.getByRole('button', { name: 'Try again' }).click()
  await details.getByRole('button', { name: 'Copy link' }).waitFor()
  await page.keyboard.press('Control+Shift+A')
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
})
