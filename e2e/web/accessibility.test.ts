import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { makeWorld, openConversation } from './accessibility.fixture.ts'
import type { World } from './accessibility.fixture.ts'
import { barriers } from './axe.fixture.ts'

let browser: Browser
let server: TestServer
let world: World
let page: Page
let visitor: Page

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  world = await makeWorld(server)
  ;[page, visitor] = await Promise.all([openConversation(browser, server, world.anna), openPage(browser, server)])
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** Pages before somebody is signed in. */
const ACCOUNT = [
  '/login',
  '/login?extra=expired',
  '/signup_user_complete',
  '/reset_password',
  '/reset_password_complete?token=abc',
  '/should_verify_email?email=anna%40example.com',
  '/claim/email_to_oauth?new_type=gitlab&email=anna%40example.com',
  '/landing',
  '/error?type=oauth_missing_code',
]

test.each(ACCOUNT)('axe finds nothing on %s', async (address) => {
  await visitor.goto(address)
  await visitor.getByRole('heading', { level: 1 }).waitFor()
  expect(await barriers(visitor)).toEqual([])
})

const panel = () => page.getByRole('complementary', { name: 'Details' })
const press = (keys: string) => page.keyboard.press(keys)
const menuOfChannel = async (item: string): Promise<void> => {
  await page.getByRole('main').getByRole('button', { name: 'Backend', exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Pages of a team, and what stands on the right side of them. Each begins in the conversation, without a panel. */
const PLACES: Record<string, () => Promise<void>> = {
  conversation: async () => page.getByText('Two files').waitFor(),
  'a message with the focus': async () => {
    await page.getByRole('article').last().focus()
    await page.getByRole('button', { name: 'Reply' }).first().waitFor()
  },
  'the thread of a message': async () => {
    await page.getByRole('button', { name: /1 reply/ }).click()
    await panel().getByText('Looks good to me').waitFor()
  },
  'about the channel': async () => {
    await page.getByRole('button', { name: 'About this conversation' }).click()
    await panel().getByText('On call').first().waitFor()
  },
  members: async () => {
    await page.getByRole('main').getByRole('button', { name: '2 members' }).click()
    await panel().getByText('ben').first().waitFor()
  },
  pinned: async () => {
    await menuOfChannel('Pinned messages')
    await panel().getByText('Deployment').first().waitFor()
  },
  files: async () => {
    await menuOfChannel('Files')
    await panel().getByText('diagram.png').first().waitFor()
  },
  search: async () => {
    await press('Control+Shift+f')
    await panel().getByRole('combobox').or(panel().getByRole('searchbox')).first().fill('deployment')
    await press('Enter')
    await panel().getByText('Deployment', { exact: false }).first().waitFor()
  },
  mentions: async () => {
    await press('Control+Shift+m')
    await panel().getByText('Looks good to me').waitFor()
  },
  saved: async () => {
    await press('Control+Shift+s')
    await panel().getByText('Deployment').first().waitFor()
  },
  threads: async () => {
    await page.goto('/acme/threads')
    await page.getByRole('main').getByText('Deployment').first().waitFor()
  },
  'an open thread among the threads': async () => {
    await page.goto(`/acme/threads/${world.root}`)
    await page.getByText('Looks good to me').first().waitFor()
  },
  drafts: async () => {
    await page.goto('/acme/drafts')
    await page.getByRole('main').getByText('A draft').first().waitFor()
  },
  scheduled: async () => {
    await page.goto('/acme/scheduled_posts')
    await page.getByRole('tab', { name: 'Scheduled' }).waitFor()
  },
  'a channel that is not there': async () => {
    await page.goto('/acme/channels/nowhere')
    await page.getByRole('main').getByRole('heading').first().waitFor()
  },
  'a link to a message that is gone': async () => {
    await page.goto(`/acme/pl/${'a'.repeat(26)}`)
    await page.getByRole('heading', { name: 'This message cannot be shown' }).waitFor()
  },
  'teams to choose from': async () => {
    await page.goto('/select_team')
    await page.getByText('acme').first().waitFor()
  },
  'a new team': async () => {
    await page.goto('/create_team')
    await page.getByRole('textbox').first().waitFor()
  },
}

test.each(Object.entries(PLACES))('axe finds nothing in %s', async (_, open) => {
  if (!page.url().endsWith('/channels/backend')) {
    await page.goto('/acme/channels/backend')
    await page.getByText('Two files').waitFor()
  }
  await open()
  const found = await barriers(page)
  if (await panel().isVisible()) {
    await panel().getByRole('button', { name: 'Close', exact: true }).click()
    await panel().waitFor({ state: 'detached' })
  }
  expect(found).toEqual([])
})
