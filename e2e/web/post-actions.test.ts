import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startServer } from '../../server/src/outgoing/local-servers.fixture.ts'
import type { LocalServer } from '../../server/src/outgoing/local-servers.fixture.ts'
import { PersistentNotificationSender } from '../../server/src/posts/persistent-notification-sender.ts'
import { ReminderSender } from '../../server/src/reminders/reminder-sender.ts'
import { choose, field, Journey, list, panel, post } from './journey.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000
const here = new Journey({ config: { ServiceSettings: { AllowedUntrustedInternalConnections: '127.0.0.1' } } })

test('an earlier version of a post comes back, at the other’s too', async () => {
  const { id } = await here.channel('history')
  const { id: postId } = await here.say(here.anna, id, 'lunch at noon')
  await here.server.as(here.anna).put(`/posts/${postId}/patch`, { message: 'lunch at one' })
  const [a, b] = [await here.open(here.anna, 'channels/history'), await here.open(here.jiho, 'channels/history')]
  await post(b, 'lunch at one').waitFor()
  await post(a, 'lunch at one').getByRole('button', { name: 'edited' }).click()
  const versions = panel(a).getByRole('listitem')
  await expect.poll(() => versions.allTextContents()).toHaveLength(2)
  expect(await versions.first().textContent()).toContain('lunch at one')
  await versions.filter({ hasText: 'lunch at noon' }).getByRole('button', { name: 'Restore' }).click()
  await post(b, 'lunch at noon').waitFor()
  await versions.first().filter({ hasText: 'lunch at noon' }).getByText('Current').waitFor()
  await expect.poll(() => versions.allTextContents()).toHaveLength(3)
  // Nobody reads the earlier versions of another's post.
  expect(await post(b, 'lunch at noon').getByRole('button', { name: 'edited' }).count()).toBe(0)
})

test('what was written into a message that is deleted meanwhile can be taken along', async () => {
  const { id } = await here.channel('gone')
  const { id: postId } = await here.say(here.anna, id, 'half a plan')
  const page = await here.open(here.anna, 'channels/gone')
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await post(page, 'half a plan').waitFor()
  await page.getByRole('textbox', { name: /message/i }).press('ArrowUp')
  await page.getByRole('textbox', { name: 'Edit message' }).fill('the whole plan')
  await here.server.as(here.anna).delete(`/posts/${postId}`)
  await page.getByText('The message that you were editing was deleted.').waitFor()
  await page.getByRole('button', { name: 'Copy what I wrote' }).click()
  await page.getByText('Text copied').waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('the whole plan')
})

test('a reminder is confirmed, and comes as a message that leads back', async () => {
  const { id } = await here.channel('later')
  await here.say(here.jiho, id, 'water the plants')
  const page = await here.open(here.anna, 'channels/later')
  await choose(page, 'water the plants', 'Remind me', 'In 30 minutes')
  await list(page).getByText('You will be reminded of this message').waitFor()
  const sender = new ReminderSender(here.server.app)
  await sender.run(Date.now() + 29 * MINUTE)
  const bot = page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: /system-bot/ })
  expect(await bot.count()).toBe(0)
  await sender.run(Date.now() + 31 * MINUTE)
  await bot.click()
  await post(page, 'You asked to be reminded').getByText('water the plants').waitFor()
  await post(page, 'You asked to be reminded')
    .getByRole('link', { name: /\/pl\// })
    .click()
  await page.waitForURL(/channels\/later/)
  await post(page, 'water the plants').waitFor()
})

test('a reminder at another time is set by day and hour; one in the past is refused', async () => {
  const { id } = await here.channel('sometime')
  await here.say(here.jiho, id, 'renew the domain')
  const page = await here.open(here.anna, 'channels/sometime')
  await choose(page, 'renew the domain', 'Remind me', 'At another time…')
  const dialog = page.getByRole('dialog', { name: 'Remind me of this message' })
  await dialog.getByRole('button', { name: 'Set reminder' }).click()
  await dialog.waitFor({ state: 'detached' })
  await list(page).getByText('You will be reminded of this message').waitFor()
  const rows = await here.server.app.db.selectFrom('postreminders').selectAll().execute()
  const at = new Date(rows.at(-1)!.targettime! * 1000 + 9 * 60 * MINUTE)
  // Nine in the morning of tomorrow, in Seoul.
  expect([at.getUTCHours(), at.getUTCMinutes()]).toEqual([9, 0])
})

