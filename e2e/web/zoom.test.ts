import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openBrowser } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { makeWorld, openConversation } from './accessibility.fixture.ts'

let browser: Browser
let server: TestServer
let page: Page

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  const { anna } = await makeWorld(server)
  page = await openConversation(browser, server, anna)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** What a window of 1440 × 900 shows at 200 %, and one of 1280 × 1024 at 400 %, in CSS pixels. */
const SIZES = [
  ['200 %', { width: 720, height: 450 }],
  ['400 %', { width: 320, height: 256 }],
] as const

/** Words that are cut off at the side, and things to press that lie outside: nobody could get at them. */
const outside = (): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['the page scrolls sideways'] : []
    const things = [...document.querySelectorAll<HTMLElement>('button, a[href], input, textarea, [role=tab]')]
    const lost = things.filter((one) => {
      if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
      const { left, right, width } = one.getBoundingClientRect()
      const scrolls = one.closest('pre, table, [role=tablist], [role=toolbar], [data-scrolls]')
      return width > 2 && !scrolls && (right > window.innerWidth + 1 || left < -1)
    })
    return [
      ...wide,
      ...lost.map(
        (one) => one.getAttribute('aria-label') || one.textContent?.slice(0, 40) || one.outerHTML.slice(0, 80),
      ),
    ]
  })

describe.each(SIZES)('at %s', (_, viewport) => {
  test('one reads and writes', async () => {
    await page.setViewportSize(viewport)
    await page.goto('/acme/channels/backend')
    const field = page.getByRole('textbox', { name: /Backend/ })
    await field.waitFor()
    await page.getByText('Two files').waitFor()
    const box = (await field.boundingBox())!
    expect(box.y + box.height).toBeLessThanOrEqual(viewport.height)
    const list = await page.locator('[data-post-list]').evaluate(({ clientHeight }) => clientHeight)
    expect(list).toBeGreaterThan(viewport.height / 5)
    expect(await outside()).toEqual([])
    await field.fill(`Seen at ${viewport.width}`)
    await field.press('Enter')
    await page
      .getByRole('article')
      .filter({ hasText: `Seen at ${viewport.width}` })
      .waitFor()
  })

  test('the list of channels, a thread and the settings fit', async () => {
    await page.getByRole('button', { name: 'Back to the channels' }).click()
    await page.getByRole('link', { name: 'Town Square' }).waitFor()
    expect(await outside()).toEqual([])
    await page.goto('/acme/channels/backend')
    const panel = page.getByRole('complementary', { name: 'Details' })
    // Rows that were never drawn find their height while the list scrolls: what moved away from the mouse is pressed again.
    await vi.waitFor(async () => {
      if (!(await panel.isVisible())) await page.getByRole('button', { name: /1 reply/ }).click()
      await panel.waitFor({ timeout: 2_000 })
    }, 20_000)
    await panel.getByText('Looks good to me').waitFor()
    expect((await panel.boundingBox())!.width).toBe(viewport.width)
    expect(await outside()).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Shift+a')
    await page.getByRole('dialog').waitFor()
    await page.getByRole('tab').first().waitFor()
    expect(await outside()).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})
