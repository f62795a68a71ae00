import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person
let outsider: Person
let guest: Person

beforeAll(async () => {
  server = await TestServer.start()
  const { make } = server
  ;[admin, anna, ben, outsider, guest] = await Promise.all([
    make.admin(),
    make.user(),
    make.user(),
    make.user(),
    make.guest(),
  ])
})
afterAll(() => server.stop())

let counter = 0
const draft = (more: object = {}) => ({ name: `crew-${++counter}`, display_name: 'The Crew', type: 'O', ...more })
const created = async (person = anna, more: object = {}) => {
  const { status, body } = await server.as(person).post('/teams', draft(more))
  expect(status).toBe(201)
  return body
}

test('the creator of a team is its administrator and in its default channels', async () => {
  const socket = await server.socket(anna)
  const team = await created(anna, { description: '  우리\u202e 팀 ' })
  expect(team).toMatchObject({ type: 'O', allow_open_invite: false, email: `${anna.username}@example.com` })
  expect(team.description).toBe('우리 팀')
  expect(team.invite_id).toMatch(/^[a-z0-9]{26}$/)
  const { body: member } = await server.as(anna).get(`/teams/${team.id}/members/me`)
  expect(member).toMatchObject({ scheme_admin: true, scheme_user: true, roles: 'team_user team_admin' })
  const channels = await server.app.db
    .selectFrom('channels')
    .innerJoin('channelmembers', 'channelmembers.channelid', 'channels.id')
    .select(['channels.name', 'channelmembers.userid', 'channelmembers.schemeadmin'])
    .where('channels.teamid', '=', team.id)
    .orderBy('channels.name')
    .execute()
  expect(channels).toEqual([
    { name: 'off-topic', userid: anna.id, schemeadmin: true },
    { name: 'town-square', userid: anna.id, schemeadmin: true },
  ])
  const added = await socket.heard('added_to_team')
  expect(added.data).toEqual({ team_id: team.id, user_id: anna.id })
  const posted = await socket.heard('posted', ({ data }) => data.channel_name === 'town-square')
  expect(JSON.parse(posted.data.post)).toMatchObject({ type: 'system_join_team', user_id: anna.id })
  await socket.settle()
})

test.each([
  ['a taken name', { name: 'crew-1' }, 'app.team.save.existing.app_error'],
  ['a reserved name', { name: 'admin-team' }, 'model.team.is_valid.reserved.app_error'],
  ['a name of one letter', { name: 'x' }, 'model.team.is_valid.characters.app_error'],
  ['capital letters', { name: 'CREW' }, 'model.team.is_valid.characters.app_error'],
  ['a long name', { name: 'x'.repeat(65) }, 'model.team.is_valid.url.app_error'],
  ['no display name', { display_name: ' \u202e ' }, 'model.team.is_valid.name.app_error'],
  ['a long display name', { display_name: '팀'.repeat(65) }, 'model.team.is_valid.name.app_error'],
  ['an unknown type', { type: 'X' }, 'model.team.is_valid.type.app_error'],
  ['a long description', { description: 'x'.repeat(256) }, 'model.team.is_valid.description.app_error'],
  ['an object for a name', { name: {} }, 'api.context.invalid_body_param.app_error'],
])('a team with %s is refused', async (_, more, id) => {
  const { status, body } = await server.as(anna).post('/teams', draft(more))
  expect([status, body.id]).toEqual([400, id])
})

test('guests may not create teams', async () => {
  const { status, body } = await server.as(guest).post('/teams', draft())
  expect([status, body.id]).toEqual([403, 'api.team.is_team_creation_allowed.disabled.app_error'])
})

