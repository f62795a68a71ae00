import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { TestSocket } from '../../../testkit/socket.ts'

let server: TestServer
let anna: Person
let ben: Person
let outsider: Person
let guest: Person
let root: Person
let team: { id: string; name: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, outsider, guest, root] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.user(),
    server.make.guest(),
    server.make.admin(),
  ])
})
beforeEach(async () => {
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

/** What a socket heard beside its own coming. */
const about = (socket: TestSocket) =>
  socket.events.map((one) => one.event).filter((name) => name !== 'hello' && name !== 'status_change')

let count = 0
const open = (more: object = {}) => ({
  team_id: team.id,
  name: `made-${++count}`,
  display_name: '새 채널',
  type: 'O',
  ...more,
})
const made = async (more: object = {}) => (await server.as(anna).post('/channels', open(more))).body

test('who makes a channel becomes its administrator and hears of it; the channel says who came', async () => {
  const [own, other] = [await server.socket(anna), await server.socket(ben)]
  const { status, body } = await server.as(anna).post('/channels', open({ header: '안녕 ~off-topic', purpose: 'p' }))
  expect(status).toBe(201)
  expect(body).toMatchObject({ display_name: '새 채널', creator_id: anna.id, type: 'O', delete_at: 0 })
  expect(body.props.channel_mentions).toEqual({ 'off-topic': { display_name: 'Off-Topic', team_name: team.name } })
  const created = await own.heard('channel_created')
  expect(created.data).toEqual({ channel_id: body.id, team_id: team.id })
  const posted = await own.heard('posted')
  expect(JSON.parse(posted.data.post)).toMatchObject({
    type: 'system_join_channel',
    props: { username: anna.username },
  })
  const member = await server.as(anna).get(`/channels/${body.id}/members/me`)
  expect(member.body).toMatchObject({ scheme_admin: true, roles: 'channel_user channel_admin' })
  await other.settle()
  expect(about(other)).toEqual([])
  const copy = await server.app.db.selectFrom('publicchannels').selectAll().where('id', '=', body.id).execute()
  expect(copy).toMatchObject([{ name: body.name, header: body.header }])
})

test.each([
  [{ name: 'Bad Name' }, 'model.channel.is_valid.1_or_more.app_error'],
  [{ name: '' }, 'model.channel.is_valid.1_or_more.app_error'],
  [{ name: 'a'.repeat(40) }, 'model.channel.is_valid.1_or_more.app_error'],
  [{ display_name: '가'.repeat(65) }, 'model.channel.is_valid.display_name.app_error'],
  [{ header: '가'.repeat(1025) }, 'model.channel.is_valid.header.app_error'],
  [{ purpose: 'p'.repeat(251) }, 'model.channel.is_valid.purpose.app_error'],
  [{ type: 'D' }, 'api.channel.create_channel.direct_channel.app_error'],
  [{ type: 'X' }, 'model.channel.is_valid.type.app_error'],
  [{ team_id: 'x' }, 'app.channel.create_channel.no_team_id.app_error'],
  [{ name: {} }, 'api.context.invalid_body_param.app_error'],
])('a channel cannot be %j', async (more, id) => {
  const { status, body } = await server.as(anna).post('/channels', open(more))
  expect([status, body.id]).toEqual([400, id])
})

test('a name is given once in a team, and outsiders and guests make no channels', async () => {
  await made({ name: 'once' })
  const again = await server.as(ben).post('/channels', open({ name: 'once' }))
  expect([again.status, again.body.id]).toEqual([400, 'store.sql_channel.save_channel.exists.app_error'])
  await server.make.joinTeam(team.id, guest, { guest: true })
  for (const person of [outsider, guest]) {
    for (const type of ['O', 'P']) expect((await server.as(person).post('/channels', open({ type }))).status).toBe(403)
  }
  expect((await server.as(root).post('/channels', open({ team_id: 'a'.repeat(26) }))).status).toBe(404)
})

test('a private channel is known to its members only', async () => {
  const channel = await made({ type: 'P' })
  const byName = `/teams/${team.id}/channels/name/${channel.name}`
  expect((await server.as(anna).get(byName)).body.id).toBe(channel.id)
  expect((await server.as(ben).get(byName)).status).toBe(404)
  expect((await server.as(ben).get(`/channels/${channel.id}`)).status).toBe(403)
  expect((await server.as(ben).get(`/channels/${'a'.repeat(26)}`)).status).toBe(404)
  const copy = await server.app.db.selectFrom('publicchannels').selectAll().where('id', '=', channel.id).execute()
  expect(copy).toEqual([])
})

test('a public channel is known to the team, by names as well', async () => {
  const channel = await made()
  for (const path of [
    `/channels/${channel.id}`,
    `/teams/${team.id}/channels/name/${channel.name}`,
    `/teams/name/${team.name}/channels/name/${channel.name}`,
  ]) {
    expect((await server.as(ben).get(path)).body.id).toBe(channel.id)
    expect((await server.as(outsider).get(path)).status).toBe(403)
  }
  expect((await server.as(ben).get(`/teams/name/nowhere-x/channels/name/${channel.name}`)).status).toBe(404)
})

test('a patch changes what it names, tells the members and says so in the channel', async () => {
  const channel = await made({ header: 'old', purpose: 'kept' })
  const [member, teammate] = [await server.socket(anna), await server.socket(ben)]
  const patch = { display_name: '이름', header: '새 헤더', name: 'renamed-x' }
  const { status, body } = await server.as(anna).put(`/channels/${channel.id}/patch`, patch)
  expect([status, body.purpose]).toEqual([200, 'kept'])
  expect(body).toMatchObject(patch)
  const updated = await member.heard('channel_updated')
  expect(JSON.parse(updated.data.channel)).toMatchObject(patch)
  await member.heard('posted', ({ data }) => {
    const post = JSON.parse(data.post)
    return (
      post.type === 'system_header_change' && post.props.old_header === 'old' && post.props.new_header === '새 헤더'
    )
  })
  await member.heard('posted', ({ data }) => JSON.parse(data.post).type === 'system_displayname_change')
  await teammate.settle()
  expect(about(teammate)).toEqual([])
  const copy = await server.app.db.selectFrom('publicchannels').selectAll().where('id', '=', channel.id).execute()
  expect(copy).toMatchObject([{ displayname: '이름', name: 'renamed-x' }])
})

test('changing a channel needs the right, a free name and a live channel', async () => {
  const [channel, taken] = [await made(), await made()]
  const path = `/channels/${channel.id}/patch`
  expect((await server.as(outsider).put(path, { header: 'x' })).status).toBe(403)
  expect((await server.as(ben).put(path, { header: 'x' })).status).toBe(403)
  const exists = await server.as(anna).put(path, { name: taken.name })
  expect([exists.status, exists.body.id]).toEqual([400, 'store.sql_channel.update.exists.app_error'])
  const square = await server.as(anna).put(`/channels/${team.townSquare}/patch`, { name: 'other-name' })
  expect(square.body.id).toBe('api.channel.update_channel.tried.app_error')
  await server.as(anna).delete(`/channels/${channel.id}`)
  const archived = await server.as(anna).put(path, { header: 'x' })
  expect([archived.status, archived.body.id]).toEqual([400, 'api.channel.update_channel.deleted.app_error'])
})

test('a banner is for channel administrators and needs a text and a colour', async () => {
  const channel = await made()
  await server.make.joinChannel(channel.id, ben)
  const path = `/channels/${channel.id}/patch`
  const banner_info = { enabled: true, text: '공지', background_color: '#8A2BE2' }
  expect((await server.as(ben).put(path, { banner_info })).status).toBe(403)
  expect((await server.as(anna).put(path, { banner_info: { enabled: true } })).status).toBe(400)
  expect((await server.as(anna).put(path, { banner_info })).body.banner_info).toEqual(banner_info)
  expect((await server.as(anna).put(path, { banner_info: { enabled: false } })).body.banner_info.text).toBe('공지')
})

test('PUT replaces texts, and its id must be that of the path', async () => {
  const channel = await made({ header: 'h', purpose: 'p' })
  const { body } = await server
    .as(anna)
    .put(`/channels/${channel.id}`, { id: channel.id, header: 'x', display_name: '' })
  expect(body).toMatchObject({ header: 'x', purpose: '', display_name: '새 채널', name: channel.name })
  expect((await server.as(anna).put(`/channels/${channel.id}`, { id: team.townSquare })).status).toBe(400)
})

test('a direct channel has a header, and nothing else, for its members to change', async () => {
  const direct = await server.make.direct(anna, ben)
  const path = `/channels/${direct.id}/patch`
  expect((await server.as(anna).put(path, { header: '둘만' })).body.header).toBe('둘만')
  expect((await server.as(anna).put(path, { display_name: 'x' })).status).toBe(400)
  expect((await server.as(outsider).put(path, { header: 'x' })).status).toBe(403)
})

test('a channel becomes private and public again; the whole team is told that it is private', async () => {
  const channel = await made()
  const teammate = await server.socket(ben)
  expect((await server.as(ben).put(`/channels/${channel.id}/privacy`, { privacy: 'P' })).status).toBe(403)
  const { body } = await server.as(root).put(`/channels/${channel.id}/privacy`, { privacy: 'P' })
  expect(body.type).toBe('P')
  expect((await teammate.heard('channel_converted')).data).toEqual({ channel_id: channel.id })
  expect((await server.as(ben).get(`/channels/${channel.id}`)).status).toBe(403)
  teammate.clear()
  await server.as(root).put(`/channels/${channel.id}/privacy`, { privacy: 'P' })
  await server.as(root).put(`/channels/${channel.id}/privacy`, { privacy: 'O' })
  await teammate.settle()
  expect(teammate.named('channel_converted')).toEqual([])
  expect((await server.as(ben).get(`/channels/${channel.id}`)).body.type).toBe('O')
  const { body: list } = await server.as(root).get(`/channels/${channel.id}/posts`)
  const notices = list.order
    .map((id: string) => list.posts[id])
    .filter((post: { type: string }) => /privacy/.test(post.type))
  expect(notices.map((post: { props: object }) => post.props)).toMatchObject([{ new_type: 'O' }, { new_type: 'P' }])
  for (const privacy of ['D', '', null, 1]) {
    expect((await server.as(root).put(`/channels/${channel.id}/privacy`, { privacy })).status).toBe(400)
  }
  expect((await server.as(root).put(`/channels/${team.townSquare}/privacy`, { privacy: 'P' })).status).toBe(400)
})

test('who hears of a new privacy or team hears of the links in the header too', async () => {
  const channel = await made({ header: 'see ~town-square' })
  const other = await server.make.team([anna, ben])
  const socket = await server.socket(anna)
  const path = `/channels/${channel.id}`
  const told = async () => JSON.parse((await socket.heard('channel_updated')).data.channel)
  const links = ({ name }: { name: string }) => ({ 'town-square': { display_name: 'Town Square', team_name: name } })
  await server.as(root).put(`${path}/privacy`, { privacy: 'P' })
  expect(await told()).toMatchObject({ type: 'P', props: { channel_mentions: links(team) } })
  socket.clear()
  await server.as(root).post(`${path}/move`, { team_id: other.id, force: true })
  expect(await told()).toMatchObject({ team_id: other.id, props: { channel_mentions: links(other) } })
  await socket.settle()
  socket.close()
})

test('archiving hides a channel and restoring brings it back; the team of a public one is told', async () => {
  const channel = await made()
  const teammate = await server.socket(ben)
  expect((await server.as(ben).delete(`/channels/${channel.id}`)).status).toBe(403)
  expect((await server.as(anna).delete(`/channels/${channel.id}`)).body).toEqual({ status: 'OK' })
  const deleted = await teammate.heard('channel_deleted')
  expect(deleted.data).toEqual({ channel_id: channel.id, delete_at: expect.any(Number) })
  expect((await server.as(anna).delete(`/channels/${channel.id}`)).body.id).toBe(
    'api.channel.delete_channel.deleted.app_error',
  )
  const byName = `/teams/${team.id}/channels/name/${channel.name}`
  expect((await server.as(anna).get(byName)).status).toBe(404)
  expect((await server.as(anna).get(`${byName}?include_deleted=true`)).body.delete_at).toBe(deleted.data.delete_at)
  const archived = await server.as(ben).get(`/teams/${team.id}/channels/deleted`)
  expect(archived.body.map((one: { id: string }) => one.id)).toEqual([channel.id])
  expect((await server.as(anna).post(`/channels/${channel.id}/restore`)).status).toBe(403)
  expect((await server.as(root).post(`/channels/${channel.id}/restore`)).body.delete_at).toBe(0)
  expect((await teammate.heard('channel_restored')).data).toEqual({ channel_id: channel.id })
  expect((await server.as(root).post(`/channels/${channel.id}/restore`)).status).toBe(400)
  const posts = await server.app.db.selectFrom('posts').select('type').where('channelid', '=', channel.id).execute()
  expect(posts.map((post) => post.type)).toEqual(
    expect.arrayContaining(['system_channel_deleted', 'system_channel_restored']),
  )
})

test('a channel that is archived several times at once says so once', async () => {
  const channel = await made()
  const member = await server.socket(anna)
  const answers = await Promise.all([1, 2, 3].map(() => server.as(anna).delete(`/channels/${channel.id}`)))
  expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 400, 400])
  await member.settle()
  const heard = member.events.map((one) => one.event).filter((name) => /^posted|channel_deleted/.test(name))
  expect(heard).toEqual(['posted', 'channel_deleted'])
})

