import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { barriers } from './axe.fixture.ts'
import { field, Journey, post } from './journey.fixture.ts'

const journey = new Journey()

async function newGroup(name: string, displayName: string, members: readonly Person[] = []): Promise<string> {
  const group = { name, display_name: displayName, source: 'custom', allow_reference: true }
  const user_ids = members.map(({ id }) => id)
  return (await journey.server.as(journey.jiho).post('/groups', { ...group, user_ids })).body.id
}

async function openGroups(person = journey.anna, options = {}): Promise<Page> {
  const page = await journey.open(person, 'channels/town-square', options)
  await field(page).waitFor()
  return page
}

const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name, exact: true })
const groups = (page: Page): Locator => dialog(page, 'User groups')

async function openList(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: journey.team.name, exact: true }).click()
  await page.getByRole('menuitem', { name: 'User groups' }).click()
  await groups(page).getByRole('tab', { name: 'All groups', selected: true }).waitFor()
  return groups(page)
}

test('a group is made, mentioned, filled, emptied, renamed, archived and taken back', async () => {
  const page = await openGroups()
  const all = await openList(page)
  await all.getByText('There are no groups yet').waitFor()
  await all.getByRole('button', { name: 'Create a group' }).first().click()
  const create = dialog(page, 'Create a group')
  await create.getByLabel('Name', { exact: true }).fill('홍보팀 Seoul')
  const mention = create.getByLabel('Mention')
  expect(await mention.inputValue()).toBe('hongbotim-seoul')
  await mention.fill('jiho')
  await create.getByText('Somebody has this username. Choose another mention.').waitFor()
  expect(await create.getByRole('button', { name: 'Create', exact: true }).isDisabled()).toBe(true)
  await mention.fill('here')
  await create.getByText('This word means everybody in a channel. Choose another one.').waitFor()
  await mention.fill('@Press.Seoul')
  expect(await mention.inputValue()).toBe('press.seoul')
  await create.getByRole('combobox').fill('jiho')
  await create.getByRole('option', { name: /jiho/ }).click()
  expect(await barriers(page, ['[role=dialog]'])).toEqual([])
  await create.getByRole('button', { name: 'Create', exact: true }).click()
  await create.waitFor({ state: 'detached' })

  const entry = all.getByRole('option', { name: /홍보팀 Seoul/ })
  await entry.getByText('@press.seoul · 1 member').waitFor()
  await entry.click()
  const one = dialog(page, '홍보팀 Seoul')
  const members = one.getByRole('list', { name: 'Members' }).getByRole('listitem')
  await members.filter({ hasText: '@jiho' }).waitFor()
  await one.getByRole('button', { name: 'Join group' }).click()
  await one.getByRole('button', { name: 'Leave group' }).waitFor()
  await members.filter({ hasText: '@anna' }).waitFor()
  await one.getByText('2 members').waitFor()
  await one.getByRole('button', { name: 'Remove jiho' }).click()
  await members.filter({ hasText: '@jiho' }).waitFor({ state: 'detached' })
  await one.getByRole('button', { name: 'Add people' }).click()
  const add = dialog(page, 'Add people to 홍보팀 Seoul')
  await add.getByRole('option', { name: /jiho/ }).click()
  expect(await add.getByRole('option', { name: /anna/ }).count()).toBe(0)
  await add.getByRole('button', { name: 'Add', exact: true }).click()
  await members.filter({ hasText: '@jiho' }).waitFor()
  expect(await barriers(page, ['[role=dialog]'])).toEqual([])

  const doGroup = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: 'Options of the group' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await doGroup('Change name and mention')
  const edit = dialog(page, 'Change name and mention')
  await edit.getByLabel('Name', { exact: true }).fill('Press office')
  await edit.getByLabel('Mention').fill('press')
  await edit.getByRole('button', { name: 'Save' }).click()
  await dialog(page, 'Press office').getByText('@press · 2 members').waitFor()
  await doGroup('Archive group')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Archive group' }).click()
  const office = dialog(page, 'Press office')
  await office.getByText('Archived', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await all.getByText('There are no groups yet').waitFor()
  await all.getByRole('tab', { name: 'Archived' }).click()
  await all.getByRole('option', { name: /Press office/ }).click()
  await office.getByRole('button', { name: 'Restore group' }).click()
  await office.getByRole('button', { name: 'Leave group' }).waitFor()
  for (const gone of [office, all]) {
    await page.keyboard.press('Escape')
    await gone.waitFor({ state: 'detached' })
  }
  await field(page).fill('Hello @press and all')
  await field(page).press('Enter')
  await post(page, 'Hello').getByRole('button', { name: '@press' }).click()
  const card = dialog(page, 'Group')
  await card.getByRole('button', { name: 'Manage group' }).click()
  await office.getByText('@press · 2 members').waitFor()
}, 60_000)

test('the lists are searched, paged, and follow what others do; the keyboard is enough', async () => {
  const many = Array.from({ length: 61 }, (_, at) => String(at + 1).padStart(2, '0'))
  await Promise.all(many.map((nr) => newGroup(`crew-${nr}`, `Crew ${nr}`)))
  await newGroup('garden', '정원사 모임', [journey.anna])
  const page = await openGroups()
  await page.getByRole('button', { name: journey.team.name, exact: true }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('User')
  await page.keyboard.press('Enter')
  const all = groups(page)
  const options = all.getByRole('option')
  await options.filter({ hasText: 'Crew 60' }).waitFor()
  expect(await options.filter({ hasText: 'Crew 61' }).count()).toBe(0)
  await all.getByRole('button', { name: 'Show more' }).click()
  await options.filter({ hasText: 'Crew 61' }).waitFor()
  const find = all.getByRole('combobox', { name: 'Find a group' })
  await find.fill('ㅈㅇㅅ')
  await options.filter({ hasText: '정원사 모임' }).waitFor()
  expect(await options.count()).toBe(1)
  await find.fill('zzz')
  await all.getByText('No group is called so').waitFor()
  await find.fill('')
  await all.getByRole('tab', { name: 'My groups' }).click()
  await options.filter({ hasText: '정원사 모임' }).getByText('You are in it').waitFor()
  const id = await newGroup('night', 'Night shift', [journey.anna])
  await options.filter({ hasText: 'Night shift' }).waitFor()
  await all.getByRole('combobox').focus()
  await page.keyboard.press('Enter')
  const night = dialog(page, 'Night shift')
  await night.getByRole('button', { name: 'Leave group' }).waitFor()
  await journey.server.as(journey.jiho).delete(`/groups/${id}/members`, { user_ids: [journey.anna.id] })
  await night.getByRole('button', { name: 'Join group' }).waitFor()
  await journey.server.as(journey.jiho).put(`/groups/${id}/patch`, { display_name: 'Day shift' })
  await dialog(page, 'Day shift').waitFor()
  await page.keyboard.press('Escape')
  await dialog(page, 'Day shift').waitFor({ state: 'detached' })
  expect(await find.evaluate((element) => element === document.activeElement)).toBe(true)
  await options.filter({ hasText: 'shift' }).waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await all.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(journey.team.name)
}, 60_000)

test('what people may not do is not offered, and what the server says is shown', async () => {
  const { server, anna } = journey
  await newGroup('walkers', 'Walkers', [anna])
  const { body: roles } = await server.as(await server.make.admin()).post('/roles/names', ['system_user'])
  const all: string[] = roles[0].permissions
  const admin = server.as(await server.make.admin())
  const allow = (permissions: readonly string[]) => admin.put(`/roles/${roles[0].id}/patch`, { permissions })
  await allow(all.filter((name) => !name.endsWith('_custom_group') && !name.startsWith('manage_custom')))
  const page = await openGroups(anna, { viewport: { width: 390, height: 844 }, hasTouch: true })
  await page.getByRole('button', { name: 'Back' }).first().click()
  const list = await openList(page)
  await list.getByRole('combobox').fill('walk')
  await list.getByRole('option', { name: /Walkers/ }).waitFor()
  expect(await list.getByRole('button', { name: 'Create a group' }).count()).toBe(0)
  await list.getByRole('option', { name: /Walkers/ }).click()
  const walkers = dialog(page, 'Walkers')
  await walkers.getByRole('listitem').filter({ hasText: '@anna' }).waitFor()
  for (const name of [/^Remove/, /group$/, 'Add people']) {
    expect(await walkers.getByRole('button', { name }).count()).toBe(0)
  }
  // The members of a group may be let do what others may not.
  const { body: own } = await admin.post('/roles/names', ['custom_group_user'])
  await admin.put(`/roles/${own[0].id}/patch`, { permissions: ['manage_custom_group_members'] })
  await walkers.getByRole('button', { name: 'Leave group' }).waitFor()
  await page.route('**/api/v4/users?*in_group=*', (route) => route.abort())
  await walkers.getByRole('button', { name: 'Leave group' }).click()
  await walkers.getByText('The members could not be loaded.').waitFor()
  await page.unroute('**/api/v4/users?*in_group=*')
  await walkers.getByRole('button', { name: 'Try again' }).click()
  await walkers.getByText('Nobody is in it yet.').waitFor()
  await allow(all)
}, 60_000)
