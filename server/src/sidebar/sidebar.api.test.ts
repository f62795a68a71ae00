import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { placeNewMember } from './place-new-member.ts'
import type { CategoryWithChannels } from './category.ts'

let server: TestServer
let admin: Person
let outsider: Person
let ben: Person
let anna: Person
let team: { id: string; townSquare: string; offTopic: string }
let path: string

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, ben, outsider] = await Promise.all([server.make.admin(), server.make.user(), server.make.user()])
})
afterAll(() => server.stop())
beforeEach(async () => {
  anna = await server.make.user()
  team = await server.make.team([anna, ben])
  path = `/users/me/teams/${team.id}/channels/categories`
})

const sidebar = async (person = anna) => (await server.as(person).get(path)).body
const category = async (type: string) =>
  (await sidebar()).categories.find((one: CategoryWithChannels) => one.type === type)
const custom = (name: string, channelIds: string[] = [], more: object = {}) =>
  server.as(anna).post(path, {
    user_id: anna.id,
    team_id: team.id,
    display_name: name,
    channel_ids: channelIds,
    ...more,
  })
const favoriteNames = async () =>
  (await server.app.db.selectFrom('preferences').selectAll().where('userid', '=', anna.id).execute())
    .filter((row) => row.category === 'favorite_channel')
    .map((row) => row.name)

test('the first request makes the built-in categories and fills the favourites', async () => {
  const direct = await server.make.direct(anna, ben)
  await server.app.db
    .insertInto('preferences')
    .values({ userid: anna.id, category: 'favorite_channel', name: team.offTopic, value: 'true' })
    .execute()
  const [first, second] = await Promise.all([sidebar(), sidebar()])
  expect(first).toEqual(second)
  const ids = ['favorites', 'channels', 'direct_messages'].map((type) => `${type}_${anna.id}_${team.id}`)
  expect(first.order).toEqual(ids)
  expect(
    first.categories.map((one: CategoryWithChannels) => [one.id, one.sort_order, one.sorting, one.channel_ids]),
  ).toEqual([
    [ids[0], 0, '', [team.offTopic]],
    [ids[1], 10, '', [team.townSquare]],
    [ids[2], 20, 'recent', [direct.id]],
  ])
  expect((await server.as(anna).get(`${path}/order`)).body).toEqual(ids)
  expect((await server.as(anna).get(`${path}/${ids[0]}`)).body).toEqual(first.categories[0])
})

test('archived and foreign channels are left out, others come by name', async () => {
  const gone = await server.make.channel(team.id, [anna])
  await server.app.db.updateTable('channels').set({ deleteat: 1 }).where('id', '=', gone.id).execute()
  await server.make.channel(team.id, [ben])
  const otherTeam = await server.make.team([anna])
  await server.make.channel(otherTeam.id, [anna])
  const last = await server.make.channel(team.id, [anna], { displayName: 'zz' })
  const first = await server.make.channel(team.id, [anna], { displayName: 'AA' })
  expect((await category('channels')).channel_ids).toEqual([first.id, team.offTopic, team.townSquare, last.id])
})

test('a new category stands below the favourites and takes its channels', async () => {
  const socket = await server.socket(anna)
  const other = await server.socket(ben)
  const foreign = await server.make.channel(team.id, [ben])
  const { status, body } = await custom('업무', [team.offTopic, foreign.id, newId(), team.offTopic], {
    sorting: 'manual',
  })
  expect(status).toBe(200)
  expect(body).toMatchObject({ type: 'custom', display_name: '업무', channel_ids: [team.offTopic], sort_order: 10 })
  const now = await sidebar()
  expect(now.order[1]).toBe(body.id)
  expect(now.categories[1]).toEqual(body)
  expect((await category('channels')).channel_ids).toEqual([team.townSquare])
  const heard = await socket.heard('sidebar_category_created')
  expect([heard.data, heard.broadcast.team_id]).toEqual([{ category_id: body.id }, team.id])
  await Promise.all([socket.settle(), other.settle()])
  expect(other.named('sidebar_category_created')).toEqual([])
  socket.close()
  other.close()
})

test('channels move between categories in the order given; the favourites are mirrored', async () => {
  const direct = await server.make.direct(anna, ben)
  const mine = (await custom('mine', [team.offTopic])).body
  const favorites = await category('favorites')
  const socket = await server.socket(anna)
  const sent = [
    { ...favorites, channel_ids: [direct.id, team.offTopic], collapsed: true, display_name: 'renamed', type: 'custom' },
    { ...mine, channel_ids: [team.townSquare], display_name: 'ours', sorting: 'alpha' },
  ]
  const { body } = await server.as(anna).put(path, sent)
  expect(body).toEqual([
    { ...favorites, channel_ids: [direct.id, team.offTopic], collapsed: true },
    { ...mine, channel_ids: [team.townSquare], display_name: 'ours', sorting: 'alpha' },
  ])
  const heard = await socket.heard('sidebar_category_updated')
  expect(JSON.parse(heard.data.updatedCategories)).toEqual(body)
  expect((await favoriteNames()).toSorted()).toEqual([direct.id, team.offTopic].toSorted())

  const single = await server.as(anna).put(`${path}/${favorites.id}`, { ...favorites, channel_ids: [direct.id] })
  expect(single.body.channel_ids).toEqual([direct.id])
  expect(await favoriteNames()).toEqual([direct.id])
  expect((await category('channels')).channel_ids).toEqual([team.offTopic])

  const directs = await category('direct_messages')
  await server.as(anna).put(path, [{ ...directs, channel_ids: [direct.id] }])
  expect((await category('direct_messages')).channel_ids).toEqual([direct.id])
  expect(await favoriteNames()).toEqual([])
  await socket.settle()
  socket.close()
})