test('nobody outside hears of a private channel that is archived', async () => {
  const channel = await made({ type: 'P' })
  const [member, teammate] = [await server.socket(anna), await server.socket(ben)]
  await server.as(anna).delete(`/channels/${channel.id}`)
  await member.heard('channel_deleted')
  await teammate.settle()
  expect(about(teammate)).toEqual([])
  expect((await server.as(ben).get(`/teams/${team.id}/channels/deleted`)).body).toEqual([])
})

test('town-square and direct channels cannot be archived', async () => {
  const square = await server.as(root).delete(`/channels/${team.townSquare}`)
  expect([square.status, square.body.id]).toEqual([400, 'api.channel.delete_channel.cannot.app_error'])
  const direct = await server.make.direct(anna, guest)
  expect((await server.as(anna).delete(`/channels/${direct.id}`)).body.id).toBe(
    'api.channel.delete_channel.type.invalid',
  )
})

test('a channel is removed for good only by an administrator and where the settings allow it', async () => {
  const channel = await made()
  await server.as(anna).post('/posts', { channel_id: channel.id, message: 'gone' })
  const path = `/channels/${channel.id}?permanent=true`
  expect((await server.as(root).delete(path)).status).toBe(401)
  await server.app.config.patch({ ServiceSettings: { EnableAPIChannelDeletion: true } })
  expect((await server.as(anna).delete(path)).status).toBe(403)
  expect((await server.as(root).delete(path)).status).toBe(200)
  expect((await server.as(root).get(`/channels/${channel.id}`)).status).toBe(404)
  const posts = await server.app.db.selectFrom('posts').select('id').where('channelid', '=', channel.id).execute()
  expect(posts).toEqual([])
  await server.app.config.patch({ ServiceSettings: { EnableAPIChannelDeletion: false } })
})

