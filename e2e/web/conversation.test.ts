import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { violations } from './axe.fixture.ts'
import { choose, field, Journey, list, post } from './journey.fixture.ts'
import { writePosts } from './posts.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const here = new Journey()

/** Waits for what comes about in its own time, on a slow machine too. */
function eventually<T>(ask: () => T) {
  return expect.poll(ask, { timeout: 10_000 })
}

async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}

test('two people talk: posts appear at once, grouped, and who is typing is told', async () => {
  const { id } = await here.channel('talk')
  const [a, b] = await Promise.all([here.open(here.anna, 'channels/talk'), here.open(here.jiho, 'channels/talk')])
  await list(a).getByText('talk').first().waitFor()
  await list(b).getByText('talk').first().waitFor()
  await here.server.as(here.jiho).post(`/users/${here.jiho.id}/typing`, { channel_id: id })
  await a.getByText('jiho is typing…').waitFor()
  await write(b, '안녕')
  await post(a, '안녕').waitFor()
  await write(a, 'Hello, **jiho**')
  await post(b, 'Hello, jiho').waitFor()
  await write(a, 'and a second one')
  await post(b, 'and a second one').waitFor()
  // The second post of a person in a row does not repeat the name.
  expect(await post(b, 'Hello, jiho').getByRole('button', { name: 'anna' }).count()).toBe(1)
  expect(await post(b, 'and a second one').getByRole('button', { name: 'anna' }).count()).toBe(0)
  expect(await list(b).getByText('Today', { exact: true }).count()).toBe(1)
  await a.getByText('jiho is typing…').waitFor({ state: 'hidden' })
})

test('a channel opens at the first unread post; the line stays until it is dismissed', async () => {
  const { id } = await here.channel('unread')
  await writePosts(here.server, id, here.jiho, 80, (at) => `old ${at}`)
  await here.server.as(here.anna).post('/channels/members/me/view', { channel_id: id })
  await writePosts(here.server, id, here.jiho, 60, (at) => `new ${at}`)
  const page = await here.open(here.anna, 'channels/unread')
  await list(page).getByText('New messages').waitFor()
  await expectInView(page, 'new 0')
  expect(await post(page, 'new 59').count()).toBe(0)
  await eventually(() => unreadOf(id)).toBe(0)
  expect(await list(page).getByText('New messages').count()).toBe(1)
  await page.keyboard.press('Escape')
  await expectInView(page, 'new 59')
  expect(await list(page).getByText('New messages').count()).toBe(0)
})

test('in the colours of a high contrast the line of new messages is still a line', async () => {
  const { id } = await here.channel('contrast')
  await here.say(here.jiho, id, 'unread')
  const page = await here.open(here.anna, 'channels/off-topic')
  await page.emulateMedia({ forcedColors: 'active' })
  await page.goto(`/${here.team.name}/channels/contrast`)
  const words = list(page).getByText('New messages')
  await words.waitFor()
  const line = await words.locator('..').evaluate((one) => {
    const { borderTopWidth, borderTopColor } = getComputedStyle(one, '::before')
    return { width: borderTopWidth, isSeen: borderTopColor !== getComputedStyle(document.body).backgroundColor }
  })
  expect(line).toEqual({ width: '1px', isSeen: true })
})

test('a channel with more unread posts than one page opens from the list of channels too', async () => {
  const { id } = await here.channel('crowded')
  await writePosts(here.server, id, here.jiho, 30, (at) => `old ${at}`)
  await here.server.as(here.anna).post('/channels/members/me/view', { channel_id: id })
  await writePosts(here.server, id, here.jiho, 150, (at) => `new ${at}`)
  // Of this one nothing was ever looked at.
  await writePosts(here.server, (await here.channel('untouched')).id, here.jiho, 80, (at) => `first ${at}`)
  const page = await here.open(here.anna, 'channels/off-topic')
  const channels = page.getByRole('navigation', { name: 'Channels' })
  await channels.getByRole('link', { name: /crowded/ }).click()
  await expectInView(page, 'new 0')
  await channels.getByRole('link', { name: /untouched/ }).click()
  await post(page, 'first ').waitFor()
})

async function unreadOf(channelId: string): Promise<number> {
  const { body } = await here.server.as(here.anna).get<{ msg_count: number }>(`/users/me/channels/${channelId}/unread`)
  return body.msg_count
}

