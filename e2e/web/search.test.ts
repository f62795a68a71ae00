import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { openBrowser, openPage } from '../../testkit/browser.ts'
import type { PageOptions } from '../../testkit/browser.ts'
import { TestServer } from '../../testkit/server.ts'
import { violations } from './axe.fixture.ts'

/** News need a moment; how long is nobody's concern. */
const SOON = { timeout: 10_000 }

let browser: Browser
let server: TestServer
let anna: Person
let jiho: Person
let page: Page
let team: { id: string; name: string; townSquare: string; offTopic: string }
let other: { id: string; name: string; townSquare: string }

beforeAll(async () => {
  ;[browser, server] = await Promise.all([openBrowser(), TestServer.start()])
  ;[anna, jiho] = await Promise.all([server.make.user({ username: 'anna' }), server.make.user({ username: 'jiho' })])
  team = await server.make.team([anna, jiho], { name: 'garden' })
  other = await server.make.team([anna, jiho], { name: 'kitchen' })
  await say(jiho, team.townSquare, '회의록을 올렸습니다. 배포 일정도 있습니다')
  await say(jiho, team.offTopic, 'deploy at three, with **care**')
  await say(anna, team.offTopic, 'the deployment is done')
  await say(jiho, other.townSquare, 'deploy the soup')
  page = await open()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

async function say(who: Person, channelId: string, message: string, more: object = {}): Promise<{ id: string }> {
  return (await server.as(who).post('/posts', { channel_id: channelId, message, ...more })).body
}

async function open(options: Omit<PageOptions, 'person'> = {}, path = 'channels/town-square'): Promise<Page> {
  const page = await openPage(browser, server, { person: anna, ...options })
  await page.goto(`/garden/${path}`)
  await page.getByRole('textbox', { name: /message/i }).waitFor()
  return page
}

const field = (on = page) => on.locator('#search-field')
const details = (on = page) => on.getByRole('complementary')

async function searchFor(terms: string, on = page): Promise<void> {
  if ((await field(on).count()) === 0) await on.keyboard.press('Control+Shift+F')
  await field(on).fill(terms)
  await field(on).press('Enter')
}

const jump = (on = page) =>
  details(on)
    .getByRole('link', { name: /^Jump to the message/ })
    .first()

/** How many lines are drawn between two of the results, where they have no words. */
async function linesBetween(upper: number, on = page): Promise<number> {
  await on.mouse.move(0, 0)
  const boxOf = (at: number) => details(on).getByRole('article').nth(at).boundingBox()
  const [above, below] = [(await boxOf(upper))!, (await boxOf(upper + 1))!]
  const y = Math.ceil(above.y + above.height)
  const clip = { x: above.x + above.width - 80, y, width: 8, height: Math.ceil(below.y) - y }
  const png = (await on.screenshot({ clip })).toString('base64')
  return on.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d')!
    canvas.drawImage(image, 0, 0)
    const rows = Array.from({ length: image.height }, (_, y) => canvas.getImageData(4, y, 1, 1).data.join())
    return rows.filter((colour) => colour !== rows[0]).length
  }, png)
}

async function expectNoBarriers(on = page): Promise<void> {
  expect(await violations(on, { within: ['aside'] })).toEqual([])
}

test('words are found in messages, marked also with particles behind them, and lead to their place', async () => {
  await searchFor('회의록')
  await details().getByText('올렸습니다').waitFor()
  expect(await details().locator('mark').allTextContents()).toEqual(['회의록'])
  await expectNoBarriers()
  await details()
    .getByRole('link', { name: /^Jump to the message/ })
    .click()
  await page.waitForURL(/town-square|\/pl\//)
  await page.getByRole('main').getByText('올렸습니다').waitFor()
})

test('what was found shows its reactions and its thread, and is marked in what hangs on it', async () => {
  // Another word each time, for a test that is repeated.
  const word = `orchid${Date.now().toString(36)}`
  const found = await say(jiho, team.offTopic, `the ${word} blooms`, {
    props: { attachments: [{ text: `an ${word} from the catalogue` }] },
  })
  await say(anna, team.offTopic, 'how lovely', { root_id: found.id })
  await server.as(jiho).post('/reactions', { user_id: jiho.id, post_id: found.id, emoji_name: 'tada' })
  const isFound = async (): Promise<boolean> => {
    // The page that a result led to may still be taking its place.
    await searchFor(word)
    const result = details().getByText(`${word} blooms`)
    return result.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    )
  }
  await expect.poll(isFound, { timeout: 30_000 }).toBe(true)
  await expect.poll(() => details().locator('mark').allTextContents(), SOON).toEqual([word, word])
  await details().getByRole('button', { name: ':tada: 1' }).click()
  await details().getByRole('button', { name: ':tada: 2' }).waitFor()
  await details()
    .getByRole('button', { name: /1 reply/ })
    .click()
  await details().getByText('how lovely').waitFor()
  await page.keyboard.press('Escape')
})

