import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { TestSocket } from '../../../testkit/socket.ts'

let server: TestServer
let anna: Person
let ben: Person
let cho: Person
let dan: Person
let guest: Person
let team: { id: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, cho, dan, guest] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.user(),
    server.make.user(),
    server.make.guest(),
  ])
  team = await server.make.team([anna, ben, cho])
})
afterAll(() => server.stop())

/** What a socket heard beside its own coming. */
const about = (socket: TestSocket) =>
  socket.events.map((one) => one.event).filter((name) => name !== 'hello' && name !== 'status_change')

test('a direct channel is opened once, and both hear of it', async () => {
  const [socket, stranger] = [await server.socket(ben), await server.socket(dan)]
  const { status, body } = await server.as(anna).post('/channels/direct', [anna.id, ben.id])
  const name = [anna.id, ben.id].toSorted().join('__')
  expect(status).toBe(201)
  expect(body).toMatchObject({ type: 'D', name, team_id: '', display_name: '', creator_id: anna.id })
  expect((await socket.heard('direct_added')).data).toEqual({ creator_id: anna.id, teammate_id: ben.id })
  const again = await server.as(ben).post('/channels/direct', [ben.id, anna.id])
  expect([again.status, again.body.id]).toEqual([201, body.id])
  const both = await Promise.all([anna, cho].map((one) => server.as(one).post('/channels/direct', [anna.id, cho.id])))
  expect(both[0]!.body.id).toBe(both[1]!.body.id)
  await stranger.settle()
  expect(about(stranger)).toEqual([])
})

test('one id, the own one, opens a channel with oneself', async () => {
  const { body } = await server.as(anna).post('/channels/direct', [anna.id])
  expect(body.name).toBe(`${anna.id}__${anna.id}`)
  const members = await server.as(anna).get(`/channels/${body.id}/members`)
  expect(members.body).toHaveLength(1)
})

test.each([[[]], [['x', 'y']], [['a'.repeat(26)]], [[1, 2]], ['no list'], [{}]])(
  'a direct channel is not opened for %j',
  async (ids) => {
    expect((await server.as(anna).post('/channels/direct', ids)).status).toBe(400)
  },
)

test('nobody opens a channel between others, and a guest only with people he knows', async () => {
  expect((await server.as(anna).post('/channels/direct', [ben.id, cho.id])).status).toBe(403)
  expect((await server.as(guest).post('/channels/direct', [guest.id, ben.id])).status).toBe(403)
  expect((await server.as(anna).post('/channels/direct', [anna.id, 'a'.repeat(26)])).status).toBe(400)
})

test('messages can be limited to people of the same team', async () => {
  await server.app.config.patch({ TeamSettings: { RestrictDirectMessage: 'team' } })
  const refused = await server.as(anna).post('/channels/direct', [anna.id, dan.id])
  expect([refused.status, refused.body.id]).toEqual([
    403,
    'api.channel.create_channel.direct_channel.team_restricted_error',
  ])
  await server.app.config.patch({ TeamSettings: { RestrictDirectMessage: 'any' } })
  expect((await server.as(anna).post('/channels/direct', [anna.id, dan.id])).status).toBe(201)
})

test('a group channel is opened once; the caller is added, and everyone hears of it', async () => {
  const socket = await server.socket(cho)
  const { status, body } = await server.as(anna).post('/channels/group', [ben.id, cho.id])
  expect(status).toBe(201)
  const names = [anna, ben, cho]
    .map((one) => one.username)
    .toSorted()
    .join(', ')
  expect(body).toMatchObject({
    type: 'G',
    display_name: names.slice(0, 64),
    name: expect.stringMatching(/^[0-9a-f]{40}$/),
  })
  const added = await socket.heard('group_added')
  expect(JSON.parse(added.data.teammate_ids)).toEqual([anna.id, ben.id, cho.id].toSorted())
  expect((await server.as(ben).post('/channels/group', [anna.id, ben.id, cho.id])).body.id).toBe(body.id)
  await socket.settle()
  expect(socket.named('group_added')).toHaveLength(1)
})

test('a group has 3 to 8 people who exist', async () => {
  for (const ids of [[], ['x']]) expect((await server.as(anna).post('/channels/group', ids)).status).toBe(400)
  const two = await server.as(anna).post('/channels/group', [ben.id])
  expect(two.body.id).toBe('api.channel.create_group.bad_size.app_error')
  const nobody = await server.as(anna).post('/channels/group', [ben.id, 'a'.repeat(26)])
  expect(nobody.body.id).toBe('api.channel.create_group.bad_user.app_error')
})

test('a group becomes a private channel in a team that all are in', async () => {
  const eve = await server.make.user()
  await server.make.joinTeam(team.id, eve)
  const group = (await server.as(anna).post('/channels/group', [ben.id, eve.id])).body
  const teams = await server.as(anna).get(`/channels/${group.id}/common_teams`)
  expect(teams.body.map((one: { id: string }) => one.id)).toEqual([team.id])
  expect((await server.as(dan).get(`/channels/${group.id}/common_teams`)).status).toBe(403)
  const path = `/channels/${group.id}/convert_to_channel`
  const request = { channel_id: group.id, team_id: team.id, name: 'from-group', display_name: '프로젝트' }
  expect((await server.as(cho).post(path, request)).status).toBe(403)
  const elsewhere = await server.make.team([anna])
  const wrong = await server.as(anna).post(path, { ...request, team_id: elsewhere.id })
  expect(wrong.body.id).toBe('app.channel.group_message_conversion.incorrect_team')
  const socket = await server.socket(ben)
  const { status, body } = await server.as(anna).post(path, request)
  expect([status, body.type, body.team_id, body.display_name]).toEqual([200, 'P', team.id, '프로젝트'])
  expect(JSON.parse((await socket.heard('channel_updated')).data.channel).type).toBe('P')
  const posted = await socket.heard('posted')
  expect(JSON.parse(posted.data.post)).toMatchObject({
    type: 'system_gm_to_channel',
    props: { convertedByUserId: anna.id },
  })
  const member = await server.as(anna).get(`/channels/${group.id}/members/me`)
  expect(member.body.scheme_admin).toBe(true)
  expect((await server.as(anna).post(path, request)).status).toBe(404)
})