/** A program that offers buttons and lists, on a server of its own. */
let program: LocalServer
let told: { context: Record<string, unknown>; user_name: string }[] = []
let answer: object | null = {}
beforeAll(async () => {
  program = await startServer(async (request: IncomingMessage, response: ServerResponse) => {
    told.push(JSON.parse(Buffer.concat(await request.toArray()).toString()))
    if (!answer) response.statusCode = 500
    response.end(JSON.stringify(answer ?? {}))
  })
})
afterAll(() => program.close())

async function offer(channelId: string, text: string, ...actions: readonly object[]): Promise<void> {
  const bot = await here.server.make.user({ bot: true })
  await here.server.make.joinTeam(here.team.id, bot)
  await here.server.make.joinChannel(channelId, bot)
  const integration = { url: `${program.url}/hook`, context: { ticket: 7 } }
  const props = { attachments: [{ text, actions: actions.map((action) => ({ integration, ...action })) }] }
  await here.say(bot, channelId, '', { props })
  told = []
}

test('the button of a program tells it who pressed; what it answers is shown', async () => {
  const { id } = await here.channel('deploy')
  await offer(id, 'Release 10.2?', { id: 'yes', type: 'button', name: 'Approve', style: 'good' })
  const [a, b] = [await here.open(here.anna, 'channels/deploy'), await here.open(here.jiho, 'channels/deploy')]
  await post(b, 'Release 10.2?').waitFor()
  answer = null
  await post(a, 'Release 10.2?').getByRole('button', { name: 'Approve' }).click()
  await post(a, 'Release 10.2?').getByRole('alert').getByText('did not answer as it should').waitFor()
  answer = { update: { message: 'Approved by anna', props: {} }, ephemeral_text: 'Thank you' }
  await post(a, 'Release 10.2?').getByRole('button', { name: 'Approve' }).click()
  await post(b, 'Approved by anna').waitFor()
  await post(a, 'Thank you').getByText('Only visible to you').waitFor()
  expect(told.map((one) => [one.user_name, one.context['ticket']])).toEqual([
    ['anna', 7],
    ['anna', 7],
  ])
  expect(await post(b, 'Thank you').count()).toBe(0)
})

test('lists of a program: its own options, and people found by typing', async () => {
  const { id } = await here.channel('assign')
  const options = ['low', 'high'].map((value) => ({ text: `${value} risk`, value }))
  await offer(
    id,
    'Who takes it?',
    { id: 'risk', type: 'select', name: 'Risk', options },
    { id: 'who', type: 'select', name: 'Person', data_source: 'users' },
  )
  answer = { ephemeral_text: 'Noted' }
  const page = await here.open(here.anna, 'channels/assign')
  await post(page, 'Who takes it?').getByLabel('Risk').selectOption('high risk')
  await list(page).getByText('Noted').waitFor()
  await post(page, 'Who takes it?').getByRole('button', { name: 'Person' }).click()
  await page.getByRole('dialog', { name: 'Person' }).getByRole('combobox').fill('jih')
  await page.getByRole('option', { name: /jiho/ }).click()
  await post(page, 'Who takes it?').getByRole('button', { name: 'jiho' }).waitFor()
  await expect
    .poll(() => told.map(({ context }) => context['selected_option']), { timeout: 10_000 })
    .toEqual(['high', here.jiho.id])
})

/** Puts a finger on something and leaves it there until what it opens is there. */
async function longPress(page: Page, text: string): Promise<void> {
  const devices = await page.context().newCDPSession(page)
  const box = (await post(page, text).boundingBox())!
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  await devices.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await page.getByRole('dialog', { name: 'Message actions' }).waitFor()
  await devices.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
}

test('a long press opens everything that can be done with a post, for fingers', async () => {
  const { id } = await here.channel('phone')
  await here.say(here.jiho, id, 'under a finger')
  const b = await here.open(here.jiho, 'channels/phone')
  const page = await here.open(here.anna, 'channels/phone', { viewport: { width: 390, height: 844 }, hasTouch: true })
  await post(page, 'under a finger').waitFor()
  await longPress(page, 'under a finger')
  const sheet = page.getByRole('dialog', { name: 'Message actions' })
  const items = await sheet.getByRole('menuitem').evaluateAll((all) => all.map((one) => one.clientHeight))
  expect(Math.min(...items)).toBeGreaterThanOrEqual(40)
  // The finger that opened it presses nothing when it is lifted.
  expect(await sheet.isVisible()).toBe(true)
  await sheet.getByRole('button', { name: 'React with :+1:' }).tap()
  await sheet.waitFor({ state: 'detached' })
  await post(b, 'under a finger').getByRole('button', { name: ':+1: 1' }).waitFor()
  await longPress(page, 'under a finger')
  await sheet.getByRole('menuitem', { name: 'Reply' }).tap()
  await panel(page).getByText('under a finger').waitFor()
})

