import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person
let chulsoo: Person
let outsider: Person
let guest: Person
let team: { id: string; townSquare: string }
let channel: { id: string }

const refusal = (answer: { status: number; body: { id: string } }) => [answer.status, answer.body.id]
const FORBIDDEN = [403, 'api.context.permissions.app_error']
const BAD_PARAM = [400, 'api.context.invalid_url_param.app_error']
const change = async (person: Person, columns: object): Promise<void> => {
  await server.app.db.updateTable('users').set(columns).where('users.id', '=', person.id).execute()
}
const names = (body: { username: string }[]): string[] => body.map((user) => user.username)
const list = async (query: string, by = admin): Promise<string[]> =>
  names((await server.as(by).get(`/users?${query}`)).body)

beforeAll(async () => {
  server = await TestServer.start()
  admin = await server.make.user({ username: 'zadmin', roles: 'system_admin system_user' })
  anna = await server.make.user({ username: 'anna' })
  ben = await server.make.user({ username: 'ben' })
  chulsoo = await server.make.user({ username: 'chulsoo' })
  outsider = await server.make.user({ username: 'outsider' })
  guest = await server.make.user({ username: 'guest', roles: 'system_guest' })
  await change(chulsoo, { lastname: '김', firstname: '철수', nickname: '백엔드 개발' })
  await change(anna, { firstname: 'Anna_Lena', lastname: 'Schmidt', email: 'lena@corp.example' })
  team = await server.make.team([anna, ben, chulsoo])
  await server.make.joinTeam(team.id, guest, { guest: true })
  channel = await server.make.channel(team.id, [anna, ben])
  await server.make.joinChannel(channel.id, guest, { guest: true })
})
afterAll(() => server.stop())

test('lists by place', async () => {
  expect(await list('')).toEqual(['anna', 'ben', 'chulsoo', 'guest', 'outsider', 'zadmin'])
  expect(await list(`in_team=${team.id}`)).toEqual(['anna', 'ben', 'chulsoo', 'guest'])
  expect(await list(`in_team=${team.id}&page=1&per_page=2`)).toEqual(['chulsoo', 'guest'])
  expect(await list(`not_in_team=${team.id}`)).toEqual(['outsider', 'zadmin'])
  expect(await list(`in_channel=${channel.id}`)).toEqual(['anna', 'ben', 'guest'])
  expect(await list(`in_team=${team.id}&not_in_channel=${channel.id}`)).toEqual(['chulsoo'])
  expect(await list('without_team=true')).toEqual(['outsider', 'zadmin'])
})

test('lists by state and role', async () => {
  await change(outsider, { deleteat: 5 })
  expect(await list('active=true')).not.toContain('outsider')
  expect(await list('inactive=true')).toEqual(['outsider'])
  await change(outsider, { deleteat: 0 })
  expect(await list('role=system_admin')).toEqual(['zadmin'])
  expect(await list('roles=system_guest,system_admin')).toEqual(['guest', 'zadmin'])
  expect(await list(`in_team=${team.id}&team_roles=team_guest`)).toEqual(['guest'])
  expect(await list(`in_channel=${channel.id}&channel_roles=channel_user`)).toEqual(['anna', 'ben'])
  expect(refusal(await server.as(admin).get("/users?roles=x'--"))).toEqual(BAD_PARAM)
})

test('sorts', async () => {
  const presence = { manual: false, dndendtime: 0, prevstatus: '' }
  const rows = [
    { ...presence, userid: ben.id, status: 'online', lastactivityat: 300 },
    { ...presence, userid: anna.id, status: 'dnd', lastactivityat: 400 },
  ]
  await server.app.db
    .insertInto('status')
    .values(rows)
    .onConflict((on) =>
      on.column('userid').doUpdateSet((is) => ({
        status: is.ref('excluded.status'),
        lastactivityat: is.ref('excluded.lastactivityat'),
      })),
    )
    .execute()
  const { body } = await server.as(admin).get(`/users?in_team=${team.id}&sort=last_activity_at`)
  expect(names(body).slice(0, 2)).toEqual(['anna', 'ben'])
  expect(body[0].last_activity_at).toBe(400)
  expect(await list(`in_channel=${channel.id}&sort=status`)).toEqual(['ben', 'anna', 'guest'])
  await server.app.db
    .updateTable('channelmembers')
    .set({ schemeadmin: true })
    .where('channelmembers.userid', '=', ben.id)
    .execute()
  expect(await list(`in_channel=${channel.id}&sort=admin`)).toEqual(['ben', 'anna', 'guest'])
  expect(await list(`in_team=${team.id}&sort=create_at`)).toHaveLength(4)
  for (const query of ['sort=create_at', 'sort=status', `in_team=${team.id}&sort=password`]) {
    expect(refusal(await server.as(admin).get(`/users?${query}`))).toEqual(BAD_PARAM)
  }
  expect(refusal(await server.as(admin).get(`/users?not_in_channel=${channel.id}`))).toEqual(BAD_PARAM)
})

