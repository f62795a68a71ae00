import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { Person } from '../../testkit/builders.ts'
import { TestServer } from '../../testkit/server.ts'
import { violations } from './axe.fixture.ts'

let browser: Browser
let server: TestServer
let anna: Person
let ben: Person
let team: { id: string; townSquare: string }
let teamName: string
const channels: Record<string, string> = {}

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await server.make.user({ username: 'anna', roles: 'system_user system_admin' })
  ben = await server.make.user({ username: 'ben' })
  await server.as(ben).put(`/users/${ben.id}/patch`, { first_name: '길동', last_name: '홍' })
  team = await server.make.team([anna, ben])
  teamName = (await server.as(anna).get(`/teams/${team.id}`)).body.name
  for (const [name, display] of Object.entries({ backend: 'Backend', design: 'Design', news: '개발 공지' })) {
    const { body } = await server
      .as(anna)
      .post('/channels', { team_id: team.id, name, display_name: display, type: 'O' })
    channels[name] = body.id
    if (name !== 'design') await server.as(anna).post(`/channels/${body.id}/members`, { user_id: ben.id })
  }
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const opened: Page[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((page) => page.context().close()))
})

async function openAs(person: Person, path = 'channels/town-square', options = {}): Promise<Page> {
  const page = await openPage(browser, server, { person, ...options })
  opened.push(page)
  await page.goto(`/${teamName}/${path}`)
  await page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name: 'Town Square' }).waitFor()
  return page
}

const sidebar = (page: Page): Locator => page.getByRole('navigation', { name: 'Channels' })
const row = (page: Page, name: string | RegExp): Locator => sidebar(page).getByRole('link', { name })

async function chooseFromRow(page: Page, name: string, item: string): Promise<void> {
  await row(page, name).hover()
  await sidebar(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name }) })
    .getByRole('button')
    .click()
  await page.getByRole('menuitem', { name: item, exact: true }).click()
}

test('what others write makes a channel strong, a mention counts, and reading it ends both', async () => {
  // Being added to a channel counts as a mention; it is read first.
  const page = await openAs(ben, 'channels/backend')
  await page.locator('nav [aria-label="Backend"]').waitFor()
  await row(page, 'Town Square').click()
  await page.getByRole('main').getByRole('button', { name: 'Town Square' }).waitFor()
  await server.as(anna).post('/posts', { channel_id: channels['backend'], message: 'hello' })
  await row(page, 'Backend, unread').waitFor()
  await server.as(anna).post('/posts', { channel_id: channels['backend'], message: 'hello @ben' })
  await row(page, 'Backend, 1 mention').click()
  await row(page, 'Backend').and(page.locator('[aria-current=page]')).waitFor()
  await page.getByText('hello @ben').waitFor()
})

