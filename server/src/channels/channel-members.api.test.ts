import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person
let cho: Person
let outsider: Person
let root: Person
let team: { id: string; townSquare: string; offTopic: string }
let channel: { id: string; name: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, cho, outsider, root] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.user(),
    server.make.user(),
    server.make.admin(),
  ])
})
beforeEach(async () => {
  team = await server.make.team([anna, ben, cho])
  channel = await server.make.channel(team.id)
  await server.make.joinChannel(channel.id, anna, { admin: true })
})
afterAll(() => server.stop())

const members = () => `/channels/${channel.id}/members`
const history = (userid: string) =>
  server.app.db
    .selectFrom('channelmemberhistory')
    .selectAll()
    .where('channelid', '=', channel.id)
    .where('userid', '=', userid)
    .execute()

test('joining a public channel: two copies of user_added and a message', async () => {
  const [there, comer] = [await server.socket(anna), await server.socket(ben)]
  const { status, body } = await server.as(ben).post(members(), { user_id: ben.id })
  expect(status).toBe(201)
  expect(body).toMatchObject({ user_id: ben.id, roles: 'channel_user', msg_count: 0, scheme_admin: false })
  for (const socket of [there, comer]) {
    expect((await socket.heard('user_added')).data).toEqual({ user_id: ben.id, team_id: team.id })
    const posted = await socket.heard('posted')
    expect(JSON.parse(posted.data.post)).toMatchObject({ type: 'system_join_channel', user_id: ben.id })
    await socket.settle()
    expect(socket.named('user_added')).toHaveLength(1)
  }
  expect(await history(ben.id)).toMatchObject([{ leavetime: null }])
  expect((await server.as(ben).post(members(), { user_id: ben.id })).status).toBe(201)
  await there.settle()
  expect(there.named('user_added')).toHaveLength(1)
})

test('adding somebody says by whom; a list answers with a list and leaves out who cannot come', async () => {
  const socket = await server.socket(cho)
  const list = [ben.id, cho.id, outsider.id, 'a'.repeat(26)]
  const { status, body } = await server.as(anna).post(members(), { user_ids: list })
  expect(status).toBe(201)
  expect(body.map((one: { user_id: string }) => one.user_id)).toEqual([ben.id, cho.id].toSorted())
  const posted = await socket.heard('posted', ({ data }) => JSON.parse(data.post).props.addedUserId === cho.id)
  expect(JSON.parse(posted.data.post)).toMatchObject({
    type: 'system_add_to_channel',
    props: { userId: anna.id, username: anna.username, addedUsername: cho.username },
  })
})

test('adding out of a thread says so there', async () => {
  const say = async (root_id = '') =>
    (await server.as(anna).post('/posts', { channel_id: channel.id, root_id, message: 'hi' })).body
  const root = await say()
  const reply = await say(root.id)
  const elsewhere = await server.as(anna).post('/posts', { channel_id: team.townSquare, message: 'hi' })
  const socket = await server.socket(anna)
  for (const [person, postId] of [
    [ben, root.id],
    [cho, reply.id],
  ] as const) {
    const added = await server.as(anna).post(members(), { user_id: person.id, post_root_id: postId })
    expect(added.status).toBe(201)
    const posted = await socket.heard('posted', ({ data }) => JSON.parse(data.post).props.addedUserId === person.id)
    expect(JSON.parse(posted.data.post)).toMatchObject({ type: 'system_add_to_channel', root_id: root.id })
  }
  const foreign = { user_id: outsider.id, post_root_id: elsewhere.body.id }
  expect((await server.as(anna).post(members(), foreign)).status).toBe(400)
  socket.close()
})

test('adding needs the right, a team member and a channel that people can join', async () => {
  expect((await server.as(ben).post(members(), { user_id: cho.id })).status).toBe(403)
  expect((await server.as(outsider).post(members(), { user_id: outsider.id })).status).toBe(403)
  const stranger = await server.as(anna).post(members(), { user_id: outsider.id })
  expect([stranger.status, stranger.body.id]).toEqual([404, 'app.team.get_member.missing.app_error'])
  for (const body of [
    {},
    { user_id: 'x' },
    { user_id: {} },
    { user_ids: 'x' },
    { user_id: ben.id, post_root_id: 'x' },
  ]) {
    expect((await server.as(anna).post(members(), body)).status).toBe(400)
  }
  const secret = await server.make.channel(team.id, [], { type: 'P' })
  expect((await server.as(ben).post(`/channels/${secret.id}/members`, { user_id: ben.id })).status).toBe(403)
  const direct = await server.make.direct(anna, ben)
  const added = await server.as(anna).post(`/channels/${direct.id}/members`, { user_id: cho.id })
  expect(added.body.id).toBe('api.channel.add_user_to_channel.type.app_error')
  await server.as(anna).delete(`/channels/${channel.id}`)
  const archived = await server.as(ben).post(members(), { user_id: ben.id })
  expect(archived.body.id).toBe('api.channel.add_user_to_channel.deleted.app_error')
})

