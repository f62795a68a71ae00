import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person
let guest: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, ben, guest] = await Promise.all([
    server.make.admin(),
    server.make.user(),
    server.make.user(),
    server.make.guest(),
  ])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

const preference = (person: Person, category: string, name: string, value: string) => ({
  user_id: person.id,
  category,
  name,
  value,
})

test('preferences are stored, read back in every way, and told to the own clients only', async () => {
  const own = await server.socket(anna)
  const other = await server.socket(ben)
  const sent = [
    preference(anna, 'display_settings', 'use_military_time', 'true'),
    preference(anna, 'no_such_category', '', '한국어'),
  ]
  expect((await server.as(anna).put('/users/me/preferences', sent)).body).toEqual({ status: 'OK' })
  expect((await server.as(anna).get('/users/me/preferences')).body).toEqual(expect.arrayContaining(sent))
  expect((await server.as(anna).get('/users/me/preferences/display_settings')).body).toEqual([sent[0]])
  const one = await server.as(anna).get('/users/me/preferences/display_settings/name/use_military_time')
  expect(one.body).toEqual(sent[0])
  const changed = await own.heard('preferences_changed')
  expect(JSON.parse(changed.data.preferences)).toEqual(sent)
  const names = own.events.map((event) => event.event)
  expect(names.indexOf('sidebar_category_updated')).toBe(names.indexOf('preferences_changed') - 1)
  await Promise.all([own.settle(), other.settle()])
  expect(other.named('preferences_changed')).toEqual([])

  expect((await server.as(anna).post('/users/me/preferences/delete', [sent[0]])).status).toBe(200)
  expect(JSON.parse((await own.heard('preferences_deleted')).data.preferences)).toEqual([sent[0]])
  const gone = await server.as(anna).get('/users/me/preferences/display_settings')
  expect([gone.status, gone.body.id]).toEqual([404, 'api.preference.preferences_category.get.app_error'])
  const name = await server.as(anna).get('/users/me/preferences/display_settings/name/use_military_time')
  expect([name.status, name.body.id]).toEqual([400, 'app.preference.get.app_error'])
  own.close()
  other.close()
})

test('of two preferences with one key the last counts', async () => {
  const sent = [preference(anna, 'last', 'team', 'a'), preference(anna, 'last', 'team', 'b')]
  expect((await server.as(anna).put('/users/me/preferences', sent)).status).toBe(200)
  expect((await server.as(anna).get('/users/me/preferences/last/name/team')).body.value).toBe('b')
})

test('nobody touches the preferences of others, by path or by body; editors do', async () => {
  const sent = [preference(anna, 'c', 'n', 'v')]
  expect((await server.as(ben).get(`/users/${anna.id}/preferences`)).status).toBe(403)
  expect((await server.as(ben).put(`/users/${anna.id}/preferences`, sent)).status).toBe(403)
  expect((await server.as(ben).post(`/users/${anna.id}/preferences/delete`, sent)).status).toBe(403)
  const put = await server.as(ben).put('/users/me/preferences', sent)
  expect([put.status, put.body.id]).toEqual([403, 'api.preference.update_preferences.set.app_error'])
  const removed = await server.as(ben).post('/users/me/preferences/delete', sent)
  expect([removed.status, removed.body.id]).toEqual([403, 'api.preference.delete_preferences.delete.app_error'])
  expect((await server.as(admin).put(`/users/${anna.id}/preferences`, sent)).status).toBe(200)
  expect((await server.as(admin).get(`/users/${anna.id}/preferences/c`)).body).toEqual(sent)
  const nobody = newId()
  const forNobody = [{ ...sent[0], user_id: nobody }]
  expect((await server.as(admin).put(`/users/${nobody}/preferences`, forNobody)).status).toBe(404)
})