/** Notifications are written down instead of shown: a browser without a window shows none. */
async function recordNotifications(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const bodies: string[] = []
    class Recorded extends EventTarget {
      static permission = 'granted'
      constructor(_title: string, { body = '' }: NotificationOptions) {
        super()
        bodies.push(body)
      }
      close(): void {}
    }
    Object.assign(window, { Notification: Recorded, bodies })
  })
  await page.reload()
  return () => page.evaluate(() => (window as unknown as { bodies: string[] }).bodies)
}

test('an urgent post repeats its notification until the one it names has answered', async () => {
  await here.channel('alarm')
  const [a, b] = [await here.open(here.anna, 'channels/off-topic'), await here.open(here.jiho, 'channels/alarm')]
  const heard = await recordNotifications(a)
  await field(a).waitFor()
  await field(b).fill('the server is down')
  const priority = b.getByRole('button', { name: 'Priority', exact: true })
  await priority.click()
  await b.getByRole('menuitemradio', { name: 'Urgent' }).click()
  await priority.click()
  await b.getByRole('menuitemcheckbox', { name: /Repeat notifications/ }).click()
  await b.keyboard.press('Escape')
  await field(b).focus()
  await b.keyboard.press('Enter')
  // Somebody has to be meant.
  await b.getByRole('alert').getByText('Mention whom the repeated notifications are for').waitFor()
  await field(b).fill('@anna the server is down')
  await b.keyboard.press('Escape')
  await b.keyboard.press('Enter')
  await post(b, 'the server is down').getByText('Urgent').waitFor()
  await expect.poll(heard, { timeout: 10_000 }).toHaveLength(1)
  const sender = new PersistentNotificationSender(here.server.app)
  await sender.run(Date.now() + 6 * MINUTE)
  await expect.poll(heard, { timeout: 10_000 }).toEqual(Array(2).fill('jiho: @anna the server is down'))
  await a.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: /alarm/ }).click()
  await post(a, 'the server is down').hover()
  await a.getByRole('button', { name: 'React with :+1:' }).click()
  await post(b, 'the server is down').getByRole('button', { name: ':+1: 1' }).waitFor()
  const waiting = here.server.app.db.selectFrom('persistentnotifications').selectAll().where('deleteat', '=', 0)
  await expect.poll(() => waiting.execute(), { timeout: 10_000 }).toEqual([])
})

test('a group is completed, mentions its people and nobody else', async () => {
  await here.channel('all-hands')
  const group = { name: 'gardeners', display_name: 'Gardeners', source: 'custom', allow_reference: true }
  const made = await here.server.as(here.jiho).post('/groups', { ...group, user_ids: [here.anna.id] })
  expect(made.status).toBe(201)
  const [a, b] = [await here.open(here.anna, 'channels/off-topic'), await here.open(here.jiho, 'channels/all-hands')]
  await field(a).waitFor()
  await field(b).pressSequentially('Roses, @gard')
  await b.getByRole('option', { name: /Gardeners/ }).waitFor()
  await field(b).press('Enter')
  expect(await field(b).inputValue()).toBe('Roses, @gardeners ')
  await field(b).press('Enter')
  await post(b, 'Roses').waitFor()
  const link = a.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: /all-hands/ })
  await link.getByText('1', { exact: true }).waitFor()
  await link.click()
  const colours = (page: Page) =>
    post(page, 'Roses')
      .getByText('@gardeners')
      .evaluate((one) => getComputedStyle(one).backgroundColor)
  await post(a, 'Roses').waitFor()
  // Who is meant sees it marked; who is not sees a plain mention.
  expect(await colours(a)).not.toBe(await colours(b))
})

test('what the menu of a post opens gives the focus back to the post, every time', async () => {
  const { id } = await here.channel('back')
  await here.say(here.anna, id, 'come back to me')
  const page = await here.open(here.anna, 'channels/back')
  const one = post(page, 'come back to me')
  const isFocused = (): Promise<boolean> => one.evaluate((element) => element === document.activeElement)
  for (const item of ['Forward', 'Delete', 'Forward', 'Delete']) {
    await one.getByText('come back to me').click({ button: 'right' })
    await page.getByRole('menuitem', { name: item }).click()
    await page.locator('[role$="dialog"]').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(isFocused, { message: item }).toBe(true)
  }
  await one.getByText('come back to me').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Reply' }).click()
  await panel(page).getByRole('textbox', { name: 'Reply' }).waitFor()
  await page.keyboard.press('Escape')
  await panel(page).waitFor({ state: 'detached' })
  await expect.poll(isFocused, { message: 'the thread' }).toBe(true)
})