/** The post stands within the visible part of the list. */
async function expectInView(page: Page, text: string): Promise<void> {
  await post(page, text).waitFor()
  await eventually(async () => {
    const [box, frame] = await Promise.all([post(page, text).boundingBox(), list(page).boundingBox()])
    return box !== null && frame !== null && box.y >= frame.y - 1 && box.y + box.height <= frame.y + frame.height + 1
  }).toBe(true)
}

test('older posts come in above without moving what is read; new ones wait behind a pill', async () => {
  const { id } = await here.channel('long')
  await writePosts(here.server, id, here.jiho, 400, (at) =>
    at % 7 === 0 ? `number ${at}\n\n- one\n- two\n- three` : `number ${at}`,
  )
  await here.server.as(here.anna).post('/channels/members/me/view', { channel_id: id })
  const page = await here.open(here.anna, 'channels/long')
  await expectInView(page, 'number 399')
  const moved = await list(page).evaluate(async (scroller) => {
    const frame = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => done()))
    const visible = (): Map<string, number> => {
      const { top, bottom } = scroller.getBoundingClientRect()
      const posts = [...scroller.querySelectorAll<HTMLElement>('[data-post-id]')]
      const boxes = posts.map((one) => [one.dataset['postId']!, one.getBoundingClientRect().top] as const)
      return new Map(boxes.filter(([, at]) => at > top && at < bottom))
    }
    const isDrawnAbove = (): boolean => {
      const first = scroller.querySelector('[data-post-id]')!.getBoundingClientRect()
      return scroller.scrollTop < 200 || first.top < scroller.getBoundingClientRect().top - 200
    }
    let worst = 0
    for (let step = 0; step < 120 && scroller.scrollTop > 0; step++) {
      const before = visible()
      const offset = scroller.scrollTop
      scroller.scrollTop = offset - 150
      const wanted = Math.min(offset, 150)
      // As slow as the machine: nobody scrolls on where nothing is drawn yet.
      for (let tries = 0; tries < 200 && !isDrawnAbove(); tries++) await frame()
      await frame()
      await frame()
      for (const [key, at] of visible()) {
        const was = before.get(key)
        if (was !== undefined) worst = Math.max(worst, Math.abs(at - was - wanted))
      }
    }
    return worst
  })
  expect(moved).toBeLessThan(2)
  await here.say(here.jiho, id, 'while you read')
  await here.say(here.jiho, id, 'and another')
  await page.getByRole('button', { name: '2 new' }).click()
  await expectInView(page, 'and another')
  expect(await page.getByRole('button', { name: /new$/ }).count()).toBe(0)
})

test('reactions, editing, pinning, saving and deleting reach the other person', async () => {
  const { id } = await here.channel('marks')
  await here.say(here.jiho, id, 'something to react to')
  await here.say(here.anna, id, 'my own words')
  const [a, b] = await Promise.all([here.open(here.anna, 'channels/marks'), here.open(here.jiho, 'channels/marks')])
  await post(a, 'something to react to').hover()
  await a.getByRole('button', { name: 'React with :+1:' }).click()
  await post(b, 'something to react to').getByRole('button', { name: ':+1: 1' }).click()
  await post(a, 'something to react to').getByRole('button', { name: ':+1: 2' }).waitFor()
  await post(a, 'something to react to').getByRole('button', { name: 'Save' }).click()
  await post(a, 'something to react to').getByText('Saved').waitFor()
  await choose(a, 'something to react to', 'Pin to channel')
  await post(b, 'something to react to').getByText('Pinned').waitFor()
  await choose(a, 'my own words', 'Edit')
  const edit = list(a).getByRole('textbox')
  await edit.fill('my better words')
  await edit.press('Enter')
  await post(b, 'my better words').getByText('edited').waitFor()
  await choose(a, 'my better words', 'Delete')
  await a.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await post(a, 'my better words').waitFor({ state: 'hidden' })
  await list(b).getByText('This message was deleted').waitFor()
})