test('leaving and being removed: both sides hear, and what hangs on the membership goes', async () => {
  await server.make.joinChannel(channel.id, ben)
  const [there, goer] = [await server.socket(anna), await server.socket(ben)]
  expect((await server.as(cho).delete(`${members()}/${ben.id}`)).status).toBe(403)
  expect((await server.as(anna).delete(`${members()}/${ben.id}`)).body).toEqual({ status: 'OK' })
  expect((await there.heard('user_removed')).data).toEqual({ user_id: ben.id, remover_id: anna.id })
  expect((await goer.heard('user_removed')).data).toEqual({ channel_id: channel.id, remover_id: anna.id })
  const posted = await there.heard('posted')
  expect(JSON.parse(posted.data.post)).toMatchObject({
    type: 'system_remove_from_channel',
    user_id: anna.id,
    props: { removedUserId: ben.id, removedUsername: ben.username },
  })
  await goer.settle()
  expect(goer.named('posted')).toEqual([])
  expect(await history(ben.id)).toMatchObject([{ leavetime: expect.any(Number) }])
  expect((await server.as(anna).delete(`${members()}/${ben.id}`)).status).toBe(404)
  expect((await server.as(anna).delete(`${members()}/me`)).status).toBe(200)
  const square = await server.as(anna).delete(`/channels/${team.townSquare}/members/me`)
  expect([square.status, square.body.id]).toEqual([400, 'api.channel.remove.default.app_error'])
})

test('a guest who leaves the last channel leaves the team', async () => {
  const guest = await server.make.guest()
  await server.make.joinTeam(team.id, guest, { guest: true })
  const second = await server.make.channel(team.id)
  for (const { id } of [channel, second]) await server.make.joinChannel(id, guest, { guest: true })
  const socket = await server.socket(anna)
  await server.as(guest).delete(`${members()}/me`)
  await socket.settle()
  expect(socket.named('leave_team')).toEqual([])
  await server.as(guest).delete(`/channels/${second.id}/members/me`)
  expect((await socket.heard('leave_team')).data).toEqual({ user_id: guest.id, team_id: team.id })
})

test('lists of members hide when others were last there', async () => {
  await server.make.joinChannel(channel.id, ben)
  const list = await server.as(ben).get(members())
  const times = Object.fromEntries(
    list.body.map((one: { user_id: string; last_update_at: number }) => [one.user_id, one.last_update_at]),
  )
  expect(times[anna.id]).toBe(-1)
  expect(times[ben.id]).toBeGreaterThan(0)
  expect((await server.as(ben).get(`${members()}?per_page=1&page=1`)).body).toHaveLength(1)
  expect((await server.as(ben).post(`${members()}/ids`, [anna.id, cho.id, 'x'])).body).toHaveLength(1)
  expect((await server.as(ben).post(`${members()}/ids`, [])).status).toBe(400)
  expect((await server.as(ben).get(`${members()}/${cho.id}`)).status).toBe(404)
  for (const path of ['', '/ids', `/${anna.id}`]) {
    const call =
      path === '/ids'
        ? server.as(outsider).post(members() + path, [anna.id])
        : server.as(outsider).get(members() + path)
    expect((await call).status).toBe(403)
  }
})

test('roles: named ones of the scheme become flags, the member is told', async () => {
  await server.make.joinChannel(channel.id, ben)
  const [own, other] = [await server.socket(ben), await server.socket(cho)]
  const path = `${members()}/${ben.id}`
  expect((await server.as(ben).put(`${path}/roles`, { roles: 'channel_user channel_admin' })).status).toBe(403)
  expect((await server.as(anna).put(`${path}/roles`, { roles: 'channel_user channel_admin' })).status).toBe(200)
  const updated = await own.heard('channel_member_updated')
  expect(JSON.parse(updated.data.channelMember)).toMatchObject({ scheme_admin: true, explicit_roles: '' })
  expect((await server.as(ben).get(path)).body.roles).toBe('channel_user channel_admin')
  await other.settle()
  expect(other.named('channel_member_updated')).toEqual([])
  for (const roles of ['', 'no_such_role', 'team_admin', 'channel_guest', 'BAD!', {}]) {
    expect((await server.as(anna).put(`${path}/roles`, { roles })).status).toBe(400)
  }
  const change = { scheme_user: true, scheme_admin: false }
  expect((await server.as(anna).put(`${path}/schemeRoles`, change)).status).toBe(200)
  expect((await server.as(ben).get(path)).body.scheme_admin).toBe(false)
  expect((await server.as(anna).put(`${path}/schemeRoles`, { ...change, scheme_guest: true })).status).toBe(400)
  expect((await server.as(anna).put(`${members()}/${cho.id}/schemeRoles`, change)).status).toBe(404)
})

