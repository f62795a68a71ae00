import type { Session } from '@mattermost/types/sessions'
import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { PageOptions } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { barriers, violations } from './axe.fixture.ts'
import { totpCode, totpStep } from '../../server/src/sessions/totp.ts'

const PASSWORD = 'eleven-green-apples'

/** News need a moment; how long is nobody's concern. */
const SOON = { timeout: 10_000 }

let browser: Browser
let server: TestServer
let anna: Person
let ben: Person

beforeAll(async () => {
  ;[browser, server] = await Promise.all([
    openBrowser(),
    TestServer.start({
      config: {
        ServiceSettings: {
          EnableMultifactorAuthentication: true,
          EnableUserAccessTokens: true,
          CollapsedThreads: 'default_on',
        },
        TeamSettings: { EnableUserDeactivation: true, ExperimentalEnableAutomaticReplies: true },
        EmailSettings: { SendEmailNotifications: true },
      },
    }),
  ])
  ;[anna, ben] = await Promise.all([account('anna'), account('ben')])
  await server.make.team([anna, ben], { name: 'garden' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** Somebody who has a password, which the rows of the builders do not. */
async function account(username: string): Promise<Person> {
  await server.app.config.patch({ TeamSettings: { EnableOpenServer: true } })
  const made = await server.as().post('/users', { username, email: `${username}@example.com`, password: PASSWORD })
  const login = await server.as().post('/users/login', { login_id: username, password: PASSWORD })
  return { id: made.body.id, username, token: login.headers.get('token')! }
}

const pages = new Map<string, Page>()

/** A page of the settings, in the window that this person has open; another one when it is to be different. */
async function open(person: Person, tab: string, options?: Omit<PageOptions, 'person'>): Promise<Page> {
  const page = (!options && pages.get(person.id)) || (await newPage(person, options))
  if ((await page.getByRole('dialog').count()) === 0) await page.keyboard.press('Control+Shift+A')
  const wanted = page.getByRole('tab', { name: tab })
  // A window that was just closed may still be going: then the keys have to be pressed once more.
  await wanted.waitFor({ timeout: 5_000 }).catch(() => page.keyboard.press('Control+Shift+a'))
  await wanted.click()
  return page
}

async function newPage(person: Person, options: Omit<PageOptions, 'person'> = {}): Promise<Page> {
  const page = await openPage(browser, server, { person, ...options })
  await page.goto('/garden/channels/town-square')
  await page.getByRole('textbox', { name: /message/i }).waitFor()
  if (!pages.has(person.id)) pages.set(person.id, page)
  return page
}

const me = async (person: Person) => (await server.as(person).get('/users/me')).body

const preference = async (person: Person, category: string, name: string): Promise<string | undefined> => {
  const { body } = await server.as(person).get('/users/me/preferences')
  return body.find((one: { category: string; name: string }) => one.category === category && one.name === name)?.value
}

const DIALOG = ['[role=dialog]']

test('every page of the settings is free of barriers, in the light and in the dark', { timeout: 120_000 }, async () => {
  const page = await open(anna, 'Profile')
  for (const tab of ['Profile', 'Security', 'Notifications', 'Display', 'Sidebar', 'Advanced']) {
    await page.getByRole('tab', { name: tab }).click()
    await page.getByRole('tabpanel', { name: tab }).getByRole('heading').first().waitFor()
    expect(await barriers(page, DIALOG)).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
})

test('names are saved together, the server’s word is shown, and what is typed is not lost without a question', async () => {
  const page = await open(anna, 'Profile')
  await page.getByLabel('First name').fill('Anna')
  await page.getByLabel('Username').fill('ben')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByRole('dialog').getByRole('alert').waitFor()
  expect(await page.getByLabel('Username').inputValue()).toBe('ben')
  await page.keyboard.press('Escape')
  await page.getByRole('alertdialog', { name: 'Discard changes?' }).waitFor()
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await page.getByLabel('Username').fill('anna')
  await page.getByRole('button', { name: 'Save', exact: true }).first().click()
  await page.getByText('Saved', { exact: true }).waitFor()
  expect(await me(anna)).toMatchObject({ first_name: 'Anna', username: 'anna' })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('a new address needs the password', async () => {
  const page = await open(ben, 'Profile')
  await page.getByLabel('E-mail address').fill('ben@new.example.com')
  const form = page.locator('form').filter({ has: page.getByLabel('E-mail address') })
  await form.getByLabel(/^Your password/).fill('wrong-password')
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await form.getByRole('alert').waitFor()
  await form.getByLabel(/^Your password/).fill(PASSWORD)
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await form.getByText('Saved').waitFor()
  expect((await me(ben)).email).toBe('ben@new.example.com')
})

test('a picture is chosen, cut and taken away', async () => {
  const page = await open(anna, 'Profile')
  const picture = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 200 })
    const context = canvas.getContext('2d')!
    context.fillRect(0, 0, 300, 200)
    return canvas.toDataURL('image/png').split(',')[1]!
  })
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a picture' }).click()
  await (await chosen).setFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(picture, 'base64') })
  await page.getByRole('img', { name: 'Part of the picture' }).press('ArrowRight')
  expect(await violations(page, { within: DIALOG })).toEqual([])
  await page.getByRole('button', { name: 'Use this picture' }).click()
  await page.getByRole('button', { name: 'Remove' }).waitFor()
  expect((await me(anna)).last_picture_update).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Remove' }).click()
  await page.getByRole('button', { name: 'Remove' }).waitFor({ state: 'detached' })
})

test('two-factor authentication is set up with a code, and turned off', async () => {
  const page = await open(ben, 'Security')
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByRole('img', { name: /QR code/ }).waitFor()
  const secret = (await page.getByText(/^[A-Z2-7]{16,}$/).textContent())!
  const dialog = page.getByRole('dialog', { name: 'Set up two-factor authentication' })
  await dialog.getByLabel('Code that the app shows').fill('000000')
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await dialog.getByRole('alert').waitFor()
  await dialog.getByLabel('Code that the app shows').fill(totpCode(secret, totpStep(Date.now())))
  await dialog.getByRole('button', { name: 'Turn on' }).click()
  await page.getByRole('button', { name: 'Turn off' }).click()
  expect((await me(ben)).mfa_active).toBe(true)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click()
  await page.getByRole('button', { name: 'Set up' }).waitFor()
  expect((await me(ben)).mfa_active).toBeFalsy()
})

test('an access token is shown once, works, and is switched off and deleted', async () => {
  await server
    .as(await server.make.admin())
    .put(`/users/${anna.id}/roles`, { roles: 'system_user system_user_access_token' })
  const page = await open(anna, 'Security')
  await page.getByRole('button', { name: 'New token' }).click()
  await page.getByLabel('What it is for').fill('nightly report')
  await page.getByRole('button', { name: 'Create' }).click()
  const token = (await page.getByText(/^[a-z0-9]{26}$/).textContent())!
  expect((await server.as({ token }).get('/users/me')).body.id).toBe(anna.id)
  await page.getByRole('button', { name: 'I have noted it' }).click()
  await page.getByRole('switch', { name: 'Active' }).click()
  await expect.poll(async () => (await server.as({ token }).get('/users/me')).status, SOON).toBe(401)
  await page.getByRole('button', { name: 'Delete nightly report' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect.poll(() => page.getByText('nightly report').count(), SOON).toBe(0)
})

test('another device is signed out, and the password changed', async () => {
  const page = await open(ben, 'Profile')
  const login = await server.as().post('/users/login', { login_id: 'ben', password: PASSWORD })
  const elsewhere = { token: login.headers.get('token')! }
  await page.getByRole('tab', { name: 'Security' }).click()
  const ends = page.getByRole('button', { name: /^Sign out: / })
  await ends.nth(1).waitFor()
  const { body: sessions } = await server.as(ben).get('/users/me/sessions')
  // The browser that looks stands first, and says so.
  const rows = page.getByRole('listitem').filter({ has: ends })
  expect(await rows.evaluateAll((all) => all.map((one) => one.textContent?.includes('This device')))).toEqual(
    sessions.map((_: Session, at: number) => at === 0),
  )
  const others = sessions.filter(({ props }: Session) => props['current'] !== 'true')
  const newest = others.toSorted((a: Session, b: Session) => b.create_at - a.create_at)[0]
  await ends.nth(1 + others.indexOf(newest)).click()
  await expect.poll(() => ends.count(), SOON).toBe(sessions.length - 1)
  expect((await server.as(elsewhere).get('/users/me')).status).toBe(401)
  await page.getByLabel('Current password').fill(PASSWORD)
  await page.getByLabel('New password').fill('twelve-red-pears')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Your password is changed.').waitFor()
  expect((await server.as().post('/users/login', { login_id: 'ben', password: 'twelve-red-pears' })).status).toBe(200)
})

test('notification settings are kept where every client finds them', async () => {
  // The switch for it is there for whoever has a first name.
  await server.as(anna).put('/users/me/patch', { first_name: 'Anna' })
  const page = await open(anna, 'Notifications')
  await page.getByRole('radio', { name: 'All new messages' }).check()
  await page.getByLabel('Sound', { exact: true }).selectOption('Ripple')
  await page.getByRole('switch', { name: /Mentions of everybody/ }).click()
  await page.getByRole('switch', { name: /first name/ }).click()
  await page.getByLabel('Other words').fill(' deploy , 배포')
  const form = page.locator('form').filter({ has: page.getByLabel('Other words') })
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await form.getByText('Saved').waitFor()
  await page.getByRole('radio', { name: 'Never' }).check()
  await page.getByRole('switch', { name: 'Answer for me' }).click()
  await expect
    .poll(async () => (await me(anna)).notify_props)
    .toMatchObject({
      desktop: 'all',
      desktop_notification_sound: 'Ripple',
      channel: 'false',
      first_name: 'true',
      mention_keys: 'deploy,배포',
      email: 'false',
      auto_responder_active: 'true',
    })
})

test('words of my own are highlighted in messages, and mention me with nothing', async () => {
  const page = await open(anna, 'Notifications')
  await page.getByLabel('Highlighted words').fill('harvest, harvest, 수확')
  const form = page.locator('form').filter({ has: page.getByLabel('Highlighted words') })
  await form.getByRole('button', { name: 'Save', exact: true }).click()
  await form.getByText('Saved').waitFor()
  expect((await me(anna)).notify_props).toMatchObject({ highlight_keys: 'harvest,수확', mention_keys: 'deploy,배포' })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  const { body: team } = await server.as(ben).get('/teams/name/garden')
  const { body: channel } = await server.as(ben).get(`/teams/${team.id}/channels/name/off-topic`)
  await server.as(ben).post('/posts', { channel_id: channel.id, message: 'The Harvest begins, 수확은 내일, harvester' })
  const entry = page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: /^Off-Topic/ })
  // Unread and no more than that.
  await page.getByRole('link', { name: 'Off-Topic, unread' }).waitFor()
  await entry.click()
  const post = page.getByRole('article').filter({ hasText: 'begins' })
  await post.waitFor()
  expect(await post.locator('mark').allTextContents()).toEqual(['Harvest', '수확'])
  await page.getByRole('link', { name: 'Town Square' }).click()
})

test('theme, density and own colours hold at once, here and in another window', async () => {
  const [page, other] = [await open(anna, 'Display'), await open(anna, 'Display', {})]
  const attribute = (name: string, on = page) => on.evaluate((key) => document.documentElement.dataset[key], name)
  const choose = (name: string): Promise<void> => page.getByRole('radio', { name }).check({ force: true })
  await choose('Dark')
  await expect.poll(() => attribute('theme'), SOON).toBe('dark')
  await expect.poll(() => attribute('theme', other), SOON).toBe('dark')
  await choose('Compact')
  await expect.poll(() => attribute('density', other), SOON).toBe('compact')
  await page.getByLabel('Contrast').selectOption('High')
  await expect.poll(() => attribute('contrast'), SOON).toBe('more')
  await choose('Own colours')
  await page
    .getByLabel('As text')
    .fill('{"sidebarBg":"#145dbf","centerChannelBg":"#fffbe6","linkColor":"#2f7d32","type":"custom"}')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect.poll(() => attribute('ownTheme', other), SOON).toBe('true')
  const sidebar = other.getByRole('navigation', { name: 'Channels', includeHidden: true })
  expect(await sidebar.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(20, 93, 191)')
  expect(JSON.parse((await preference(anna, 'theme', ''))!)).toMatchObject({ sidebarBg: '#145dbf', type: 'custom' })
  await page.reload()
  await page.getByRole('textbox', { name: /message/i }).waitFor()
  expect(await attribute('ownTheme')).toBe('true')
})

test('conversations take the full width, or stand in the middle', async () => {
  const page = await open(ben, 'Display', { viewport: { width: 1800, height: 900 } })
  const list = page.locator('[data-post-list]')
  const insets = () =>
    list.evaluate((element) => {
      const { paddingLeft, paddingRight } = getComputedStyle(element)
      return [parseFloat(paddingLeft), parseFloat(paddingRight)]
    })
  expect(await insets()).toEqual([0, 0])
  await page.getByRole('radio', { name: 'Centred' }).check({ force: true })
  await expect.poll(async () => (await insets())[0], SOON).toBeGreaterThan(100)
  const [left, right] = await insets()
  expect(left).toBe(right)
  await expect.poll(() => preference(ben, 'display_settings', 'channel_display_mode'), SOON).toBe('centered')
  const field = (await page.locator('[data-region=main] [data-composer]').boundingBox())!
  const whole = (await list.boundingBox())!
  expect(Math.abs(field.x - whole.x - left!)).toBeLessThan(20)
  await page.getByRole('radio', { name: 'Full' }).check({ force: true })
  await expect.poll(insets, SOON).toEqual([0, 0])
  await page.context().close()
})

test('the language changes without a reload, and so does the clock', async () => {
  const page = await open(ben, 'Display')
  await page.evaluate(() => Object.assign(window, { stays: true }))
  await page.getByRole('radio', { name: '15:07' }).check({ force: true })
  await expect.poll(() => preference(ben, 'display_settings', 'use_military_time'), SOON).toBe('true')
  await page.getByLabel('Language', { exact: true }).selectOption('한국어')
  await page.getByRole('dialog', { name: '설정' }).waitFor()
  expect(await page.evaluate(() => [document.documentElement.lang, 'stays' in window])).toEqual(['ko', true])
  await page.getByRole('switch', { name: '이 기기의 시간대 사용' }).click()
  await page.getByRole('combobox', { name: '시간대' }).fill('New York')
  await page.getByRole('option', { name: 'America/New York' }).click()
  await expect
    .poll(async () => (await me(ben)).timezone)
    .toMatchObject({
      useAutomaticTimezone: 'false',
      manualTimezone: 'America/New_York',
    })
  await page.getByLabel('언어', { exact: true }).selectOption('English')
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
})

test('sidebar and sending are arranged', async () => {
  const page = await open(ben, 'Sidebar')
  await page.getByRole('switch', { name: /Gather unread/ }).click()
  await page.getByLabel('How many are shown').selectOption('40')
  await page.getByRole('radio', { name: 'By name' }).check()
  await page.getByRole('tab', { name: 'Advanced' }).click()
  await page.getByRole('radio', { name: /^Ctrl\+Enter/ }).check()
  await page.getByRole('switch', { name: /join or leave/ }).click()
  const saved = async (category: string, name: string, value: string): Promise<void> => {
    await expect.poll(() => preference(ben, category, name), SOON).toBe(value)
  }
  await saved('sidebar_settings', 'show_unread_section', 'true')
  await saved('sidebar_settings', 'limit_visible_dms_gms', '40')
  await saved('advanced_settings', 'send_on_ctrl_enter', 'true')
  await saved('advanced_settings', 'join_leave', 'false')
})

test('the formatting bar is hidden, and messages are shown as they were typed', async () => {
  const page = await open(anna, 'Advanced')
  const { body: team } = await server.as(ben).get('/teams/name/garden')
  const { body: channel } = await server.as(ben).get(`/teams/${team.id}/channels/name/town-square`)
  await server.as(ben).post('/posts', { channel_id: channel.id, message: 'as **typed**' })
  const bar = page.getByRole('toolbar', { name: 'Formatting', includeHidden: true })
  expect(await bar.count()).toBe(1)
  await page.getByRole('switch', { name: 'Show the formatting bar' }).click()
  await expect.poll(() => bar.count(), SOON).toBe(0)
  await page.getByRole('switch', { name: 'Show messages formatted' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('article').filter({ hasText: 'as **typed**' }).waitFor()
  await open(anna, 'Advanced')
  await page.getByRole('switch', { name: 'Show messages formatted' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('article').filter({ hasText: 'as typed' }).waitFor()
})

test('on a phone the settings take the whole page', async () => {
  const page = await open(ben, 'Notifications', {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    colorScheme: 'dark',
  })
  expect(await page.getByRole('dialog').boundingBox()).toMatchObject({ x: 0, width: 390 })
  expect(await violations(page, { within: DIALOG })).toEqual([])
  const overflow = await page.getByRole('tabpanel').evaluate((panel) => panel.scrollWidth - panel.clientWidth)
  expect(overflow).toBe(0)
})

test('what is changed while an earlier change is still under way is kept as well', async () => {
  const eve = await account('eve')
  await server.make.joinTeam((await server.as(anna).get('/users/me/teams')).body[0].id, eve)
  const page = await open(eve, 'Notifications')
  const held: Route[] = []
  let isOpen = false
  await page.route('**/users/me/patch', (route) => (isOpen ? route.continue() : void held.push(route)))
  await page.getByRole('switch', { name: /Mentions of everybody/ }).click()
  await page.getByRole('radio', { name: 'Never' }).check()
  await expect.poll(() => held.length).toBeGreaterThan(0)
  await Promise.all([page.waitForResponse('**/users/me/patch'), held.shift()!.continue()])
  await page.getByRole('radio', { name: 'All new messages' }).check()
  isOpen = true
  await Promise.all(held.map((route) => route.continue()))
  const kept = async () => (await me(eve)).notify_props
  await expect.poll(kept).toMatchObject({ channel: 'false', email: 'false', desktop: 'all' })
  expect(await page.getByRole('radio', { name: 'Never' }).isChecked()).toBe(true)
})

test('an account is deactivated by its owner, after a question', async () => {
  const cho = await account('cho')
  await server.make.joinTeam((await server.as(anna).get('/users/me/teams')).body[0].id, cho)
  const page = await openPage(browser, server, { person: cho })
  await page.goto('/garden')
  await page.getByRole('button', { name: 'My account' }).waitFor()
  await page.keyboard.press('Control+Shift+A')
  await page.getByRole('tab', { name: 'Advanced' }).click()
  await page.getByRole('button', { name: 'Deactivate my account' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Deactivate account' }).click()
  await page.waitForURL('**/login')
  expect((await server.as(anna).get(`/users/${cho.id}`)).body.delete_at).toBeGreaterThan(0)
})