test('a post that cannot be sent is kept over a reload and sent once', async () => {
  const { id } = await here.channel('offline')
  const page = await here.open(here.anna, 'channels/offline')
  await list(page).getByText('offline').first().waitFor()
  await page.route('**/api/v4/posts', (route) => route.abort())
  await write(page, 'written in a tunnel')
  await post(page, 'written in a tunnel').getByText('Not sent').waitFor()
  await page.reload()
  await post(page, 'written in a tunnel').getByText('Not sent').waitFor()
  await page.unroute('**/api/v4/posts')
  // The answer is lost on the way: the post is there, but nobody told us.
  await page.route(
    '**/api/v4/posts',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await post(page, 'written in a tunnel').getByRole('button', { name: 'Send again' }).click()
  await post(page, 'written in a tunnel').getByText('Not sent').waitFor({ state: 'hidden' })
  await eventually(() => list(page).getByText('written in a tunnel').count()).toBe(1)
  const sent = async (): Promise<number> =>
    (await here.server.as(here.jiho).get<{ order: string[] }>(`/channels/${id}/posts`)).body.order.length
  await eventually(sent).toBe(1)
  await list(page).getByText('Not sent').waitFor({ state: 'hidden' })
  await page.reload()
  await post(page, 'written in a tunnel').waitFor()
  expect(await list(page).getByText('written in a tunnel').count()).toBe(1)
  expect(await sent()).toBe(1)
})

test('posts are selected, forwarded with a comment, and shown where they went', async () => {
  const { id } = await here.channel('source')
  await here.channel('target')
  await here.say(here.jiho, id, 'first finding')
  await here.say(here.jiho, id, 'second finding')
  const page = await here.open(here.anna, 'channels/source')
  await choose(page, 'first finding', 'Select messages')
  await post(page, 'second finding').getByRole('checkbox').check()
  await page.getByText('2 messages selected').waitFor()
  await page.getByRole('toolbar', { name: 'Selected messages' }).getByRole('button', { name: 'Forward' }).click()
  await page.getByRole('combobox', { name: 'Channel or person' }).fill('target')
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: /Your comment/ }).fill('see these')
  await page.getByRole('dialog').getByRole('button', { name: 'Forward', exact: true }).click()
  await page.getByText('Forwarded to target').waitFor()
  await page.goto(`/${here.team.name}/channels/target`)
  await post(page, 'see these').getByText('first finding').waitFor()
  await list(page).getByText('second finding').waitFor()
})

test('by keyboard: arrows go through posts, letters act on them', async () => {
  const { id } = await here.channel('keys')
  await here.say(here.jiho, id, 'upper')
  await here.say(here.jiho, id, 'lower')
  const page = await here.open(here.anna, 'channels/keys')
  await post(page, 'lower').waitFor()
  await list(page).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain('upper')
  await page.keyboard.press('s')
  await post(page, 'upper').getByText('Saved').waitFor()
  await page.keyboard.press('r')
  await page.getByRole('complementary').getByText('upper').waitFor()
})

test('a post marked unread by hand stays unread until the channel is opened again', async () => {
  const { id } = await here.channel('byhand')
  await here.say(here.jiho, id, 'read this later')
  await here.say(here.jiho, id, 'and this')
  const page = await here.open(here.anna, 'channels/byhand')
  await eventually(() => unreadOf(id)).toBe(0)
  await post(page, 'and this').click({ modifiers: ['Alt'] })
  await list(page).getByText('New messages').waitFor()
  await eventually(() => unreadOf(id)).toBe(1)
})

test('messages of the server are in the words of the reader, and told together', async () => {
  const { id } = await here.channel('joins')
  for (const name of ['bora', 'chul', 'dami', 'eunji', 'hyun']) {
    const person = await here.server.make.user({ username: name })
    await here.server.make.joinTeam(here.team.id, person)
    await here.server.as(person).post(`/channels/${id}/members`, { user_id: person.id })
  }
  const minji = await here.server.make.user({ username: 'minji' })
  await here.server.make.joinTeam(here.team.id, minji)
  await here.server.make.joinChannel(id, minji)
  await here.server.as(minji).put('/users/me/patch', { locale: 'ko' })
  const page = await here.open(minji, 'channels/joins')
  await page
    .getByText(/외 2명|2명/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '이름 모두 보기' }).click()
  await list(page).getByText('@hyun').waitFor()
})

test('nothing for axe to complain about, in light and dark', async () => {
  const { id } = await here.channel('axe')
  const root = await here.say(here.jiho, id, 'A **root** with `code` and @anna https://example.com', {
    metadata: { priority: { priority: 'urgent', requested_ack: true } },
  })
  await here.say(here.jiho, id, 'a reply', { root_id: root.id })
  await here.server.as(here.jiho).post('/reactions', { user_id: here.jiho.id, post_id: root.id, emoji_name: 'tada' })
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await here.open(here.anna, 'channels/axe', { colorScheme })
    await post(page, 'root').hover()
    await page.getByRole('button', { name: 'More actions' }).waitFor()
    expect(await violations(page, { within: ['[data-region="main"]'] })).toEqual([])
    await page.close()
  }
})