test('a channel moves to another team with those of its members who are in it', async () => {
  const channel = await made()
  await server.make.joinChannel(channel.id, ben)
  const other = await server.make.team([anna])
  const path = `/channels/${channel.id}/move`
  expect((await server.as(anna).post(path, { team_id: other.id, force: true })).status).toBe(403)
  const refused = await server.as(root).post(path, { team_id: other.id, force: false })
  expect(refused.body.id).toBe('app.channel.move_channel.members_do_not_match.error')
  const socket = await server.socket(ben)
  expect((await server.as(root).post(path, { team_id: other.id, force: true })).body.team_id).toBe(other.id)
  expect((await socket.heard('user_removed')).data.channel_id).toBe(channel.id)
  expect((await server.as(anna).get(`/channels/${channel.id}/members/me`)).status).toBe(200)
  expect((await server.as(root).get(`/channels/${channel.id}/members/${ben.id}`)).status).toBe(404)
  expect((await server.as(root).post(`/channels/${team.townSquare}/move`, { team_id: other.id })).status).toBe(400)
})

test('the lists of a team and of a person', async () => {
  const [first, secret] = [await made({ display_name: '가나다' }), await made({ type: 'P' })]
  const ids = (answer: { body: { id: string }[] }) => answer.body.map((one) => one.id)
  const list = await server.as(ben).get(`/teams/${team.id}/channels?per_page=200`)
  expect(ids(list)).toEqual(expect.arrayContaining([first.id, team.townSquare]))
  expect(ids(list)).not.toContain(secret.id)
  expect((await server.as(outsider).get(`/teams/${team.id}/channels`)).status).toBe(403)
  expect((await server.as(anna).get(`/teams/${team.id}/channels/private`)).status).toBe(403)
  expect(ids(await server.as(root).get(`/teams/${team.id}/channels/private`))).toEqual([secret.id])
  const byIds = await server.as(ben).post(`/teams/${team.id}/channels/ids`, [first.id, secret.id])
  expect(ids(byIds)).toEqual([first.id])
  expect((await server.as(ben).post(`/teams/${team.id}/channels/ids`, [secret.id])).status).toBe(404)
  const mine = await server.as(anna).get(`/users/me/teams/${team.id}/channels`)
  expect(ids(mine)).toEqual(expect.arrayContaining([first.id, secret.id, team.offTopic]))
  const again = await server
    .as(anna)
    .get(`/users/me/teams/${team.id}/channels`, { 'If-None-Match': mine.headers.get('etag')! })
  expect(again.status).toBe(304)
  expect(ids(await server.as(anna).get('/users/me/channels'))).toEqual(expect.arrayContaining([first.id, secret.id]))
  expect((await server.as(ben).get(`/users/${anna.id}/channels`)).status).toBe(403)
  expect((await server.as(outsider).get(`/users/me/teams/${team.id}/channels`)).status).toBe(403)
})

test('a scheme is set by administrators, and only one for channels', async () => {
  const path = `/channels/${team.offTopic}/scheme`
  expect((await server.as(anna).put(path, { scheme_id: '' })).status).toBe(403)
  expect((await server.as(root).put(path, { scheme_id: 'x' })).status).toBe(400)
  expect((await server.as(root).put(path, { scheme_id: 'a'.repeat(26) })).status).toBe(400)
  const socket = await server.socket(ben)
  expect((await server.as(root).put(path, { scheme_id: '' })).status).toBe(200)
  expect((await socket.heard('channel_scheme_updated')).broadcast.channel_id).toBe(team.offTopic)
})
