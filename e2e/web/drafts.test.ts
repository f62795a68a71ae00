import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { violations } from './axe.fixture.ts'
import { pngFile } from './files.fixture.ts'

let server: TestServer
let browser: Browser
let team: Awaited<ReturnType<TestServer['make']['team']>>
let anna: Person
let jiho: Person
let page: Page

beforeAll(async () => {
  ;[server, browser] = await Promise.all([TestServer.start(), openBrowser()])
  anna = await server.make.user({ username: 'anna' })
  jiho = await server.make.user({ username: 'jiho' })
  team = await server.make.team([anna, jiho], { name: 'garden' })
  page = await openPage(browser, server, { person: anna })
  await page.goto('/garden/channels/town-square')
  await field(page).waitFor()
})

afterAll(async () => {
  await browser.close()
  await server.stop()
})

const field = (where: Page): Locator => where.getByRole('textbox', { name: /^Message / })
const list = (where: Page): Locator => where.getByRole('region', { name: /^Messages in/ })
const PATIENT = { timeout: 10_000 }
const row = (text: string): Locator => page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: text })

/** What is typed and nothing else: the network is gone before it can be sent. */
async function typeOffline(text: string): Promise<void> {
  await page.context().setOffline(true)
  await field(page).focus()
  await page.keyboard.type(text)
}

test('what is typed survives a reload and reaches the server and other devices', async () => {
  const socket = await server.socket(anna)
  await field(page).focus()
  await page.keyboard.type('half a thought')
  await page.reload()
  await expect.poll(() => field(page).inputValue(), PATIENT).toBe('half a thought')
  const heard = await socket.heard('draft_created')
  expect(JSON.parse((heard.data as { draft: string }).draft).message).toBe('half a thought')
  const other = await openPage(browser, server, { person: anna })
  await other.goto('/garden/channels/town-square')
  await expect.poll(() => field(other).inputValue(), PATIENT).toBe('half a thought')
  await other.context().close()
})

test('what is written on another device appears here, and what is sent there disappears', async () => {
  await server.as(anna).post('/drafts', { channel_id: team.townSquare, message: 'from the phone' })
  await expect.poll(() => field(page).inputValue(), PATIENT).toBe('from the phone')
  await server.as(anna).post('/posts', { channel_id: team.townSquare, message: 'from the phone' })
  await expect.poll(() => field(page).inputValue(), PATIENT).toBe('')
})

test('without a network nothing is lost: drafts come back after a crash, and go to the server when it is there', async () => {
  await page.getByRole('link', { name: 'Off-Topic' }).click()
  await list(page).waitFor()
  await typeOffline('written in a tunnel')
  const socket = await server.socket(anna)
  // The page is gone without a word, as when the browser crashes after the disk was written.
  await expect
    .poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }).includes('written in a tunnel')), PATIENT)
    .toBe(true)
  const stored = await page.context().storageState()
  await page.context().close()
  page = await openPage(browser, server, { person: anna })
  const entries = stored.origins[0]!.localStorage
  await page.addInitScript((all) => {
    if (sessionStorage.getItem('restored')) return
    sessionStorage.setItem('restored', 'true')
    all.forEach(({ name, value }) => localStorage.setItem(name, value))
  }, entries)
  await page.goto('/garden/channels/off-topic')
  await expect.poll(() => field(page).inputValue(), PATIENT).toBe('written in a tunnel')
  await socket.heard('draft_created')
  await field(page).press('Enter')
  await list(page).getByText('written in a tunnel').waitFor()
})

test('of two devices the one that wrote last is right, also when the other one was away', async () => {
  await typeOffline('older words')
  await expect
    .poll(() => page.evaluate(() => JSON.stringify({ ...localStorage }).includes('older words')), PATIENT)
    .toBe(true)
  await server.as(anna).post('/drafts', { channel_id: team.offTopic, message: 'newer words' })
  await page.context().setOffline(false)
  await expect.poll(() => field(page).inputValue(), PATIENT).toBe('newer words')
  await field(page).fill('')
})

test('files and priority are part of a draft', async () => {
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Attach files' }).click()
  await (await chooser).setFiles({ name: 'plan.png', mimeType: 'image/png', buffer: pngFile(40, 40, [0, 90, 200]) })
  await page.getByRole('button', { name: 'Remove plan.png' }).waitFor()
  await field(page).fill('the plan')
  await page.getByRole('button', { name: 'Priority' }).click()
  await page.getByRole('menuitemradio', { name: 'Important' }).click()
  await page.keyboard.press('Escape')
  const drafts = async () => (await server.as(anna).get(`/users/me/teams/${team.id}/drafts`)).body
  await expect.poll(drafts, PATIENT).toMatchObject([{ message: 'the plan', priority: { priority: 'important' } }])
  const body = await drafts()
  expect(body[0].file_ids).toHaveLength(1)
  await page.reload()
  await page.getByRole('button', { name: 'Remove plan.png' }).waitFor()
  await page.getByRole('button', { name: 'Remove the priority' }).waitFor()
})