test('filters are completed by typing: people, channels, days', async () => {
  await searchFor('')
  await field().pressSequentially('deploy from:ji')
  await details().getByRole('option', { name: /jiho/ }).waitFor()
  await field().press('Enter')
  expect(await field().inputValue()).toBe('deploy from:jiho ')
  await field().pressSequentially('in:off')
  await details()
    .getByRole('option', { name: /Off-Topic/ })
    .click()
  await field().pressSequentially('on:tod')
  await field().press('Tab')
  expect(await field().inputValue()).toMatch(/^deploy from:jiho in:off-topic on:\d{4}-\d\d-\d\d $/)
  await field().press('Enter')
  await details().getByText('at three').waitFor()
  expect(await details().getByRole('article').count()).toBe(1)
})

test('results of one channel are parted by a line, in light and dark', async () => {
  for (const colour of ['red', 'green']) await say(jiho, team.offTopic, `a ${colour} lantern`)
  await searchFor('lantern')
  await expect.poll(() => details().getByRole('article').count(), SOON).toBe(2)
  expect(await linesBetween(0)).toBe(1)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await linesBetween(0)).toBe(1)
  await page.emulateMedia({ colorScheme: 'light' })
})

test('the way to a message is no small print: it has the colour of links, and answers the pointer and the keys', async () => {
  await searchFor('deploy')
  await details().getByText('deployment').waitFor()
  const colourOf = (what: Locator): Promise<string> => what.evaluate((element) => getComputedStyle(element).color)
  expect(await colourOf(jump())).not.toBe(await colourOf(details().locator('time').first()))
  const line = (): Promise<string> => jump().evaluate((element) => getComputedStyle(element).textDecorationLine)
  expect(await line()).toBe('none')
  await jump().hover()
  expect(await line()).toBe('underline')
  await expectNoBarriers()
  await page.mouse.move(0, 0)
  await field().focus()
  const isOnJump = (): Promise<boolean> => jump().evaluate((element) => element === document.activeElement)
  for (let presses = 0; presses < 20 && !(await isOnJump()); presses++) await page.keyboard.press('Tab')
  expect(await jump().evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid')
})

test('one team or all of them, recent searches, and nothing found', async () => {
  await searchFor('deploy')
  await details().getByText('deployment').waitFor()
  expect(await details().getByText('the soup').count()).toBe(0)
  await details().getByLabel('Where to search').selectOption('In all my teams')
  await details().getByText('the soup').waitFor()
  await searchFor('zebra')
  await details().getByText('Nothing found for “zebra”').waitFor()
  await searchFor('')
  await expectNoBarriers()
  await details().getByRole('button', { name: 'Forget zebra' }).click()
  await details().getByRole('button', { name: 'deploy', exact: true }).click()
  await details().getByText('the soup').waitFor()
})

test('results follow: an edited message changes, a deleted one leaves', async () => {
  const [kept, gone] = [await say(jiho, team.offTopic, 'tulip one'), await say(jiho, team.offTopic, 'tulip two')]
  await searchFor('tulip')
  await details().getByText('two').waitFor()
  await server.as(jiho).put(`/posts/${kept.id}/patch`, { message: 'tulip edited' })
  await details().getByText('edited', { exact: true }).or(details().getByText('tulip edited')).first().waitFor()
  await server.as(jiho).delete(`/posts/${gone.id}`)
  await expect.poll(() => details().getByRole('article').count(), SOON).toBe(1)
})

test('a long list goes on while one scrolls', async () => {
  const long = await server.make.channel(team.id, [anna, jiho], { name: 'long', displayName: 'Long' })
  for (let batch = 0; batch < 7; batch++) {
    await Promise.all(Array.from({ length: 10 }, (_, at) => say(jiho, long.id, `seed ${batch * 10 + at}`)))
  }
  await searchFor('seed')
  const found = details().getByRole('article')
  await found.first().waitFor()
  await expect
    .poll(async () => {
      await found.last().scrollIntoViewIfNeeded()
      return found.count()
    })
    .toBe(70)
})

test('files are found by name and kind, and those of a channel stand together', async () => {
  const form = new FormData()
  form.set('channel_id', team.townSquare)
  form.append('files', new Blob(['a,b']), '회의록-11월.csv')
  form.append('files', new Blob(['x']), 'plan.txt')
  const headers = { Authorization: `Bearer ${jiho.token}` }
  const answer = await fetch(`${server.url}/api/v4/files`, { method: 'POST', headers, body: form })
  const infos = ((await answer.json()) as { file_infos: { id: string }[] }).file_infos
  await say(jiho, team.townSquare, 'two files', { file_ids: infos.map(({ id }) => id) })
  await searchFor('회의록')
  await details().getByRole('tab', { name: 'Files' }).click()
  await details().getByText('회의록-11월.csv').waitFor()
  await expectNoBarriers()
  await details().getByLabel('Kind of file').selectOption('Images')
  await details().getByText('Nothing found').waitFor()
  await page.getByRole('button', { name: 'About this conversation' }).click()
  await details().getByRole('button', { name: /Files/ }).click()
  await details().getByText('plan.txt').waitFor()
  await details().getByLabel('Kind of file').selectOption('Spreadsheets')
  await expect.poll(() => details().getByText('plan.txt').count(), SOON).toBe(0)
  await details().getByRole('button', { name: 'Open 회의록-11월.csv' }).click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('mentions, saved and pinned messages have their lists, and these follow', async () => {
  const mention = await say(jiho, team.offTopic, 'please look, @anna')
  await say(jiho, team.offTopic, 'not for @annabel')
  await page.keyboard.press('Control+Shift+M')
  await details().getByText('please look').waitFor()
  expect(await details().getByText('annabel').count()).toBe(0)
  await say(jiho, team.offTopic, 'again, @anna')
  await details().getByText('again').waitFor()
  await page.keyboard.press('Control+Shift+F')
  await details().getByRole('button', { name: 'Saved messages' }).click()
  await details().getByText('You have not saved anything yet').waitFor()
  const preference = { user_id: anna.id, category: 'flagged_post', name: mention.id, value: 'true' }
  await server.as(anna).put('/users/me/preferences', [preference])
  await details().getByText('please look').waitFor()
  await server.as(anna).post('/users/me/preferences/delete', [preference])
  await details().getByText('You have not saved anything yet').waitFor()
  const pinned = await say(jiho, team.townSquare, 'the rules of the house')
  await server.as(jiho).post(`/posts/${pinned.id}/pin`)
  await page.getByRole('button', { name: '1 pinned message' }).click()
  await details().getByText('the rules').waitFor()
  await server.as(jiho).post(`/posts/${pinned.id}/unpin`)
  await details().getByText('Nothing is pinned here yet').waitFor()
  await server.as(jiho).post(`/posts/${pinned.id}/pin`)
  await details().getByText('the rules').waitFor()
})

test('an error is told, and the search tried again', async () => {
  await page.route('**/posts/search', (route) => route.abort(), { times: 1 })
  await searchFor('deploy')
  await details().getByRole('alert').waitFor()
  await details().getByRole('button', { name: 'Try again' }).click()
  await details().getByText('deployment').waitFor()
})

test('on a phone the search takes the whole width, gives way to what was found, and is as clear in the dark', async () => {
  const phone = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, colorScheme: 'dark' })
  await searchFor('회의록', phone)
  await details(phone).getByText('올렸습니다').waitFor()
  expect((await details(phone).boundingBox())?.width).toBe(390)
  await expectNoBarriers(phone)
  await details(phone)
    .getByRole('link', { name: /^Jump to the message/ })
    .click()
  await details(phone).waitFor({ state: 'detached' })
  await phone.context().close()
})