describe('the preferences that the favourites are', () => {
  const NAMES = /^(preferences_|sidebar_category_(created|updated))/
  const preference = (name: string) => ({ user_id: anna.id, category: 'favorite_channel', name, value: 'true' })
  /** The events that a call causes, with the preferences they hold. */
  async function saidOf(call: () => Promise<{ status: number }>) {
    const [own, other] = [await server.socket(anna), await server.socket(ben)]
    expect((await call()).status).toBe(200)
    await Promise.all([own.settle(), other.settle()])
    expect(other.events.filter((one) => NAMES.test(one.event))).toEqual([])
    for (const socket of [own, other]) socket.close()
    const mine = own.events.filter((one) => NAMES.test(one.event))
    return mine.map(({ event, data }) =>
      data.preferences ? [event, ...JSON.parse(data.preferences as string)] : [event],
    )
  }

  test('are told after the category, only those that changed', async () => {
    const favorites = await category('favorites')
    const put = (channel_ids: string[]) => () => server.as(anna).put(path, [{ ...favorites, channel_ids }])
    expect(await saidOf(put([team.offTopic]))).toEqual([
      ['sidebar_category_updated'],
      ['preferences_changed', preference(team.offTopic)],
    ])
    expect(await saidOf(put([team.offTopic]))).toEqual([['sidebar_category_updated']])
    expect(await saidOf(put([team.townSquare]))).toEqual([
      ['sidebar_category_updated'],
      ['preferences_deleted', preference(team.offTopic)],
      ['preferences_changed', preference(team.townSquare)],
    ])
    expect(await favoriteNames()).toEqual([team.townSquare])
  })

  test('end when a new category takes the channel, and nothing is told of other channels', async () => {
    const favorites = await category('favorites')
    await server.as(anna).put(path, [{ ...favorites, channel_ids: [team.offTopic] }])
    expect(await saidOf(() => custom('mine', [team.townSquare]))).toEqual([['sidebar_category_created']])
    expect(await saidOf(() => custom('more', [team.townSquare, team.offTopic]))).toEqual([
      ['sidebar_category_created'],
      ['preferences_deleted', preference(team.offTopic)],
    ])
    expect(await favoriteNames()).toEqual([])
  })

  test('are told once when they are set themselves', async () => {
    await sidebar()
    const said = [['sidebar_category_updated'], ['preferences_changed', preference(team.offTopic)]]
    expect(await saidOf(() => server.as(anna).put('/users/me/preferences', [preference(team.offTopic)]))).toEqual(said)
    expect((await category('favorites')).channel_ids).toEqual([team.offTopic])
  })
})

test('a muted category mutes its channels, and leaving it unmutes them', async () => {
  const mine = (await custom('noise', [team.offTopic])).body
  const muted = async () =>
    (
      await server.app.db
        .selectFrom('channelmembers')
        .select(['channelid', 'notifyprops'])
        .where('userid', '=', anna.id)
        .execute()
    )
      .filter((row) => (row.notifyprops as Record<string, string>).mark_unread === 'mention')
      .map((row) => row.channelid)
  const socket = await server.socket(anna)
  await server.as(anna).put(`${path}/${mine.id}`, { ...mine, muted: true })
  expect(await muted()).toEqual([team.offTopic])
  const heard = await socket.heard('channel_member_updated')
  expect(JSON.parse(heard.data.channelMember)).toMatchObject({
    channel_id: team.offTopic,
    user_id: anna.id,
    roles: 'channel_user',
  })
  await server.as(anna).put(`${path}/${mine.id}`, { ...mine, muted: true, channel_ids: [team.townSquare] })
  expect(await muted()).toEqual([team.townSquare])
  await server.as(anna).put(`${path}/${mine.id}`, { ...mine, muted: false, channel_ids: [team.townSquare] })
  expect(await muted()).toEqual([])
  await socket.settle()
  socket.close()
})

