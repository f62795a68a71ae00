import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'

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
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => composer().evaluate((field) => field === document.activeElement), SOON).toBe(true)
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