test.each([
  ['the category', { category: '' }, 'model.preference.is_valid.category.app_error'],
  ['the category', { category: '가'.repeat(11) }, 'model.preference.is_valid.category.app_error'],
  ['the name', { name: 'n'.repeat(33) }, 'model.preference.is_valid.name.app_error'],
  ['the value', { value: 'v'.repeat(20_001) }, 'model.preference.is_valid.value.app_error'],
  ['a theme', { category: 'theme', value: 'red' }, 'model.preference.is_valid.theme.app_error'],
  ['a theme', { category: 'theme', value: '[]' }, 'model.preference.is_valid.theme.app_error'],
  ['a theme', { category: 'theme', value: '{"a":1}' }, 'model.preference.is_valid.theme.app_error'],
  [
    'a limit',
    { category: 'sidebar_settings', name: 'limit_visible_dms_gms', value: '41' },
    'model.preference.is_valid.limit_visible_dms_gms.app_error',
  ],
])('refuses %s: %j', async (_what, wrong, id) => {
  const sent = [preference(anna, 'fine', 'before', 'x'), { ...preference(anna, 'c', 'n', 'v'), ...wrong }]
  const answer = await server.as(anna).put('/users/me/preferences', sent)
  expect([answer.status, answer.body.id]).toEqual([400, id])
  expect((await server.as(anna).get('/users/me/preferences/fine')).status).toBe(404)
})

test('what is no colour in a theme becomes white', async () => {
  const theme = { type: 'custom', sidebarBg: '#12345a', sidebarText: 'url(javascript:1)', centerChannelBg: '#fff' }
  const sent = [preference(anna, 'theme', team.id, JSON.stringify(theme))]
  await server.as(anna).put('/users/me/preferences', sent)
  const { body } = await server.as(anna).get(`/users/me/preferences/theme/name/${team.id}`)
  expect(JSON.parse(body.value)).toEqual({ ...theme, sidebarText: '#ffffff' })
})

test('1 to 100 at once, and only lists of preferences', async () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => preference(anna, 'many', String(i), ''))
  expect((await server.as(anna).put('/users/me/preferences', many(100))).status).toBe(200)
  for (const wrong of [[], many(101), {}, null, [null], [{ user_id: {} }], [{ user_id: anna.id, value: 5 }]]) {
    const answer = await server.as(anna).put('/users/me/preferences', wrong)
    expect([answer.status, answer.body.id]).toEqual([400, 'api.context.invalid_body_param.app_error'])
  }
  expect((await server.as(anna).put('/users/me/preferences', '{"user_id"')).status).toBe(400)
})

test('a post can be saved by whoever may read it', async () => {
  const secret = await server.make.channel(team.id, [anna], { type: 'P' })
  const post = await server.as(anna).post('/posts', { channel_id: secret.id, message: 'x' })
  const flag = (person: Person, name: string) =>
    server.as(person).put('/users/me/preferences', [preference(person, 'flagged_post', name, 'true')])
  expect((await flag(anna, post.body.id)).status).toBe(200)
  expect((await flag(ben, post.body.id)).status).toBe(403)
  expect((await flag(guest, post.body.id)).status).toBe(403)
  for (const wrong of [newId(), 'x', '']) expect((await flag(anna, wrong)).status).toBe(400)
})

test('a favourite channel moves into the favourites and out again', async () => {
  const path = `/users/me/teams/${team.id}/channels/categories`
  const favorites = async () => (await server.as(anna).get(path)).body.categories[0].channel_ids
  expect(await favorites()).toEqual([])
  const direct = await server.make.direct(anna, ben)
  const foreign = await server.make.channel(team.id, [ben])
  const sent = [team.offTopic, direct.id, foreign.id].map((id) => preference(anna, 'favorite_channel', id, 'true'))
  await server.as(anna).put('/users/me/preferences', sent)
  expect((await favorites()).toSorted()).toEqual([team.offTopic, direct.id].toSorted())
  await server.as(anna).put('/users/me/preferences', [{ ...sent[1]!, value: 'false' }])
  expect(await favorites()).toEqual([team.offTopic])
  await server.as(anna).post('/users/me/preferences/delete', [sent[0]])
  expect(await favorites()).toEqual([])
})

test('a lone surrogate is stored as a replacement character', async () => {
  const body = `[{"user_id":"${anna.id}","category":"odd","name":"n","value":"\\ud800"}]`
  expect((await server.as(anna).put('/users/me/preferences', body)).status).toBeLessThan(500)
})
