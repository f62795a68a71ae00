import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { Client } from '../../testkit/client.ts'
import { signIn, signUp } from '../start/world.fixture.ts'
import type { Member } from '../start/world.fixture.ts'
import { ServerProcess } from './process.fixture.ts'

// Servers that start as processes of their own take their time where much else runs.
vi.setConfig({ testTimeout: 60_000 })

const PASSWORD = 'a-long-password-1'
const WEB = process.env.OUTPOST_WEB_DIST ?? join(import.meta.dirname, '../../web/dist')

let browser: Browser
let server: ServerProcess
let anna: Member
let ben: Member
let teamId: string
const channels: Record<string, string> = {}
let upgraded = ''

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), ServerProcess.start()])
  anna = await signUp(server.url, 'anna')
  ben = await signUp(server.url, 'ben')
  teamId = (await ben.client.post('/teams', { name: 'acme', display_name: 'Acme', type: 'O' })).body.id
  await ben.client.post(`/teams/${teamId}/members`, { team_id: teamId, user_id: anna.id })
  for (const name of ['backend', 'design', 'news']) channels[name] = await makeChannel(ben.client, name)
  upgraded = await makeUpgrade()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await rm(upgraded, { recursive: true, force: true })
})

const opened: Page[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.context().close()))
})

async function makeChannel(by: Client, name: string): Promise<string> {
  const { body } = await by.post('/channels', { team_id: teamId, name, display_name: `The ${name}`, type: 'O' })
  await by.post(`/channels/${body.id}/members`, { user_id: anna.id })
  return body.id
}

/** The web client as the next version: every script has another name, and those of the old version are gone. */
async function makeUpgrade(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-upgrade-'))
  await cp(WEB, folder, { recursive: true })
  const assets = join(folder, 'static/assets')
  const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'))
  const files = [...scripts.map((name) => join(assets, name)), join(folder, 'index.html'), join(folder, 'files.json')]
  const old = new RegExp(scripts.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g')
  await Promise.all(files.map(async (path) => writeFile(path, (await readFile(path, 'utf8')).replace(old, 'next-$&'))))
  await Promise.all(
    scripts.flatMap((name) => [
      rename(join(assets, name), join(assets, `next-${name}`)),
      ...['br', 'gz'].map((ending) => rm(join(assets, `${name}.${ending}`), { force: true })),
    ]),
  )
  await Promise.all(['br', 'gz'].map((ending) => rm(join(folder, `index.html.${ending}`), { force: true })))
  return folder
}

async function openAs(person: Member): Promise<Page> {
  const page = await openPage(browser, server as never, { person: { ...person, username: '' } })
  opened.push(page)
  await page.goto('/acme/channels/backend')
  await row(page, 'The design').waitFor()
  await page.getByRole('textbox', { name: /The backend/ }).waitFor()
  return page
}

const row = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name })
const post = (client: Client, channel: string, message: string) =>
  client.post('/posts', { channel_id: channels[channel], message })
const mainScript = (page: Page): Promise<string | null> =>
  page.locator('script[type=module][src]').first().getAttribute('src')

test('a server that was killed is missed in words; when it is back, so is everything that happened', async () => {
  const edited = (await post(ben.client, 'backend', 'Lunch at twelve')).body.id
  const deleted = (await post(ben.client, 'backend', 'Written by mistake')).body.id
  const page = await openAs(anna)
  await page.getByText('Written by mistake').waitFor()
  await server.kill()
  await page.getByText('Connection lost.').waitFor()
  await page.getByRole('textbox', { name: /The backend/ }).fill('Written in the dark')
  await page.keyboard.press('Enter')
  const failed = page.getByRole('article').filter({ hasText: 'Written in the dark' })
  await failed.getByRole('button', { name: 'Send again' }).waitFor()
  await server.elsewhere(async (url) => {
    const there = new Client(url, ben.token)
    await post(there, 'backend', 'Said meanwhile')
    await there.put(`/posts/${edited}/patch`, { message: 'Lunch at one' })
    await there.delete(`/posts/${deleted}`)
    // The first mention was to be added to it.
    await post(there, 'design', 'A mention for @anna')
    await there.delete(`/channels/${channels['news']}/members/${anna.id}`)
    await makeChannel(there, 'launch')
  })
  await server.comeBack()
  await page.getByText('Said meanwhile').waitFor({ timeout: 30_000 })
  await page.getByText('Lunch at one').waitFor()
  await page.getByText('Written by mistake').waitFor({ state: 'detached' })
  await row(page, 'The design, 2 mentions').waitFor()
  await row(page, 'The launch').waitFor()
  await row(page, 'The news').waitFor({ state: 'detached' })
  await page.getByText('Connection lost.').waitFor({ state: 'detached' })
  const again = failed.getByRole('button', { name: 'Send again' })
  if (await again.isVisible()) await again.click()
  await again.waitFor({ state: 'detached' })
  await post(ben.client, 'backend', 'Live again')
  await page.getByRole('article').filter({ hasText: 'Live again' }).waitFor()
  expect(await page.getByRole('article').filter({ hasText: 'Written in the dark' }).count()).toBe(1)
  expect(await page.getByRole('article').filter({ hasText: 'Said meanwhile' }).count()).toBe(1)
  const { posts } = (await ben.client.get(`/channels/${channels['backend']}/posts`)).body
  const arrived = Object.values<{ message: string }>(posts).filter(({ message }) => message === 'Written in the dark')
  expect(arrived).toHaveLength(1)
})

test('what happens before the first connection comes about is there when it does', async () => {
  const page = await openPage(browser, server as never, { person: { ...anna, username: '' } })
  opened.push(page)
  let isRefused = true
  await page.routeWebSocket(/websocket/, (socket) => void (isRefused ? socket.close() : socket.connectToServer()))
  await page.goto('/acme/channels/design')
  await page.getByRole('textbox', { name: /The design/ }).waitFor()
  await page.getByText('Connection lost.').waitFor()
  await post(ben.client, 'design', 'Before anybody listened')
  isRefused = false
  await page.getByText('Before anybody listened').waitFor()
})

test('who is signed out elsewhere signs in again, and is where he was, with what he typed', async () => {
  const page = await openAs(anna)
  await page.getByRole('textbox', { name: /The backend/ }).fill('Half a sentence')
  await anna.client.post(`/users/${anna.id}/sessions/revoke/all`)
  await page.getByText('Your session has ended. Sign in again.').waitFor()
  await page.getByLabel('E-mail or username').fill('anna')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const field = page.getByRole('textbox', { name: /The backend/ })
  await field.waitFor()
  expect(await field.inputValue()).toBe('Half a sentence')
  anna = await signIn(server.url, 'anna')
})

test('an upgrade is told once, in passing; parts of the old version that are gone load the new one', async () => {
  const [told, surprised] = [await openAs(anna), await openAs(ben)]
  const before = await mainScript(told)
  await server.kill()
  await server.comeBack(upgraded)
  await told.getByText('There is a new version of this page.').waitFor({ timeout: 30_000 })
  await told.getByRole('button', { name: 'Reload' }).click()
  await expect.poll(() => mainScript(told).catch(() => before), { timeout: 15_000 }).not.toBe(before)
  await row(told, 'The design').waitFor()
  expect(await told.getByText('There is a new version of this page.').count()).toBe(0)
  // Nobody pressed Reload here: the settings are asked for by their old name.
  await surprised.keyboard.press('Control+Shift+a')
  await expect.poll(() => mainScript(surprised).catch(() => before), { timeout: 15_000 }).not.toBe(before)
  await row(surprised, 'The design').waitFor()
})
