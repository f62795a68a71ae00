import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { makeWorld, openConversation } from './accessibility.fixture.ts'
import { barriers } from './axe.fixture.ts'

/** For what comes soon, on a busy machine too. */
const PATIENT = { timeout: 8_000 }

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

const press = (keys: string) => page.keyboard.press(keys)
const button = (name: string | RegExp) => page.getByRole('button', { name }).first()
const item = (name: string | RegExp) => page.getByRole('menuitem', { name }).first()

async function choose(menu: string | RegExp, ...items: (string | RegExp)[]): Promise<void> {
  await button(menu).click()
  for (const name of items) await item(name).click()
}

async function onMessage(name: string | RegExp): Promise<void> {
  await page.getByText('Deployment').first().click({ button: 'right' })
  await item(name).click()
}

const settings = (name: string) => async (): Promise<void> => {
  await press('Control+Shift+a')
  await page.getByRole('tab', { name }).click()
  await page.getByRole('tabpanel').waitFor()
}

const TEAM = 'acme'
const CHANNEL = /^Backend$/

/** What opens a dialog, a menu or a picker over the conversation; Escape closes each. */
const OVERLAYS: Record<string, () => Promise<unknown>> = {
  'the quick switcher': () => press('Control+k'),
  'the list of shortcuts': () => press('Control+/'),
  'a new direct message': () => press('Control+Shift+k'),
  'browsing channels': () => choose('New…', 'Browse channels'),
  'creating a channel': () => choose('New…', 'Create a channel'),
  'inviting people': () => choose('New…', 'Invite people'),
  'inviting people of the server': async () => {
    await choose('New…', 'Invite people')
    await page.getByRole('tab', { name: 'From this server' }).click()
  },
  'the menu of new things': () => choose('New…'),
  'the menu of the team': () => choose(TEAM),
  'members of the team': () => choose(TEAM, 'Members'),
  'settings of the team': () => choose(TEAM, 'Team settings'),
  'the menu of the channel': () => choose(CHANNEL),
  'notifications of the channel': () => choose(CHANNEL, 'Notifications'),
  'adding people': () => choose(CHANNEL, 'Add people'),
  'a bookmark': () => choose(CHANNEL, 'Add a bookmark'),
  'settings of the channel': () => choose(CHANNEL, 'Channel settings'),
  'archiving the channel': () => choose(CHANNEL, 'Archive channel'),
  'the menu of a category': () => choose(/^Options of Channels/),
  'a new category': () => choose(/^Options of Channels/, 'New category'),
  'my menu': () => choose(/My account/),
  'my status': () => choose(/My account/, 'Set a status'),
  'silence until a time': () => choose(/My account/, 'Do not disturb', 'Another time…'),
  'the menu of a message': () => page.getByText('Deployment').first().click({ button: 'right' }),
  'forwarding a message': () => onMessage('Forward'),
  'forwarding to a channel': async () => {
    await page.getByRole('article').filter({ hasText: 'Deployment' }).first().focus()
    await press('f')
    await page.getByRole('option').first().click()
  },
  'a reminder at another time': async () => {
    await onMessage('Remind me')
    await item('At another time…').click()
  },
  'deleting a message': () => onMessage('Delete'),
  'a profile': () => page.getByRole('article').getByRole('button', { name: 'anna' }).first().click(),
  'the viewer of files': () => button(/diagram\.png/).click(),
  emoji: () => press('Control+Shift+e'),
  'settings: profile': settings('Profile'),
  'settings: security': settings('Security'),
  'settings: notifications': settings('Notifications'),
  'settings: display': settings('Display'),
  'settings: sidebar': settings('Sidebar'),
  'settings: advanced': settings('Advanced'),
}

/** The verbs of those that change something when they are confirmed. The others have no foot: their cross is enough. */
const VERBS: Record<string, string> = {
  'a new direct message': 'Start',
  'creating a channel': 'Create',
  'inviting people of the server': 'Invite',
  'settings of the team': 'Save',
  'notifications of the channel': 'Save',
  'adding people': 'Add',
  'a bookmark': 'Add',
  'settings of the channel': 'Save',
  'archiving the channel': 'Archive channel',
  'a new category': 'Save',
  'my status': 'Save',
  'silence until a time': 'Save',
  'a reminder at another time': 'Set reminder',
  'forwarding to a channel': 'Forward',
  'deleting a message': 'Delete',
}

const open = () => page.locator('[role=dialog], [role=alertdialog], [role=menu]')

test.each(Object.entries(OVERLAYS))('axe finds nothing in %s; Escape gives the focus back', async (name, show) => {
  await page.getByRole('textbox', { name: /Backend/ }).focus()
  await show()
  await open().first().waitFor()
  await page.locator('[role=progressbar], [data-skeleton]').waitFor({ state: 'detached' })
  const foot = await page.locator('[role$=dialog] > footer button').allTextContents()
  const found = await barriers(page, ['[role=dialog], [role=alertdialog], [role=menu]'])
  for (let presses = 0; presses < 4 && (await open().count()) > 0; presses++) await press('Escape')
  await expect.poll(() => open().count(), PATIENT).toBe(0)
  expect(found).toEqual([])
  expect(foot.slice(-2)).toEqual(VERBS[name] ? ['Cancel', VERBS[name]] : [])
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), PATIENT).not.toBe('BODY')
})

test('Cancel leaves everything as it was', async () => {
  await choose(/^Options of Channels/, 'New category')
  await page.getByRole('dialog').getByLabel('Name').fill('Never made')
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.getByText('Never made').count()).toBe(0)
})