test('lists need rights', async () => {
  const privateChannel = await server.make.channel(team.id, [ben], { type: 'P' })
  const closed = await server.make.team([ben], { type: 'I' })
  for (const query of [`in_team=${closed.id}`, `not_in_team=${closed.id}`, `in_channel=${privateChannel.id}`]) {
    expect(refusal(await server.as(anna).get(`/users?${query}`))).toEqual(FORBIDDEN)
  }
  expect(refusal(await server.as(anna).get('/users?without_team=true'))).toEqual(FORBIDDEN)
  expect(refusal(await server.as(anna).get(`/users?in_group=${newId()}`))).toEqual(FORBIDDEN)
  expect(refusal(await server.as(admin).get(`/users?in_group=${newId()}`))).toEqual([404, 'app.group.no_rows'])
})

test('guests see the people of their channels and nobody else, in every list', async () => {
  const visible = ['anna', 'ben', 'guest']
  expect(await list('', guest)).toEqual(visible)
  expect(await list(`in_team=${team.id}`, guest)).toEqual(visible)
  const call = server.as(guest)
  const ids = [anna.id, chulsoo.id, newId()]
  expect(names((await call.post('/users/ids', ids)).body)).toEqual(['anna'])
  expect(names((await call.post('/users/usernames', ['anna', 'chulsoo'])).body)).toEqual(['anna'])
  expect(names((await call.post('/users/search', { term: 'chul' })).body)).toEqual([])
  expect(
    (await call.get('/users/autocomplete?name=')).body.users.map((one: { username: string }) => one.username),
  ).toEqual(visible)
  expect((await call.get('/users/stats')).body).toEqual({ total_users_count: 3 })
  expect((await call.get(`/users?in_team=${team.id}`)).headers.get('etag')).toContain(guest.id)
})

test('an unchanged team list is not sent twice', async () => {
  const path = `/users?in_team=${team.id}`
  const etag = (await server.as(anna).get(path)).headers.get('etag')!
  expect((await server.as(anna).get(path, { 'If-None-Match': etag })).status).toBe(304)
  await server.as(ben).put('/users/me/patch', { nickname: 'B' })
  expect((await server.as(anna).get(path, { 'If-None-Match': etag })).status).toBe(200)
  expect((await server.as(admin).get('/users')).headers.get('etag')).toBeNull()
})

test('a team list is sent again when somebody has left who was not changed last', async () => {
  const other = await server.make.team([anna, ben])
  const path = `/users?in_team=${other.id}`
  await server.as(anna).put('/users/me/patch', { position: 'last changed' })
  const etag = (await server.as(anna).get(path)).headers.get('etag')!
  await server.as(ben).delete(`/teams/${other.id}/members/${ben.id}`)
  const again = await server.as(anna).get(path, { 'If-None-Match': etag })
  expect([again.status, names(again.body)]).toEqual([200, ['anna']])
})

test('by ids and names', async () => {
  const call = server.as(anna)
  expect(names((await call.post('/users/ids', [ben.id, anna.id, ben.id])).body)).toEqual(['anna', 'ben'])
  const { update_at: since } = (await call.get(`/users/${ben.id}`)).body
  expect((await call.post(`/users/ids?since=${since}`, [ben.id])).body).toEqual([])
  expect((await call.post(`/users/ids?since=${since - 1}`, [ben.id])).body).toHaveLength(1)
  expect(refusal(await call.post('/users/ids?since=yesterday', [ben.id]))).toEqual(BAD_PARAM)
  expect(names((await call.post('/users/usernames', ['BEN', 'nobody'])).body)).toEqual(['ben'])
  for (const body of [[], {}, [5], null]) {
    expect((await call.post('/users/ids', body)).status).toBe(400)
    expect((await call.post('/users/usernames', body)).status).toBe(400)
    expect((await call.post('/users/group_channels', body)).status).toBe(400)
  }
})

test.each([
  ['chul', ['chulsoo']],
  ['CHUL', ['chulsoo']],
  ['철수', ['chulsoo']],
  ['철', ['chulsoo']],
  ['김철', ['chulsoo']],
  ['철수'.normalize('NFD'), ['chulsoo']],
  ['개발', ['chulsoo']],
  ['ulsoo', []],
  ['@anna', ['anna']],
  ['anna_', ['anna']],
  ['schm anna', ['anna']],
  ['%', []],
  ['lena@corp', ['anna']],
  ['\\', []],
])('search finds %j', async (term, found) => {
  expect(names((await server.as(ben).post('/users/search', { term })).body)).toEqual(found)
})

