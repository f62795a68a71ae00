import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { violations } from './axe.fixture.ts'

/** News need a moment; how long is nobody's concern. */
const SOON = { timeout: 10_000 }

let browser: Browser
let server: TestServer
let page: Page
let anna: Person

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await server.make.user({ username: 'anna' })
  await server.make.team([anna], { name: 'alpha' })
  await server.make.team([anna], { name: 'beta' })
  page = await openPage(browser, server, { person: anna })
  await page.goto('/alpha/channels/town-square')
  await composer().waitFor()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const composer = () => page.getByRole('textbox', { name: /message/i })
const details = () => page.getByRole('complementary')

test('Ctrl+/ shows every shortcut; Escape closes the list and gives the focus back', async () => {
  await composer().focus()
  await page.keyboard.press('Control+/')
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await dialog.getByText('Recent mentions').waitFor()
  expect(await violations(page, { within: ['[role=dialog]'] })).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => composer().evaluate((field) => field === document.activeElement), SOON).toBe(true)
})

test('a key pressed twice opens its dialog once', async () => {
  await page.evaluate(() => {
    const options = { key: 'a', code: 'KeyA', ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true }
    for (let times = 0; times < 2; times++) document.body.dispatchEvent(new KeyboardEvent('keydown', options))
  })
  await page.getByRole('dialog', { name: 'Settings' }).first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('the side panel opens with what it showed last, grows and closes', async () => {
  await page.keyboard.press('Control+Shift+M')
  await details().getByRole('heading', { name: 'Recent mentions' }).waitFor()
  const width = async () => (await details().boundingBox())!.width
  const usual = await width()
  await page.keyboard.press('Control+Shift+Period')
  await expect.poll(width, SOON).toBeGreaterThan(usual)
  await page.keyboard.press('Control+Shift+Period')
  await expect.poll(width, SOON).toBe(usual)
  await page.keyboard.press('Control+Period')
  await details().waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Period')
  await details().getByRole('heading', { name: 'Recent mentions' }).waitFor()
  await page.keyboard.press('Escape')
  await details().waitFor({ state: 'detached' })
})

test('Ctrl+F searches in the channel; pressed again it is left to the browser', async () => {
  await page.keyboard.press('Control+F')
  await expect.poll(() => page.locator('#search-field').inputValue(), SOON).toBe('in:town-square ')
  const prevented = await page.locator('#search-field').evaluate((field) => {
    const event = new KeyboardEvent('keydown', {
      key: 'f',
      code: 'KeyF',
      ctrlKey: true,
      bubbles: true,
      cancelable: true,
    })
    return !field.dispatchEvent(event)
  })
  expect(prevented).toBe(false)
  await page.keyboard.press('Control+Shift+L')
  await expect.poll(() => composer().evaluate((field) => field === document.activeElement), SOON).toBe(true)
})

test('keys work by their place, also while Hangul is on', async () => {
  await page.evaluate(() => {
    const options = { key: 'ㅁ', code: 'KeyA', ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true }
    document.body.dispatchEvent(new KeyboardEvent('keydown', options))
  })
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('Ctrl+Alt and a number go to a team by its place', async () => {
  await page.keyboard.press('Control+Alt+2')
  await page.waitForURL('**/beta/channels/*')
  await page.keyboard.press('Control+Alt+1')
  await page.waitForURL('**/alpha/channels/*')
})

test('keys are named as they stand on the reader’s keyboard', async () => {
  const shownKeys = async (where: Page): Promise<string[]> => {
    await where.getByRole('button', { name: /My account/ }).click()
    const settings = where.getByRole('menuitem', { name: 'Settings' })
    await settings.waitFor()
    const inMenu = await settings.locator('kbd').allTextContents()
    await where.keyboard.press('Escape')
    await where.getByRole('button', { name: 'Search', exact: true }).hover()
    const tip = where.getByRole('tooltip').filter({ hasText: 'Search' })
    await tip.waitFor()
    const inSidebar = where.getByRole('navigation', { name: 'Channels' }).locator('kbd')
    return [inMenu, await tip.locator('kbd').allTextContents(), await inSidebar.allTextContents()].map((keys) =>
      keys.join(' '),
    )
  }
  expect(await shownKeys(page)).toEqual(['Ctrl Shift A', 'Ctrl Shift F', 'Ctrl K'])
  const mac = await browser.newContext({
    baseURL: server.url,
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    locale: 'en-US',
    reducedMotion: 'reduce',
  })
  await mac.addCookies([
    { name: 'MMAUTHTOKEN', value: anna.token, url: server.url, httpOnly: true },
    { name: 'MMUSERID', value: anna.id, url: server.url },
  ])
  const onMac = await mac.newPage()
  await onMac.goto('/alpha/channels/town-square')
  await onMac.getByRole('textbox', { name: /message/i }).waitFor()
  expect(await shownKeys(onMac)).toEqual(['⌘ ⇧ A', '⌘ ⇧ F', '⌘ K'])
  // And they work.
  await onMac.keyboard.press('Meta+k')
  await onMac.getByRole('combobox').waitFor()
  await mac.close()
})
