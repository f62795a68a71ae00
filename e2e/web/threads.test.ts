import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { violations } from './axe.fixture.ts'
import { Journey, panel } from './journey.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const here = new Journey()

const thread = (page: Page) => page.getByRole('region', { name: 'Messages of the thread' })

test('a reply in the thread shows at the other’s, below the post, and as a followed thread', async () => {
  const { id } = await here.channel('talk')
  await here.say(here.anna, id, 'shall we?')
  const [a, b] = await Promise.all([here.open(here.anna, 'channels/talk'), here.open(here.jiho, 'channels/talk')])
  await b.getByRole('article').filter({ hasText: 'shall we?' }).hover()
  await b.getByRole('button', { name: 'Reply', exact: true }).click()
  const field = panel(b).getByRole('textbox')
  await field.fill('yes, we shall')
  await field.press('Enter')
  await thread(b).getByText('yes, we shall').waitFor()
  await a.getByRole('button', { name: /1 reply/ }).click()
  await thread(a).getByText('yes, we shall').waitFor()
  const answer = panel(a).getByRole('textbox')
  await answer.fill('good')
  await answer.press('Enter')
  await thread(b).getByText('good', { exact: true }).waitFor()
  await panel(b).getByRole('button', { name: 'Following' }).click()
  await panel(b).getByRole('button', { name: 'Follow', exact: true }).waitFor()
  await b.keyboard.press('Escape')
  await panel(b).waitFor({ state: 'hidden' })
})

test('all threads in one list: unread ones apart, read by looking, all of them at once', async () => {
  const { id } = await here.channel('many')
  const roots = await Promise.all(['first', 'second', 'third'].map((text) => here.say(here.anna, id, `${text} topic`)))
  for (const root of roots) await here.say(here.jiho, id, `about ${root.id}`, { root_id: root.id })
  const page = await here.open(here.anna, 'threads')
  const items = page.getByRole('navigation', { name: 'Threads' }).getByRole('link')
  await page.getByRole('button', { name: /Unread \(\d\)/ }).click()
  await items.filter({ hasText: 'second topic' }).click()
  await thread(page).getByText(`about ${roots[1]!.id}`).waitFor()
  await thread(page).getByText('New messages').waitFor()
  await page.getByRole('button', { name: 'Unread (2)' }).waitFor()
  // What was read while the unread ones are listed stays in the list until it is left.
  expect(await items.filter({ hasText: 'second topic' }).count()).toBe(1)
  await items.filter({ hasText: 'second topic' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Unread (1)' }).waitFor()
  await page.getByRole('button', { name: 'Mark all threads as read' }).click()
  await page.getByRole('button', { name: 'Unread', exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await thread(page).waitFor({ state: 'hidden' })
})

test('a reply that comes while nobody looks is counted, and its line stays', async () => {
  const { id } = await here.channel('later')
  const root = await here.say(here.anna, id, 'wait for it')
  const page = await here.open(here.anna, `channels/later`)
  await page.getByRole('article').filter({ hasText: 'wait for it' }).waitFor()
  await here.say(here.jiho, id, 'here it is', { root_id: root.id })
  await page.getByRole('img', { name: 'Unread replies' }).waitFor()
  await page.getByRole('button', { name: /1 reply/ }).click()
  await thread(page).getByText('New messages').waitFor()
  await page.getByRole('img', { name: 'Unread replies' }).waitFor({ state: 'hidden' })
})

test('a post that stands in its channel and in its thread is edited where one began', async () => {
  const { id } = await here.channel('twice')
  const root = await here.say(here.anna, id, 'seen in two places')
  await here.say(here.jiho, id, 'indeed', { root_id: root.id })
  const page = await here.open(here.anna, 'channels/twice')
  await page.getByRole('button', { name: /1 reply/ }).click()
  await thread(page).getByText('seen in two places').hover()
  await thread(page).getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: 'Edit', exact: true }).click()
  const edit = page.getByRole('textbox', { name: 'Edit message' })
  await thread(page).getByRole('textbox', { name: 'Edit message' }).waitFor()
  expect(await edit.count()).toBe(1)
  await edit.fill('said in two places')
  await edit.press('Enter')
  await expect.poll(() => page.getByRole('article').filter({ hasText: 'said in two places' }).count()).toBe(2)
})

test('a deleted thread says so, and nothing breaks', async () => {
  const { id } = await here.channel('gone')
  const root = await here.say(here.jiho, id, 'soon gone')
  await here.say(here.jiho, id, 'with this', { root_id: root.id })
  const page = await here.open(here.anna, 'channels/gone')
  await page.getByRole('button', { name: /1 reply/ }).click()
  await thread(page).getByText('with this').waitFor()
  await here.server.as(here.jiho).delete(`/posts/${root.id}`)
  await panel(page).getByText('This thread was deleted.').waitFor()
})

test('nothing for axe to complain about', async () => {
  const { id } = await here.channel('axe')
  const root = await here.say(here.anna, id, 'a root for axe')
  await here.say(here.jiho, id, 'a reply for axe', { root_id: root.id })
  const page = await here.open(here.anna, `threads/${root.id}`)
  await thread(page).getByText('a reply for axe').waitFor()
  expect(await violations(page, { within: ['[data-region="main"]'] })).toEqual([])
})
