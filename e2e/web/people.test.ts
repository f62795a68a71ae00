import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { barriers } from './axe.fixture.ts'

let browser: Browser
let server: TestServer
let anna: Person
let ben: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  anna = await server.make.user({ username: 'anna', roles: 'system_user system_admin' })
  ben = await server.make.user({ username: 'ben' })
  team = await server.make.team([anna, ben], { name: 'garden' })
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function openAs(person: Person, path: string, options = {}): Promise<Page> {
  const page = await openPage(browser, server, { person, ...options })
  await page.goto(`/garden/${path}`)
  await page.getByRole('textbox', { name: /message/i }).waitFor()
  return page
}

async function newGroup(name: string, displayName: string, members: readonly Person[]): Promise<void> {
  const group = { name, display_name: displayName, source: 'custom', allow_reference: true }
  const made = await server.as(anna).post('/groups', { ...group, user_ids: members.map(({ id }) => id) })
  expect(made.status).toBe(201)
}

test('a press on the mention of a group shows who is in it, and one of them when he is pressed', async () => {
  await newGroup('gardeners', 'Gardeners', [anna, ben])
  const message = 'Good morning @gardeners'
  await server.as(anna).post('/posts', { channel_id: team.townSquare, message })
  const page = await openAs(ben, 'channels/town-square')
  const mention = page.getByRole('article').getByRole('button', { name: '@gardeners' })
  await mention.click()
  const card = page.getByRole('dialog', { name: 'Group' })
  await card.getByText('@gardeners').waitFor()
  await card.getByText('2 members').waitFor()
  await card.getByText('You are in it').waitFor()
  const names = await card.getByRole('list', { name: 'Members' }).getByRole('button').allTextContents()
  expect(names.map((name) => /@\w+/.exec(name)?.[0])).toEqual(['@anna', '@ben'])
  expect(await barriers(page, ['[role=dialog]'])).toEqual([])
  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'detached' })
  await mention.focus()
  await page.keyboard.press('Enter')
  await card.getByRole('button', { name: /@anna/ }).click()
  await page.getByRole('dialog', { name: 'Profile' }).getByText('@anna').waitFor()
  await page.context().close()
})

test('choosing a group adds those of it who are in the team and not in the channel yet', async () => {
  const [cho, dan] = await Promise.all([server.make.user({ username: 'cho' }), server.make.user({ username: 'dan' })])
  await server.make.joinTeam(team.id, cho)
  await newGroup('night-shift', 'Night shift', [ben, cho, dan])
  const channel = { team_id: team.id, name: 'shed', display_name: 'Shed', type: 'O' }
  const shed = (await server.as(anna).post('/channels', channel)).body.id
  await server.as(anna).post(`/channels/${shed}/members`, { user_id: ben.id })
  const page = await openAs(anna, 'channels/shed')
  await page.getByRole('main').getByRole('button', { name: 'Shed', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add people' }).click()
  await page.getByRole('combobox').fill('night')
  await page.getByRole('option', { name: /Night shift/ }).click()
  const chosen = page.getByRole('list', { name: 'Chosen' })
  await chosen.getByRole('button', { name: 'Remove cho' }).waitFor()
  expect(await chosen.getByRole('button').count()).toBe(1)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: '3 members' }).waitFor()
  await page.getByRole('main').getByRole('button', { name: 'Shed', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Add people' }).click()
  await page.getByRole('combobox').fill('night')
  await page.getByRole('option', { name: /Night shift/ }).click()
  await page.getByText('There is nobody to add from Night shift.').waitFor()
  await page.context().close()
})

test('a channel says that guests are in it, a team without guests says nothing', async () => {
  const page = await openAs(anna, 'channels/off-topic')
  await page.getByRole('button', { name: '2 members' }).waitFor()
  expect(await page.getByText('Guests in this channel').count()).toBe(0)
  const guest = await server.make.guest()
  await server.make.joinTeam(team.id, guest, { guest: true })
  await server.make.joinChannel(team.offTopic, guest, { guest: true })
  await page.reload()
  await page.getByText('Guests in this channel').waitFor()
  await page.getByRole('button', { name: 'About this conversation' }).click()
  await page.getByRole('complementary').getByText('1 guest reads along in this channel.').waitFor()
  await page.context().close()
})

/** A zone in which it is this hour of the day right now. The reader of these tests lives in Etc/GMT-9. */
function zoneAt(hour: number): string {
  const offset = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  // POSIX turns the sign round: Etc/GMT-9 is nine hours ahead.
  return `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`
}

test('whoever writes to somebody at night is told so, in the middle of the other’s day not', async () => {
  const live = (zone: string) =>
    server.as(ben).put('/users/me/patch', {
      timezone: { useAutomaticTimezone: 'false', manualTimezone: zone, automaticTimezone: '' },
    })
  const night = [2, 4].map(zoneAt).find((zone) => zone !== 'Etc/GMT-9')!
  await live(night)
  const page = await openAs(anna, 'messages/@ben')
  await page.getByText(/^It is [2-5]:\d\d AM where ben is\.$/).waitFor()
  await live(zoneAt(14))
  await page.getByText(/where ben is/).waitFor({ state: 'detached' })
  await page.context().close()
})

test('a member adds somebody to a channel of this team from his card, and comes back to where he was', async () => {
  await server.make.channel(team.id, [ben], { name: 'orchard', displayName: 'Orchard' })
  const message = 'Who shows @anna the orchard?'
  await server.as(ben).post('/posts', { channel_id: team.townSquare, message })
  const page = await openAs(ben, 'channels/town-square')
  const mention = page.getByRole('article').filter({ hasText: message }).locator('a', { hasText: '@anna' })
  await mention.press('Enter')
  await page.getByRole('button', { name: 'Add to a channel' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add anna to a channel' })
  await dialog.getByRole('combobox').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect.poll(() => mention.evaluate((one) => one === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add to a channel' }).click()
  await dialog.getByRole('option', { name: 'Orchard' }).click()
  await page.getByText('anna is now in Orchard').waitFor()
  await page.context().close()
})

test('beside the name of somebody whose account was closed stands that, not that he is online', async () => {
  const eva = await server.make.user({ username: 'eva' })
  await server.make.joinTeam(team.id, eva)
  await server.as(eva).put('/users/me/status', { user_id: eva.id, status: 'online' })
  const page = await openAs(ben, 'messages/@eva')
  const header = page.getByRole('main').locator('header')
  await header.getByText('Online').waitFor()
  await server.as(anna).put(`/users/${eva.id}/active`, { active: false })
  await header.getByText('Deactivated').waitFor()
  expect(await header.getByText('Online').count()).toBe(0)
  await page.context().close()
})