test("notification settings are merged, checked and one's own", async () => {
  const path = `${members()}/${anna.id}/notify_props`
  const socket = await server.socket(anna)
  expect((await server.as(anna).put(path, { mark_unread: 'mention', desktop: 'none' })).status).toBe(200)
  const updated = await socket.heard('channel_member_updated')
  expect(JSON.parse(updated.data.channelMember).notify_props).toMatchObject({ mark_unread: 'mention', push: 'default' })
  expect((await server.as(anna).get(`${members()}/me`)).body.notify_props).toMatchObject({ desktop: 'none' })
  for (const props of [{ desktop: 'loud' }, { mark_unread: 'never' }, { push: 1 }, []]) {
    expect((await server.as(anna).put(path, props)).status).toBe(400)
  }
  expect((await server.as(ben).put(path, { desktop: 'all' })).status).toBe(403)
  expect((await server.as(ben).put(`${members()}/me/notify_props`, { desktop: 'all' })).status).toBe(404)
})

test('a person lists his memberships, as a list, a page or a stream of lines', async () => {
  const mine = await server.as(anna).get(`/users/me/teams/${team.id}/channels/members`)
  const ids = mine.body.map((one: { channel_id: string }) => one.channel_id)
  expect(ids).toEqual(expect.arrayContaining([channel.id, team.townSquare, team.offTopic]))
  expect((await server.as(ben).get(`/users/${anna.id}/teams/${team.id}/channels/members`)).status).toBe(403)
  const page = await server.as(anna).get('/users/me/channel_members?page=0&per_page=2')
  expect(page.body).toHaveLength(2)
  const stream = await server.as(anna).get('/users/me/channel_members?page=-1')
  expect(stream.headers.get('content-type')).toBe('application/x-ndjson')
  const lines = String(stream.body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.find((line) => line.channel_id === channel.id)).toMatchObject({
    user_id: anna.id,
    team_name: expect.any(String),
  })
  expect((await server.as(ben).get(`/users/${anna.id}/channel_members?page=-1`)).status).toBe(403)
})

test('counts, time zones and groups of a channel', async () => {
  const guest = await server.make.guest()
  await server.make.joinChannel(channel.id, guest, { guest: true })
  await server.app.db
    .updateTable('users')
    .set({ timezone: JSON.stringify({ useAutomaticTimezone: 'false', manualTimezone: 'Asia/Seoul' }) })
    .where('id', '=', anna.id)
    .execute()
  const base = `/channels/${channel.id}`
  const stats = await server.as(anna).get(`${base}/stats?exclude_files_count=true`)
  const counts = { member_count: 2, guest_count: 1, pinnedpost_count: 0, files_count: -1 }
  expect(stats.body).toEqual({ channel_id: channel.id, ...counts })
  expect((await server.as(anna).get(`${base}/stats`)).body.files_count).toBe(0)
  expect((await server.as(anna).get(`${base}/timezones`)).body).toEqual(['Asia/Seoul'])
  expect((await server.as(anna).get(`${base}/member_counts_by_group?include_timezones=true`)).body).toEqual([])
  const many = await server.as(ben).post('/channels/stats/member_count', [channel.id])
  expect(many.body).toEqual({ [channel.id]: 2 })
  expect((await server.as(outsider).post('/channels/stats/member_count', [channel.id])).status).toBe(403)
  for (const path of ['stats', 'timezones', 'member_counts_by_group']) {
    expect((await server.as(outsider).get(`${base}/${path}`)).status).toBe(403)
  }
})

test('who would lose a channel that followed groups', async () => {
  const path = `/channels/${channel.id}/members_minus_group_members`
  const { body } = await server.as(root).get(`${path}?group_ids=${'a'.repeat(26)}`)
  expect([body.total_count, body.users[0].id, body.users[0].scheme_admin]).toEqual([1, anna.id, true])
  expect((await server.as(root).get(path)).status).toBe(400)
  expect((await server.as(anna).get(`${path}?group_ids=${'a'.repeat(26)}`)).status).toBe(403)
})