test('the page of drafts lists them; one is continued, sent, deleted', async () => {
  await server.as(anna).post('/drafts', { channel_id: team.townSquare, message: 'a **bold** plan' })
  const direct = await server.make.direct(anna, jiho)
  await server.as(anna).post('/drafts', { channel_id: direct.id, message: '안녕하세요' })
  await page.goto('/garden/drafts')
  await row('the plan').getByText('Important').waitFor()
  await row('안녕하세요').getByText('jiho').waitFor()
  await row('the plan').getByRole('button', { name: 'Send now' }).click()
  await row('the plan').waitFor({ state: 'detached' })
  await row('안녕하세요').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await row('안녕하세요').waitFor({ state: 'detached' })
  expect(await violations(page, { within: ['main'] })).toEqual([])
  await row('a bold plan').getByRole('button', { name: 'Continue writing' }).click()
  await expect.poll(() => field(page).inputValue(), PATIENT).toBe('a **bold** plan')
  await field(page).fill('')
  await page.goto('/garden/drafts')
  await page.getByText('No drafts').waitFor()
  const posts = await server.as(anna).get(`/channels/${team.offTopic}/posts`)
  const sent = posts.body.posts[posts.body.order[0]]
  expect([sent.message, sent.metadata.priority.priority, sent.file_ids.length]).toEqual(['the plan', 'important', 1])
})

test('a message is scheduled, its time and words are changed, and it is sent', async () => {
  await page.goto('/garden/channels/town-square')
  await field(page).fill('good morning everybody')
  await page.getByRole('button', { name: 'Send later' }).click()
  await page
    .getByRole('menuitem', { name: /^(Tomorrow|Monday) at 9:00/ })
    .first()
    .click()
  await page.getByText('1 message is scheduled here.').waitFor()
  expect(await field(page).inputValue()).toBe('')
  await page.getByRole('link', { name: 'See all' }).click()
  await row('good morning everybody')
    .getByText(/^Sends .* 9:00/)
    .waitFor()
  await row('good morning everybody').getByRole('button', { name: 'Edit', exact: true }).click()
  const edit = page.getByRole('textbox', { name: 'Scheduled message' })
  await edit.fill('good morning all')
  await edit.press('Enter')
  await edit.waitFor({ state: 'detached' })
  await row('good morning all').getByRole('button', { name: 'Change the time' }).click()
  const dialog = page.getByRole('dialog', { name: 'Schedule this message' })
  await dialog.getByRole('spinbutton', { name: /hour/ }).press('ArrowUp')
  await dialog.getByRole('button', { name: 'Schedule' }).click()
  await row('good morning all')
    .getByText(/^Sends .* 10:00/)
    .waitFor()
  await row('good morning all').getByRole('button', { name: 'Send now' }).click()
  await page.getByText('Nothing is scheduled').waitFor()
  const newest = async (): Promise<string> => {
    const { body } = await server.as(anna).get(`/channels/${team.townSquare}/posts`)
    return body.posts[body.order[0]].message
  }
  await expect.poll(newest, PATIENT).toBe('good morning all')
})

test('a scheduled message that could not be sent says why', async () => {
  const { body } = await server.as(anna).post('/posts/schedule', {
    channel_id: team.townSquare,
    message: 'too late',
    scheduled_at: Date.now() + 3_600_000,
  })
  await server.app.db
    .updateTable('scheduledposts')
    .set({ errorcode: 'no_channel_member', processedat: Date.now() })
    .where('id', '=', body.id)
    .execute()
  await page.goto('/garden/scheduled_posts')
  await row('too late').getByText('you are not in this channel any more').waitFor()
  await row('too late').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByText('Nothing is scheduled').waitFor()
})

test('drafts stay on this device where the server keeps none', async () => {
  await server.app.config.patch({ ServiceSettings: { AllowSyncedDrafts: false } })
  await page.goto('/garden/channels/town-square')
  await field(page).focus()
  await page.keyboard.type('only here')
  await page.reload()
  await expect.poll(() => field(page).inputValue(), PATIENT).toBe('only here')
  expect((await server.as(anna).get(`/users/me/teams/${team.id}/drafts`)).status).toBe(501)
})
