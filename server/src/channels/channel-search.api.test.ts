import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person
let cho: Person
let guest: Person
let outsider: Person
let root: Person
let team: { id: string }
let design: { id: string }
let secret: { id: string }
let closed: { id: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, cho, guest, outsider, root] = await Promise.all([
    server.make.user({ username: 'anna' }),
    server.make.user({ username: 'ben' }),
    server.make.user({ username: 'cho' }),
    server.make.guest(),
    server.make.user(),
    server.make.admin(),
  ])
  team = await server.make.team([anna, ben])
  design = await server.make.channel(team.id, [anna], { name: 'design', displayName: '디자인회의실' })
  secret = await server.make.channel(team.id, [anna], { name: 'secret', displayName: '비밀회의', type: 'P' })
  closed = await server.make.channel(team.id, [anna], { name: 'done', displayName: '끝난회의' })
  await server.as(root).delete(`/channels/${closed.id}`)
  await server.make.joinTeam(team.id, guest, { guest: true })
  await server.make.joinChannel(design.id, guest, { guest: true })
})
afterAll(() => server.stop())

const ids = (answer: { body: { id: string }[] }) => answer.body.map((one) => one.id).toSorted()
const sorted = (...channels: { id: string }[]) => channels.map((one) => one.id).toSorted()

test('a search finds public channels by a part of a Korean word', async () => {
  const path = `/teams/${team.id}/channels/search`
  expect(ids(await server.as(ben).post(path, { term: '회의' }))).toEqual(sorted(design))
  expect(ids(await server.as(ben).post(path, { term: 'DESI 회의실' }))).toEqual(sorted(design))
  expect(ids(await server.as(ben).post(path, { term: '회%의' }))).toEqual([])
  expect(ids(await server.as(guest).post(path, { term: '회의' }))).toEqual(sorted(design))
  const stranger = await server.as(outsider).post(path, { term: '회의' })
  expect([stranger.status, stranger.body.id]).toEqual([404, 'app.team.get_member.missing.app_error'])
  expect((await server.as(ben).post(path, { term: {} })).status).toBe(400)
})

test('completion offers public and own private channels, to guests only their own', async () => {
  const path = `/teams/${team.id}/channels/autocomplete?name=${encodeURIComponent('회의')}`
  expect(ids(await server.as(anna).get(path))).toEqual(sorted(design, secret, closed))
  expect(ids(await server.as(ben).get(path))).toEqual(sorted(design, closed))
  expect(ids(await server.as(guest).get(path))).toEqual(sorted(design))
  expect((await server.as(outsider).get(path)).status).toBe(403)
  for (const kind of ['autocomplete', 'search_autocomplete']) {
    expect((await server.as(anna).get(`/teams/${team.id}/channels/${kind}?name=%00%25`)).body).toEqual([])
  }
})

test('completion for a search offers own channels, direct and group ones by their people', async () => {
  const direct = await server.make.direct(anna, cho)
  const group = (await server.as(anna).post('/channels/group', [ben.id, cho.id])).body
  const path = `/teams/${team.id}/channels/search_autocomplete?name=`
  const found = await server.as(anna).get(`${path}cho`)
  expect(ids(found)).toEqual(sorted(direct, group))
  expect(found.body.find((one: { id: string }) => one.id === direct.id).display_name).toBe('cho')
  expect(ids(await server.as(ben).get(`${path}cho`))).toEqual(sorted(group))
  expect((await server.as(outsider).get(`${path}cho`)).status).toBe(403)
  expect(ids(await server.as(ben).post('/channels/group/search', { term: 'anna cho' }))).toEqual(sorted(group))
  expect(ids(await server.as(outsider).post('/channels/group/search', { term: 'anna' }))).toEqual([])
})

test('the console lists and searches the channels of all teams', async () => {
  const all = await server.as(root).get('/channels?include_total_count=true&per_page=2')
  expect([all.body.channels.length, all.body.total_count]).toEqual([2, 4])
  expect((await server.as(anna).get('/channels')).status).toBe(403)
  const search = (body: object) => server.as(root).post('/channels/search', body)
  const found = await search({ term: '회의' })
  expect(ids(found)).toEqual(sorted(design, secret))
  expect(found.body[0].team_name).toEqual(expect.any(String))
  expect(ids(await search({ term: '회의', private: true }))).toEqual(sorted(secret))
  expect(ids(await search({ term: '회의', deleted: true }))).toEqual(sorted(closed))
  expect(ids(await search({ term: design.id, include_search_by_id: true }))).toEqual(sorted(design))
  const page = await search({ term: '', exclude_default_channels: true, page: 0, per_page: 1 })
  expect([page.body.channels.length, page.body.total_count]).toEqual([1, 2])
  expect((await server.as(anna).post('/channels/search', { term: '회의' })).status).toBe(403)
  const own = await server.as(anna).post('/channels/search?system_console=false', { term: '회의' })
  expect(ids(own)).toEqual(sorted(design, secret))
})
