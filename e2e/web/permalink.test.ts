import { expect, test, vi } from 'vitest'
import { Journey, list, panel, post } from './journey.fixture.ts'
import { writePosts } from './posts.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

const here = new Journey()

test('a link opens the channel around the post, and the way to the newest', async () => {
  const { id } = await here.channel('history')
  const ids = await writePosts(here.server, id, here.jiho, 300, (at) => `entry ${at}`)
  await here.server.as(here.anna).post('/channels/members/me/view', { channel_id: id })
  const page = await here.open(here.anna, `pl/${ids[100]}`)
  const found = post(page, 'entry 100')
  await found.waitFor()
  await expect.poll(() => page.url(), { timeout: 10_000 }).toContain('/channels/history')
  const [box, frame] = await Promise.all([found.boundingBox(), list(page).boundingBox()])
  expect(box!.y).toBeGreaterThan(frame!.y)
  expect(box!.y + box!.height).toBeLessThan(frame!.y + frame!.height)
  await page.getByRole('button', { name: 'Jump to recent' }).click()
  await list(page).getByText('entry 299').waitFor()
})

test('who is not in the channel is asked before he joins', async () => {
  const { id } = await here.server.make.channel(here.team.id, [here.jiho], { name: 'open', displayName: 'Open house' })
  const { id: postId } = await here.say(here.jiho, id, 'come in')
  const page = await here.open(here.anna, `pl/${postId}`)
  await page.getByRole('heading', { name: 'Join Open house to see the message?' }).waitFor()
  expect((await here.server.as(here.anna).get(`/channels/${id}/members/me`)).status).toBe(403)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await list(page).getByText('come in').waitFor()
})

test('a link to a reply opens its thread', async () => {
  const { id } = await here.channel('deep')
  const root = await here.say(here.jiho, id, 'the root')
  const reply = await here.say(here.jiho, id, 'the reply', { root_id: root.id })
  const page = await here.open(here.anna, `pl/${reply.id}`)
  await panel(page).getByText('the reply').waitFor()
  await list(page).getByText('the root').waitFor()
})

test('what is closed and what never was look the same', async () => {
  const { id } = await here.server.make.channel(here.team.id, [here.jiho], {
    name: 'secret',
    displayName: 'Secret',
    type: 'P',
  })
  const { id: postId } = await here.say(here.jiho, id, 'psst')
  for (const path of [`pl/${postId}`, `pl/${'x'.repeat(26)}`, 'pl/nonsense']) {
    const page = await here.open(here.anna, path)
    await page.getByRole('heading', { name: 'This message cannot be shown' }).waitFor()
    expect(await page.getByText('Secret').count()).toBe(0)
    await page.getByRole('button', { name: 'Go to my channels' }).click()
    await list(page).waitFor()
  }
})