test('search within places, and its limits', async () => {
  const search = (body: object, by = anna) => server.as(by).post('/users/search', body)
  const within = { term: 'ch', team_id: team.id, not_in_channel_id: channel.id }
  expect(names((await search(within)).body)).toEqual(['chulsoo'])
  expect(names((await search({ term: anna.id })).body)).toEqual(['anna'])
  expect(names((await search({ term: 'a', limit: 1 })).body)).toEqual(['anna'])
  const bodies = [{}, { term: ' ' }, { term: 'a', limit: 1001 }, { term: 'a', limit: -1 }, { term: 'a', roles: 'x' }]
  for (const body of [...bodies, { term: 'a', not_in_channel_id: channel.id }]) {
    expect((await search(body)).status).toBe(400)
  }
  expect(refusal(await search({ term: 'a', team_id: newId() }))).toEqual(FORBIDDEN)
  await change(outsider, { deleteat: 5 })
  expect((await search({ term: 'outs' })).body).toEqual([])
  expect((await search({ term: 'outs', allow_inactive: true })).body).toHaveLength(1)
  await change(outsider, { deleteat: 0 })
  expect((await search({ term: 'x '.repeat(50_000) })).status).toBe(200)
})

test('hidden names and addresses cannot be found out by searching', async () => {
  await server.app.config.patch({ PrivacySettings: { ShowEmailAddress: false, ShowFullName: false } })
  for (const term of ['lena@corp', 'schmidt', '철수']) {
    expect((await server.as(ben).post('/users/search', { term })).body).toEqual([])
    expect((await server.as(admin).post('/users/search', { term })).body).toHaveLength(1)
  }
  await server.app.config.patch({ PrivacySettings: { ShowEmailAddress: true, ShowFullName: true } })
})

test('autocomplete tells people of the channel from those of the team', async () => {
  const path = `/users/autocomplete?in_team=${team.id}&in_channel=${channel.id}&name=`
  const all = (await server.as(anna).get(path)).body
  expect(names(all.users)).toEqual(['anna', 'ben', 'guest'])
  expect(names(all.out_of_channel)).toEqual(['chulsoo'])
  const korean = (await server.as(anna).get(`${path}${encodeURIComponent('철수')}`)).body
  expect([names(korean.users), names(korean.out_of_channel)]).toEqual([[], ['chulsoo']])
  const byMail = (await server.as(anna).get('/users/autocomplete?name=lena@corp')).body
  expect(byMail).toEqual({ users: [] })
  expect(names((await server.as(anna).get('/users/autocomplete?name=&limit=2')).body.users)).toHaveLength(2)
  expect(refusal(await server.as(outsider).get(path))).toEqual(FORBIDDEN)
})

test('group channels and acquaintances', async () => {
  const group = await server.make.channel('', [anna, ben, outsider], { type: 'G' })
  const foreign = await server.make.channel('', [ben, outsider, chulsoo], { type: 'G' })
  const { body } = await server.as(anna).post('/users/group_channels', [group.id, foreign.id, channel.id])
  expect(Object.keys(body)).toEqual([group.id])
  expect(names(body[group.id])).toEqual(['ben', 'outsider'])
  expect((await server.as(guest).get('/users/known')).body).toEqual([anna.id, ben.id].toSorted())
})

test('NUL characters in a query are no server error', async () => {
  for (const query of ['name=%00a', 'in_team=%00', 'in_channel=a%00', 'role=%00', 'roles=a%00']) {
    expect((await server.as(admin).get(`/users/autocomplete?${query}`)).status).toBeLessThan(500)
    expect((await server.as(admin).get(`/users?${query}`)).status).toBeLessThan(500)
  }
})

test('counts', async () => {
  const bot = await server.make.user({ bot: true })
  expect((await server.as(anna).get('/users/stats')).body).toEqual({ total_users_count: 7 })
  const filtered = async (query: string) => (await server.as(admin).get(`/users/stats/filtered?${query}`)).body
  expect(await filtered('')).toEqual({ total_users_count: 6 })
  expect(await filtered('include_bots=true')).toEqual({ total_users_count: 7 })
  expect(await filtered(`in_team=${team.id}&team_roles=team_guest`)).toEqual({ total_users_count: 1 })
  await change(bot, { deleteat: 5 })
  expect(await filtered('include_bots=true&include_deleted=true')).toEqual({ total_users_count: 7 })
  expect(refusal(await server.as(anna).get('/users/stats/filtered'))).toEqual(FORBIDDEN)
})

test('addresses that could not sign up', async () => {
  expect((await server.as(admin).get('/users/invalid_emails')).body).toEqual([])
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: 'example.com' } })
  expect(names((await server.as(admin).get('/users/invalid_emails')).body)).toEqual(['anna'])
  expect(refusal(await server.as(anna).get('/users/invalid_emails'))).toEqual(FORBIDDEN)
})