test('a member sees a team without address and, unless he may invite, without link; others do not see it', async () => {
  const team = await created()
  await server.make.joinTeam(team.id, ben)
  await server.make.joinTeam(team.id, guest, { guest: true })
  const seen = await server.as(ben).get(`/teams/${team.id}`)
  expect(seen.body).toMatchObject({ email: '', invite_id: team.invite_id })
  expect((await server.as(guest).get(`/teams/name/${team.name}`)).body).toMatchObject({ email: '', invite_id: '' })
  expect((await server.as(outsider).get(`/teams/${team.id}`)).status).toBe(403)
  expect((await server.as(outsider).get(`/teams/name/${team.name}`)).status).toBe(403)
  expect((await server.as(outsider).get(`/teams/name/${team.name}/exists`)).body).toEqual({ exists: false })
  expect((await server.as(ben).get(`/teams/name/${team.name}/exists`)).body).toEqual({ exists: true })
  expect((await server.as(ben).get(`/teams/${newId()}`)).status).toBe(404)
  expect((await server.as(ben).get('/teams/name/nowhere')).status).toBe(404)
})

test('people list open teams, administrators all of them, guests none', async () => {
  const closed = await created(anna, { display_name: 'Aaa closed' })
  const open = await created(anna, { display_name: 'Aab open', allow_open_invite: true })
  const old = await created(anna, { display_name: 'Aac old', allow_open_invite: true })
  await server.as(anna).delete(`/teams/${old.id}`)
  const ids = async (person: Person, path: string) =>
    (await server.as(person).get(path)).body.map((team: { id: string }) => team.id)
  const all = await ids(admin, '/teams?per_page=200')
  expect(all).toEqual(expect.arrayContaining([closed.id, open.id, old.id]))
  const seen = await ids(outsider, '/teams?per_page=200')
  expect(seen).toContain(open.id)
  expect(seen).not.toContain(closed.id)
  expect(seen).not.toContain(old.id)
  const counted = await server.as(admin).get('/teams?per_page=1&include_total_count=true')
  expect(counted.body).toMatchObject({ total_count: all.length, teams: [{}] })
  expect((await server.as(guest).get('/teams')).status).toBe(403)
  expect((await server.as(anna).get('/teams?exclude_policy_constrained=true')).status).toBe(403)
})

test('search finds by name and display name, wildcards are letters', async () => {
  const open = await created(anna, { display_name: 'Zebra_Herde', allow_open_invite: true })
  const search = async (person: Person, body: object) => (await server.as(person).post('/teams/search', body)).body
  expect((await search(outsider, { term: 'zebra_h' })).map((team: { id: string }) => team.id)).toEqual([open.id])
  expect(await search(outsider, { term: 'zebra%h' })).toEqual([])
  expect(await search(guest, { term: 'zebra' })).toEqual([])
  const paged = await search(admin, { term: 'zebra', page: 0, per_page: 1 })
  expect(paged).toMatchObject({ total_count: 1, teams: [{ id: open.id }] })
  const beyond = await search(admin, { term: 'zebra', page: 1e30, per_page: 1 })
  expect(beyond).toMatchObject({ total_count: 1, teams: [] })
  expect(await search(admin, { term: 'zebra', allow_open_invite: false })).toEqual([])
  expect((await server.as(anna).post('/teams/search', { term: {} })).status).toBe(400)
})

test('a manager changes a team and its members hear of it without secrets', async () => {
  const team = await created()
  await server.make.joinTeam(team.id, ben)
  const [inside, outside] = await Promise.all([server.socket(ben), server.socket(outsider)])
  const patched = await server.as(anna).put(`/teams/${team.id}/patch`, { display_name: 'New', description: null })
  expect(patched.body).toMatchObject({ display_name: 'New', name: team.name, invite_id: team.invite_id })
  const heard = await inside.heard('update_team')
  expect(JSON.parse(heard.data.team)).toMatchObject({ display_name: 'New', email: '', invite_id: '' })
  const replaced = await server.as(anna).put(`/teams/${team.id}`, { ...team, display_name: 'Other', name: 'ignored' })
  expect(replaced.body).toMatchObject({ display_name: 'Other', name: team.name })
  await outside.settle()
  expect(outside.named('update_team')).toEqual([])
})

