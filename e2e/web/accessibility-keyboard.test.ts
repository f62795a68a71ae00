import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { signUp } from '../start/world.fixture.ts'
import type { Member } from '../start/world.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

/** For what comes soon, on a busy machine too. */
const PATIENT = { timeout: 8_000 }

let browser: Browser
let server: TestServer
let page: Page
let anna: Member
let ben: Member
let backend: string

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await signUp(server.url, 'anna')
  ben = await signUp(server.url, 'ben', anna.client)
  const team = (await anna.client.post('/teams', { name: 'acme', display_name: 'Acme', type: 'O' })).body.id
  await anna.client.post(`/teams/${team}/members`, { team_id: team, user_id: ben.id })
  const channel = { team_id: team, name: 'backend', display_name: 'Backend', type: 'O' }
  backend = (await anna.client.post('/channels', channel)).body.id
  await anna.client.post(`/channels/${backend}/members`, { user_id: ben.id })
  page = await openPage(browser, server)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const press = (keys: string) => page.keyboard.press(keys)
const type = (text: string) => page.keyboard.type(text)
const focused = () =>
  page.evaluate(() => {
    const at = document.activeElement
    if (at === document.body) return 'BODY'
    return at?.getAttribute('aria-label') || at?.textContent?.trim() || at?.tagName || ''
  })

/** Tab, as often as it takes to come to something of this name. */
async function tabTo(name: RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < 60; step++) {
    await press(key)
    const at = await focused()
    if (name.test(at)) return
    passed.push(at.slice(0, 30))
  }
  throw new Error(`${key} never came to ${name}: ${passed.join(' → ')}`)
}

test('a day by the keys alone: sign in, write, react, reply, search, a status, sign out', async () => {
  await page.goto('/login')
  await page.getByLabel('E-mail or username').waitFor()
  await type('anna')
  await press('Tab')
  await type('a-long-password-1')
  await press('Enter')
  await page.getByRole('textbox', { name: /Town Square/ }).waitFor()
  await press('Control+k')
  await page.getByRole('combobox').waitFor()
  await type('back')
  await page.getByRole('option', { name: /Backend/ }).waitFor()
  await press('Enter')
  await page.getByRole('textbox', { name: /Backend/ }).waitFor()
  await press('Control+Shift+l')
  await type('Hello from the keys')
  await press('Enter')
  // Until the server has it, nobody can react to it.
  await page.locator('[data-post-id]:not([data-post-id*=":"])').filter({ hasText: 'Hello from the keys' }).waitFor()
  await press('Control+Shift+\\')
  const picker = page.getByRole('dialog', { name: 'Add a reaction' })
  await picker.getByRole('combobox').waitFor()
  await type('tada')
  const cells = picker.getByRole('gridcell')
  await expect.poll(async () => (await cells.count()) > 0 && (await cells.count()) < 12, PATIENT).toBe(true)
  await press('Enter')
  await picker.waitFor({ state: 'detached' })
  await page
    .getByRole('article')
    .filter({ hasText: 'Hello from the keys' })
    .getByRole('button', { name: /tada/ })
    .waitFor()
  await press('Control+Shift+l')
  await press('Shift+ArrowUp')
  await page.getByRole('complementary').getByRole('textbox').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('aside') !== null), PATIENT).toBe(true)
  await type('A reply from the keys')
  await press('Enter')
  await page.getByRole('complementary').getByRole('article').filter({ hasText: 'A reply from the keys' }).waitFor()
  await press('Escape')
  await page.getByRole('complementary').waitFor({ state: 'detached' })
  await expect.poll(focused, PATIENT).not.toBe('BODY')
  await press('Control+Shift+f')
  // The search is loaded when it is first asked for.
  await page.locator('#search-field:focus').waitFor()
  await type('reply')
  await press('Enter')
  await page.getByRole('complementary').getByText('A reply from the').first().waitFor()
  await press('Escape')
  await press('Escape')
  await page.getByRole('complementary').waitFor({ state: 'detached' })
  await tabTo(/My account/)
  await press('Enter')
  await page.getByRole('menuitem', { name: 'Away' }).waitFor()
  await type('Away')
  await press('Enter')
  await expect.poll(async () => (await anna.client.get(`/users/${anna.id}/status`)).body.status, PATIENT).toBe('away')
  await expect.poll(focused, PATIENT).toMatch(/My account/)
})

test('the first two stops lead past teams and channels, to the conversation and to the field', async () => {
  await page.goto('/acme/channels/backend')
  await page.getByText('Hello from the keys').waitFor()
  // Where somebody begins who has clicked nothing yet.
  await page.evaluate(() => {
    document.body.tabIndex = -1
    document.body.focus()
  })
  await press('Tab')
  expect(await focused()).toBe('Skip to the conversation')
  await press('Enter')
  expect(await page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region'))).toBe(
    'main',
  )
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  await page.getByRole('link', { name: 'Skip to writing a message' }).focus()
  await press('Enter')
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
})

test('a new message is said once, politely; that somebody types is not said at all', async () => {
  const socket = await server.socket(ben)
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const live = '[aria-live]:not([aria-live=off]), [role=status], [role=log], [role=alert]'
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(live)
        if (region?.textContent && said.at(-1) !== region.textContent) said.push(region.textContent)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await socket.request('user_typing', { channel_id: backend, parent_id: '' })
  await page.getByText(/ben is typing/).waitFor()
  await ben.client.post('/posts', { channel_id: backend, message: 'Heard by everybody' })
  await page.getByRole('article').filter({ hasText: 'Heard by everybody' }).waitFor()
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said)
  await expect.poll(said, PATIENT).toContain('ben: Heard by everybody')
  expect((await said()).filter((text) => text.includes('Heard by everybody'))).toHaveLength(1)
  expect((await said()).filter((text) => text.includes('typing'))).toEqual([])
  socket.close()
})

test('nothing moves for those who want no motion, and the focus can be seen', async () => {
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((one) => {
        const { transitionDuration, animationName, animationDuration } = getComputedStyle(one)
        const seconds = (value: string) => Math.max(...value.split(',').map(parseFloat))
        return seconds(transitionDuration) > 0.01 || (animationName !== 'none' && seconds(animationDuration) > 0.01)
      })
      .map((one) => one.outerHTML.slice(0, 80)),
  )
  expect(moving).toEqual([])
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  const unseen: string[] = []
  for (let step = 0; step < 25; step++) {
    await press('Tab')
    const look = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement
      if (at === document.body) return ''
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
      const line = getComputedStyle(at, '::after')
      const drawn =
        (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none' || at.matches('textarea, input')
      return drawn || line.content !== 'none' ? '' : at.outerHTML.slice(0, 120)
    })
    if (look) unseen.push(look)
  }
  expect(unseen).toEqual([])
})

test('signing out by the keys', async () => {
  await tabTo(/My account/)
  await press('Enter')
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  await press('End')
  await press('Enter')
  await page.getByLabel('E-mail or username').waitFor()
})