test('the quick switcher finds by a few letters, by initial consonants, and people', async () => {
  const page = await openAs(anna)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('ㄱㅂㄱㅈ')
  await page.getByRole('option', { name: 'Backend' }).waitFor({ state: 'detached' })
  await page.getByRole('option', { name: '개발 공지' }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/channels/news')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('홍길')
  await page.getByRole('option', { name: /홍길동/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL('**/messages/@ben')
  await row(page, 'ben').waitFor()
})

/** A page with a message that is not sent yet; the quick switcher does not come before it is released. */
async function openBeforeSwitcher(text: string) {
  const page = await openPage(browser, server, { person: anna })
  opened.push(page)
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route(/QuickSwitcher/, async (route) => {
    await released
    await route.continue()
  })
  await page.goto(`/${teamName}/channels/town-square`)
  const message = page.getByRole('textbox', { name: /Message/ })
  await message.fill(text)
  return { page, message, release }
}

test('what is typed before the switcher is there goes into it, not into the message', async () => {
  const { page, message, release } = await openBeforeSwitcher('a draft')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('backx')
  await page.keyboard.press('Backspace')
  release()
  await expect.poll(() => page.getByRole('combobox').inputValue()).toBe('back')
  await page.keyboard.type('end')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/channels/backend')
  await page.goBack()
  await page.waitForURL('**/channels/town-square')
  expect(await message.inputValue()).toBe('a draft')
})

test('Enter and Escape pressed before the switcher is there are meant for it, not for the message', async () => {
  const { page, message, release } = await openBeforeSwitcher('not yet to be sent')
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.keyboard.type('backend')
  await page.keyboard.press('Enter')
  release()
  await page.waitForURL('**/channels/backend')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.goBack()
  await page.waitForURL('**/channels/town-square')
  await expect.poll(() => message.inputValue()).toBe('not yet to be sent')
})

test('what is typed right behind a change of the channel is for the new channel', async () => {
  const page = await openAs(anna, 'channels/backend')
  const message = page.getByRole('textbox', { name: /Message/ })
  await message.focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.type('for design')
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.type('for off-topic')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('공지')
  await page.getByRole('option', { name: '개발 공지' }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.type('for the news')
  await expect.poll(() => message.inputValue()).toBe('for the news')
  const said = { backend: '', design: 'for design', 'off-topic': 'for off-topic', news: 'for the news' }
  for (const [name, words] of Object.entries(said)) {
    await sidebar(page).locator(`a[href$="/channels/${name}"]`).click()
    await page.waitForURL(`**/channels/${name}`)
    await expect.poll(() => message.inputValue(), { message: name }).toBe(words)
    await message.fill('')
  }
})

test('categories: made, filled, renamed, closed, sorted, taken away; another window follows', async () => {
  const page = await openAs(anna)
  const other = await openAs(anna)
  await chooseFromRow(page, 'Design', 'Move to')
  await page.getByRole('menuitem', { name: 'New category' }).click()
  await page.getByLabel('Name').fill('Important')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const section = (where: Page): Locator => where.getByRole('region', { name: 'Important' })
  await section(page).getByRole('link', { name: 'Design' }).waitFor()
  await section(other).getByRole('link', { name: 'Design' }).waitFor()
  await section(page).getByRole('button', { name: 'Important', exact: true }).click()
  await section(page).getByRole('link', { name: 'Design' }).waitFor({ state: 'detached' })
  await section(page).getByRole('button', { name: 'Important', exact: true }).click()
  // By the mouse too.
  await row(page, 'Backend').dragTo(section(page).getByRole('heading'))
  await section(other).getByRole('link', { name: 'Backend' }).waitFor()
  await section(page).getByRole('heading').hover()
  await section(page).getByRole('button', { name: 'Options of Important' }).click()
  await page.getByRole('menuitem', { name: 'Delete category' }).click()
  await page.getByRole('button', { name: 'Delete category' }).click()
  await section(page).waitFor({ state: 'detached' })
  await page.getByRole('region', { name: 'Channels' }).getByRole('link', { name: 'Design' }).waitFor()
})

test('favorites, muting, and only what is unread', async () => {
  const page = await openAs(anna)
  await chooseFromRow(page, 'Design', 'Add to favorites')
  await page.getByRole('region', { name: 'Favorites' }).getByRole('link', { name: 'Design' }).waitFor()
  await chooseFromRow(page, 'Backend', 'Mute')
  await row(page, 'Backend, muted').waitFor()
  await server.as(ben).post('/posts', { channel_id: channels['backend'], message: 'quiet' })
  await server.as(ben).post('/posts', { channel_id: channels['news'], message: 'loud' })
  await row(page, '개발 공지, unread').waitFor()
  await page.keyboard.press('Control+Shift+u')
  await row(page, 'Design').waitFor({ state: 'detached' })
  expect(await row(page, /Backend/).count()).toBe(0)
  await row(page, '개발 공지, unread').click()
  await page.keyboard.press('Control+Shift+u')
  await row(page, 'Design').waitFor()
})

test('a channel is created, people are added, made administrator and removed', async () => {
  const page = await openAs(anna)
  await sidebar(page).getByRole('button', { name: 'New…' }).click()
  await page.getByRole('menuitem', { name: 'Create a channel' }).click()
  await page.getByLabel('Name', { exact: true }).fill('봄 소풍')
  expect(await page.getByLabel('Address').inputValue()).toMatch(/^[a-z-]+$/)
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await row(page, '봄 소풍').waitFor()
  await page.getByRole('button', { name: '봄 소풍' }).click()
  await page.getByRole('menuitem', { name: 'Add people' }).click()
  await page.getByRole('combobox').fill('홍')
  await page.getByRole('option', { name: /홍길동/ }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: '2 members' }).click()
  const panel = page.getByRole('complementary')
  await panel.getByRole('button', { name: /ben/ }).first().waitFor()
  await panel.getByRole('button', { name: 'Options of ben' }).click()
  await page.getByRole('menuitem', { name: 'Make a channel administrator' }).click()
  await panel.getByText('Channel administrators · 2').waitFor()
  await panel.getByRole('button', { name: 'Options of ben' }).click()
  await page.getByRole('menuitem', { name: 'Remove from the channel' }).click()
  await panel.getByRole('button', { name: /@ben/ }).waitFor({ state: 'detached' })
})

test('open channels are browsed, joined by a link, renamed, left', async () => {
  const page = await openAs(ben)
  await sidebar(page).getByRole('button', { name: 'New…' }).click()
  await page.getByRole('menuitem', { name: 'Browse channels' }).click()
  await page.getByRole('option', { name: /Design/ }).click()
  await page.waitForURL('**/channels/design')
  await row(page, 'Design').waitFor()
  await page.getByRole('button', { name: 'Design' }).click()
  await page.getByRole('menuitem', { name: 'Channel settings' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Design & words')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await row(page, 'Design & words').waitFor()
  await page.getByRole('button', { name: 'Design & words' }).click()
  await page.getByRole('menuitem', { name: 'Leave channel' }).click()
  await page.getByRole('button', { name: 'Leave channel' }).click()
  await page.waitForURL('**/channels/town-square')
  await row(page, 'Design & words').waitFor({ state: 'detached' })
  await page.goto(`/${teamName}/channels/no-such-channel`)
  await page.getByText('There is no conversation “no-such-channel” for you').waitFor()
})

test('whoever is taken out of the channel in view is told so, and goes on typing nowhere', async () => {
  const body = { team_id: team.id, name: 'cabinet', display_name: 'Cabinet', type: 'P' }
  const { id } = (await server.as(anna).post('/channels', body)).body
  await server.as(anna).post(`/channels/${id}/members`, { user_id: ben.id })
  const page = await openAs(ben, 'channels/cabinet')
  const message = page.getByRole('textbox', { name: /Message/ })
  await message.pressSequentially('half a sen')
  await server.as(anna).delete(`/channels/${id}/members/${ben.id}`)
  const notice = page.getByRole('alertdialog', { name: 'You are no longer in “Cabinet”' })
  await notice.waitFor()
  await page.waitForURL('**/channels/town-square')
  await page.keyboard.type('tence')
  await page.keyboard.press('Enter')
  await notice.waitFor({ state: 'detached' })
  expect(await message.inputValue()).toBe('')
  // Who leaves by himself, in another window too, knows it.
  await server.as(anna).post(`/channels/${id}/members`, { user_id: ben.id })
  await row(page, 'Cabinet').click()
  await page.waitForURL('**/channels/cabinet')
  await server.as(ben).delete(`/channels/${id}/members/${ben.id}`)
  await page.waitForURL('**/channels/town-square')
  expect(await notice.count()).toBe(0)
})

test('presence and a status are set, and others see them', async () => {
  const page = await openAs(ben)
  await page.getByRole('button', { name: 'My account' }).click()
  await page.getByRole('menuitem', { name: 'Set a status' }).click()
  await page.getByRole('button', { name: 'Out for lunch' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('button', { name: 'My account' }).getByText('Out for lunch').waitFor()
  await page.getByRole('button', { name: 'My account' }).click()
  await page.getByRole('menuitem', { name: 'Away' }).click()
  const other = await openAs(anna, 'messages/@ben')
  await other.getByRole('main').getByText('Out for lunch').first().waitFor()
  await other.getByRole('main').getByText('Away').first().waitFor()
})

test('recent mentions and saved messages open from the list of channels, and close again', async () => {
  const { id } = (
    await server.as(anna).post('/posts', { channel_id: channels['backend'], message: 'Please look, @ben' })
  ).body
  await server
    .as(ben)
    .put('/users/me/preferences', [{ user_id: ben.id, category: 'flagged_post', name: id, value: 'true' }])
  const page = await openAs(ben)
  const details = page.getByRole('complementary')
  for (const name of ['Recent mentions', 'Saved messages']) {
    const entry = sidebar(page).getByRole('button', { name })
    await entry.click()
    await details.getByRole('heading', { name }).waitFor()
    await details.getByText('Please look').first().waitFor()
    expect(await entry.getAttribute('aria-pressed')).toBe('true')
  }
  await sidebar(page).getByRole('button', { name: 'Saved messages' }).click()
  await details.waitFor({ state: 'detached' })
  // On a phone the list makes room for what it opens.
  const phone = await openPage(browser, server, { person: ben, viewport: { width: 390, height: 844 }, hasTouch: true })
  opened.push(phone)
  await phone.goto(`/${teamName}/channels/town-square`)
  await phone.getByRole('button', { name: 'Back to the channels' }).tap()
  await sidebar(phone).getByRole('button', { name: 'Recent mentions' }).tap()
  await phone.getByRole('complementary').getByText('Please look').first().waitFor()
})

test('people are invited by a link, and a team is described', async () => {
  const page = await openAs(anna)
  await sidebar(page).getByRole('button', { name: 'New…' }).click()
  await page.getByRole('menuitem', { name: 'Invite people' }).click()
  const link = page.getByLabel('Whoever opens this link can join')
  await expect.poll(() => link.inputValue()).toMatch(/signup_user_complete\/\?id=[a-z0-9]{26}$/)
  const before = await link.inputValue()
  await page.getByRole('button', { name: 'Make a new link' }).click()
  await expect.poll(() => link.inputValue()).not.toBe(before)
})

test('the list is free of barriers, in light and in dark, wide and narrow', async () => {
  for (const options of [{}, { colorScheme: 'dark' }, { viewport: { width: 390, height: 844 } }]) {
    const page = await openPage(browser, server, { person: anna, ...options } as never)
    await page.goto(`/${teamName}/channels/town-square`)
    await page.getByRole('button', { name: /About this conversation/ }).waitFor()
    if ('viewport' in options) await page.getByRole('button', { name: 'Back to the channels' }).click()
    await row(page, 'Town Square').waitFor()
    expect(await violations(page, { within: ['nav', 'header'] })).toEqual([])
    await page.context().close()
  }
})

test('by keyboard alone: to the next channel, the next unread one, and round the regions', async () => {
  const page = await openAs(anna)
  await page.keyboard.press('Alt+ArrowUp')
  await page.waitForURL((url) => !url.pathname.endsWith('town-square'))
  await server.as(ben).post('/posts', { channel_id: channels['news'], message: 'again' })
  await row(page, '개발 공지, unread').waitFor()
  await page.keyboard.press('Alt+Shift+ArrowDown')
  await page.waitForURL('**/channels/news')
  // The field takes the focus once it is there.
  await page.getByRole('textbox', { name: /개발 공지/ }).waitFor()
  const regionOf = () => page.evaluate<string>("document.activeElement.closest('[data-region]')?.dataset.region")
  await page.keyboard.press('F6')
  const first = await regionOf()
  await page.keyboard.press('F6')
  expect(await regionOf()).not.toBe(first)
})