test('what a manager must not do with a team', async () => {
  const team = await created()
  await server.make.joinTeam(team.id, ben)
  expect((await server.as(ben).put(`/teams/${team.id}/patch`, { display_name: 'Mine' })).status).toBe(403)
  expect((await server.as(ben).put(`/teams/${team.id}/privacy`, { privacy: 'O' })).status).toBe(403)
  expect((await server.as(ben).post(`/teams/${team.id}/regenerate_invite_id`)).status).toBe(403)
  expect((await server.as(ben).delete(`/teams/${team.id}`)).status).toBe(403)
  expect((await server.as(anna).put(`/teams/${team.id}`, { ...team, id: newId() })).status).toBe(400)
  expect((await server.as(anna).put(`/teams/${team.id}/patch`, { display_name: '' })).status).toBe(400)
  expect((await server.as(anna).put(`/teams/${team.id}/patch`, { allow_open_invite: 'yes' })).status).toBe(400)
  expect((await server.as(anna).put(`/teams/${team.id}/privacy`, { privacy: 'X' })).status).toBe(400)
  expect((await server.as(admin).put(`/teams/${newId()}/patch`, { display_name: 'x' })).status).toBe(404)
})

test('closing a team ends its link, and so does asking for a new one', async () => {
  const team = await created(anna, { allow_open_invite: true })
  const closed = await server.as(anna).put(`/teams/${team.id}/privacy`, { privacy: 'I' })
  expect(closed.body).toMatchObject({ type: 'I', allow_open_invite: false })
  expect(closed.body.invite_id).not.toBe(team.invite_id)
  const renewed = await server.as(anna).post(`/teams/${team.id}/regenerate_invite_id`)
  expect(renewed.body.invite_id).not.toBe(closed.body.invite_id)
  const opened = await server.as(anna).put(`/teams/${team.id}/privacy`, { privacy: 'O' })
  expect(opened.body).toMatchObject({ type: 'O', allow_open_invite: true, invite_id: renewed.body.invite_id })
})

test('an archived team leaves the list of its members until it is restored', async () => {
  const team = await created()
  const socket = await server.socket(anna)
  const mine = async () => (await server.as(anna).get('/users/me/teams')).body.map((one: { id: string }) => one.id)
  expect((await server.as(anna).delete(`/teams/${team.id}`)).body).toEqual({ status: 'OK' })
  expect(JSON.parse((await socket.heard('delete_team')).data.team)).toMatchObject({ id: team.id, email: '' })
  expect(await mine()).not.toContain(team.id)
  const restored = await server.as(anna).post(`/teams/${team.id}/restore`)
  expect(restored.body.delete_at).toBe(0)
  await socket.heard('restore_team')
  expect(await mine()).toContain(team.id)
})

test('deleting for good needs the setting and removes channels and members', async () => {
  const team = await created()
  const socket = await server.socket(anna)
  const refused = await server.as(anna).delete(`/teams/${team.id}?permanent=true`)
  expect([refused.status, refused.body.id]).toEqual([401, 'api.user.delete_team.not_enabled.app_error'])
  const forAdmin = await server.as(admin).delete(`/teams/${team.id}?permanent=true`)
  expect(forAdmin.body.id).toBe('api.user.delete_team.not_enabled.for_admin.app_error')
  await server.app.config.patch({ ServiceSettings: { EnableAPITeamDeletion: true } })
  expect((await server.as(admin).delete(`/teams/${team.id}?permanent=true`)).status).toBe(200)
  await server.app.config.patch({ ServiceSettings: { EnableAPITeamDeletion: false } })
  expect(JSON.parse((await socket.heard('delete_team')).data.team).id).toBe(team.id)
  expect((await server.as(admin).get(`/teams/${team.id}`)).status).toBe(404)
  const { db } = server.app
  expect(await db.selectFrom('channels').select('id').where('teamid', '=', team.id).execute()).toEqual([])
  expect(await db.selectFrom('teammembers').select('userid').where('teamid', '=', team.id).execute()).toEqual([])
})

const upload = async (field: string, content: Uint8Array) => {
  const form = new FormData()
  form.set(field, new Blob([content as Uint8Array<ArrayBuffer>]), 'icon.png')
  return form
}