test('the order can be changed, whole', async () => {
  const { order } = await sidebar()
  const socket = await server.socket(anna)
  const turned = order.toReversed()
  expect((await server.as(anna).put(`${path}/order`, turned)).body).toEqual(turned)
  expect((await sidebar()).order).toEqual(turned)
  expect((await socket.heard('sidebar_category_order_updated')).data.order).toEqual(turned)
  for (const wrong of [order.slice(1), [...order, order[0]], []]) {
    const answer = await server.as(anna).put(`${path}/order`, wrong)
    expect([answer.status, answer.body.id]).toEqual([400, 'app.channel.sidebar_categories.app_error'])
  }
  expect((await server.as(anna).put(`${path}/order`, [...order.slice(1), newId()])).status).toBe(403)
  socket.close()
})

test('a category of the own can be deleted, a built-in one cannot', async () => {
  const mine = (await custom('mine', [team.offTopic])).body
  const socket = await server.socket(anna)
  expect((await server.as(anna).delete(`${path}/${mine.id}`)).body).toEqual({ status: 'OK' })
  expect((await socket.heard('sidebar_category_deleted')).data).toEqual({ category_id: mine.id })
  expect((await category('channels')).channel_ids).toContain(team.offTopic)
  expect((await server.as(anna).delete(`${path}/${mine.id}`)).status).toBe(403)
  const builtIn = await category('favorites')
  const answer = await server.as(anna).delete(`${path}/${builtIn.id}`)
  expect([answer.status, answer.body.id]).toEqual([400, 'app.channel.sidebar_categories.app_error'])
  socket.close()
})

test('nobody sees or changes the sidebar of somebody else; editors do', async () => {
  const mine = (await custom('mine')).body
  const theirs = `/users/${anna.id}/teams/${team.id}/channels/categories`
  const as = server.as(ben)
  const calls = [
    as.get(theirs),
    as.get(`${theirs}/order`),
    as.get(`${theirs}/${mine.id}`),
    as.post(theirs, { user_id: anna.id, team_id: team.id, display_name: 'x' }),
    as.put(theirs, [mine]),
    as.put(`${theirs}/order`, [mine.id]),
    as.put(`${theirs}/${mine.id}`, mine),
    as.delete(`${theirs}/${mine.id}`),
    // by way of his own sidebar
    as.get(`${path}/${mine.id}`),
    as.put(path, [{ ...mine, user_id: ben.id }]),
    as.put(`${path}/${mine.id}`, { ...mine, user_id: ben.id }),
    as.delete(`${path}/${mine.id}`),
    server.as(outsider).get(path),
  ]
  expect((await Promise.all(calls)).map((answer) => answer.status)).toEqual(calls.map(() => 403))
  expect((await server.as(admin).get(theirs)).body.order).toContain(mine.id)
  expect((await server.as(admin).get(`${theirs}/${newId()}`)).status).toBe(404)
  const renamed = await server.as(admin).put(`${theirs}/${mine.id}`, { ...mine, display_name: 'new' })
  expect(renamed.body.display_name).toBe('new')
})

test('refuses what is no category', async () => {
  const mine = (await custom('mine')).body
  for (const wrong of [{ display_name: '' }, { display_name: 'x'.repeat(65) }, { sorting: 'random' }]) {
    expect((await custom('x', [], wrong)).status).toBe(400)
    expect((await server.as(anna).put(path, [{ ...mine, ...wrong }])).status).toBe(400)
  }
  for (const wrong of [{ user_id: ben.id }, { team_id: newId() }, { channel_ids: {} }, { muted: 'yes' }]) {
    expect((await custom('x', [], wrong)).status).toBe(400)
  }
  for (const wrong of [{}, null, [null], [[]], 'nonsense']) {
    expect((await server.as(anna).put(path, wrong)).status).toBe(400)
  }
  expect((await server.as(anna).put(path, [])).body).toEqual([])
  const odd = `{"user_id":"${anna.id}","team_id":"${team.id}","display_name":"\\udc00"}`
  expect((await server.as(anna).post(path, odd)).status).toBeLessThan(500)
})

test('a channel that asks for a category gets it', async () => {
  const channel = await server.make.channel(team.id, [anna])
  const wish = { id: channel.id, teamId: team.id, defaultCategoryName: 'Projects' }
  for (const one of [wish, { ...wish, id: team.offTopic }]) {
    await server.app.unitOfWork((tx) => placeNewMember(server.app, tx, one, anna.id))
  }
  const { categories } = await sidebar()
  expect(categories[1]).toMatchObject({ display_name: 'Projects', channel_ids: [channel.id, team.offTopic] })
})

test('the number of queries does not grow with the number of channels', async () => {
  const count = async () => {
    const { pool } = server.app
    let queries = 0
    const client = await pool.connect()
    const prototype = Object.getPrototypeOf(client) as { query: (...args: unknown[]) => unknown }
    client.release()
    const original = prototype.query
    prototype.query = function (...args) {
      queries++
      return original.apply(this, args)
    }
    await sidebar()
    prototype.query = original
    return queries
  }
  await sidebar()
  const few = await count()
  for (let i = 0; i < 20; i++) await server.make.channel(team.id, [anna])
  expect(await count()).toBe(few)
})