test('an icon is set, served, cached and taken away', async () => {
  const team = await created()
  const png = await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const as = server.as(anna)
  expect((await as.get(`/teams/${team.id}/image`)).status).toBe(404)
  expect((await as.post(`/teams/${team.id}/image`, await upload('image', png))).body).toEqual({ status: 'OK' })
  const updated = (await as.get(`/teams/${team.id}`)).body.last_team_icon_update
  expect(updated).toBeGreaterThan(0)
  const shown = await fetch(`${server.url}/api/v4/teams/${team.id}/image`, {
    headers: { Authorization: `Bearer ${anna.token}` },
  })
  expect(await sharp(await shown.arrayBuffer()).metadata()).toMatchObject({ format: 'png', width: 128, height: 128 })
  expect(shown.headers.get('etag')).toBe(String(updated))
  expect((await as.get(`/teams/${team.id}/image`, { 'If-None-Match': String(updated) })).status).toBe(304)
  expect((await server.as(outsider).get(`/teams/${team.id}/image`)).status).toBe(403)
  expect((await as.delete(`/teams/${team.id}/image`)).status).toBe(200)
  expect((await as.get(`/teams/${team.id}/image`)).status).toBe(404)
})

test.each([
  ['no image', 'image', 'hello', 'api.team.set_team_icon.decode.app_error'],
  ['another field', 'picture', 'hello', 'api.team.set_team_icon.no_file.app_error'],
])('an icon that is %s is refused', async (_, field, content, id) => {
  const team = await created()
  const form = await upload(field, Buffer.from(content))
  const { status, body } = await server.as(anna).post(`/teams/${team.id}/image`, form)
  expect([status, body.id]).toEqual([400, id])
  expect((await server.as(outsider).post(`/teams/${team.id}/image`, form)).status).toBe(403)
  expect((await server.as(anna).post(`/teams/${team.id}/image`, { image: 'x' })).status).toBe(400)
})

test('a scheme of teams can be set and taken away by administrators only', async () => {
  const team = await created()
  const scheme = async (scope: string) => {
    const id = newId()
    const roles = { defaultteamadminrole: 'team_admin', defaultteamuserrole: 'team_user' }
    const names = { id, name: id, displayname: 'S', description: '', createat: 1, updateat: 1, deleteat: 0 }
    await server.app.db
      .insertInto('schemes')
      .values({ ...names, ...roles, scope } as never)
      .execute()
    return id
  }
  const socket = await server.socket(anna)
  const put = (person: Person, schemeId: unknown) =>
    server.as(person).put(`/teams/${team.id}/scheme`, { scheme_id: schemeId })
  const good = await scheme('team')
  expect((await put(anna, good)).status).toBe(403)
  expect((await put(admin, good)).status).toBe(200)
  expect(JSON.parse((await socket.heard('update_team_scheme')).data.team).scheme_id).toBe(good)
  expect((await put(admin, await scheme('channel'))).body.id).toBe('api.team.update_team_scheme.scheme_scope.error')
  expect((await put(admin, newId())).status).toBe(404)
  expect((await put(admin, 'short')).status).toBe(400)
  expect((await put(admin, null)).status).toBe(200)
  expect((await server.as(admin).get(`/teams/${team.id}`)).body.scheme_id).toBe(null)
})

test('the domains of the server bound those of its teams', async () => {
  const team = await created()
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: 'example.com, corp.example' } })
  const patch = (allowed_domains: string) => server.as(anna).put(`/teams/${team.id}/patch`, { allowed_domains })
  expect((await patch('@corp.example')).status).toBe(200)
  expect((await patch('evil.example')).body.id).toBe('api.team.update_restricted_domains.mismatch.app_error')
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: 'corp.example' } })
  const refused = await server.as(anna).post('/teams', draft())
  expect(refused.body.id).toBe('api.team.is_team_creation_allowed.domain.app_error')
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: '' } })
})

test('importing is not there yet and says so to those who may', async () => {
  const team = await created()
  const form = await upload('file', Buffer.from('x'))
  expect((await server.as(anna).post(`/teams/${team.id}/import`, form)).status).toBe(501)
  expect((await server.as(outsider).post(`/teams/${team.id}/import`, form)).status).toBe(403)
})
