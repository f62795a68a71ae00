import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { Group } from './group.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person
let guest: Person

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, ben, guest] = await Promise.all([
    server.make.admin(),
    server.make.user({ username: 'anna' }),
    server.make.user({ username: 'ben' }),
    server.make.guest(),
  ])
})
afterAll(() => server.stop())

let count = 0
const draft = (more: object = {}) => {
  const name = `devs-${++count}`
  return { name, display_name: `Devs ${count}`, source: 'custom', allow_reference: true, user_ids: [ben.id], ...more }
}
async function make(more: object = {}): Promise<Group> {
  const { status, body } = await server.as(anna).post('/groups', draft(more))
  expect(status).toBe(201)
  return body
}
const names = (body: Group[]) => body.map((one) => one.name)

test('of two groups that are given the same name at the same time one gets it', async () => {
  const groups = await Promise.all([1, 2, 3, 4].map(() => make()))
  const rename = ({ id }: Group) => server.as(anna).put(`/groups/${id}/patch`, { name: 'wanted' })
  const answers = await Promise.all(groups.map(rename))
  expect(answers.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([200, 400, 400, 400])
})

test('changes at the same time do not undo each other', async () => {
  const { id } = await make()
  const change = (patch: object) => server.as(anna).put(`/groups/${id}/patch`, patch)
  await Promise.all([
    change({ display_name: 'New' }),
    change({ description: 'words' }),
    change({ name: 'renamed' }),
    server.as(anna).delete(`/groups/${id}`),
  ])
  const { body } = await server.as(anna).get(`/groups/${id}`)
  expect(body).toMatchObject({ display_name: 'New', description: 'words', name: 'renamed' })
  expect(body.delete_at).toBeGreaterThan(0)
})

test('made: everybody hears of the group, its people that they are in it', async () => {
  const [hers, his] = await Promise.all([server.socket(anna), server.socket(ben)])
  const group = await make()
  expect(group).toMatchObject({ source: 'custom', member_count: 1, allow_reference: true, delete_at: 0 })
  const heard = await hers.heard('received_group')
  expect(JSON.parse(heard.data.group)).toMatchObject({ id: group.id, member_ids: null })
  const added = await his.heard('group_member_add')
  expect(JSON.parse(added.data.group_member)).toMatchObject({ group_id: group.id, user_id: ben.id })
  await Promise.all([hers.settle(), his.settle()])
  expect(hers.named('group_member_add')).toEqual([])
  for (const socket of [hers, his]) socket.close()
})

test('refused: taken, impossible or unmentionable names, strangers, and people without the right', async () => {
  const group = await make()
  const answer = async (more: object) => {
    const { status, body } = await server.as(anna).post('/groups', draft(more))
    return [status, body.id]
  }
  expect(await answer({ name: 'ben' })).toEqual([400, 'app.group.username_conflict'])
  expect(await answer({ name: group.name })).toEqual([400, 'app.custom_group.unique_name'])
  for (const name of ['all', 'Has Space', '', 'x'.repeat(65), null])
    expect(await answer({ name })).toEqual([400, 'model.group.name.app_error'])
  expect(await answer({ allow_reference: false })).toEqual([400, 'api.custom_groups.must_be_referenceable'])
  expect(await answer({ remote_id: 'x' })).toEqual([400, 'api.custom_groups.no_remote_id'])
  expect(await answer({ source: 'ldap' })).toEqual([400, 'app.group.crud_permission'])
  expect(await answer({ display_name: ' ' })).toEqual([400, 'model.group.display_name.app_error'])
  expect(await answer({ user_ids: [group.id] })).toEqual([404, 'app.group.user_not_found'])
  for (const wrong of [{ user_ids: ['x'] }, { user_ids: {} }, { user_ids: null }, { name: {} }, { user_ids: [1] }])
    expect((await answer(wrong))[0]).toBe(400)
  expect((await server.as(guest).post('/groups', draft())).status).toBe(403)
})

test('patched, archived, restored', async () => {
  const group = await make()
  const path = `/groups/${group.id}`
  const patched = await server.as(anna).put(`${path}/patch`, { display_name: '개발자', name: null })
  expect(patched.body).toMatchObject({ display_name: '개발자', name: group.name })
  expect((await server.as(anna).put(`${path}/patch`, { name: 'anna' })).body.id).toBe('app.group.username_conflict')
  expect((await server.as(anna).put(`${path}/patch`, { allow_reference: false })).status).toBe(400)
  expect((await server.as(guest).put(`${path}/patch`, { name: 'mine' })).status).toBe(403)
  expect((await server.as(anna).post(`${path}/restore`)).status).toBe(400)
  expect((await server.as(guest).delete(path)).status).toBe(403)
  expect((await server.as(anna).delete(path)).body.delete_at).toBeGreaterThan(0)
  expect((await server.as(anna).delete(path)).status).toBe(404)
  expect(names((await server.as(anna).get(`/groups?q=${group.name}`)).body)).toEqual([])
  expect(names((await server.as(anna).get(`/groups?filter_archived=true&q=${group.name}`)).body)).toEqual([group.name])
  expect((await server.as(guest).post(`${path}/restore`)).status).toBe(403)
  expect((await server.as(anna).post(`${path}/restore`)).body.delete_at).toBe(0)
  expect((await server.as(anna).get(`/groups/${anna.id}`)).body.id).toBe('app.group.no_rows')
})

test('people come and go', async () => {
  const group = await make()
  const path = `/groups/${group.id}/members`
  const socket = await server.socket(anna)
  const added = await server.as(ben).post(path, { user_ids: [anna.id, ben.id] })
  expect(added.body).toHaveLength(2)
  await socket.heard('group_member_add')
  const { body } = await server.as(anna).get(path)
  expect(body.members.map((one: { id: string }) => one.id).toSorted()).toEqual([anna.id, ben.id].toSorted())
  expect(body.total_member_count).toBe(2)
  expect((await server.as(anna).get('/users/me/groups')).body.map((one: Group) => one.id)).toContain(group.id)
  const removed = await server.as(ben).delete(path, { user_ids: [anna.id] })
  expect(removed.body[0]).toMatchObject({ user_id: anna.id })
  expect(removed.body[0].delete_at).toBeGreaterThan(0)
  await socket.heard('group_member_deleted')
  expect((await server.as(ben).delete(path, { user_ids: [anna.id] })).status).toBe(400)
  expect((await server.as(anna).get('/users/me/groups')).body.map((one: Group) => one.id)).not.toContain(group.id)
  for (const wrong of [{}, { user_ids: [] }, { user_ids: ['x'] }, { user_ids: 'x' }])
    expect((await server.as(ben).post(path, wrong)).status).toBe(400)
  expect((await server.as(guest).post(path, { user_ids: [guest.id] })).status).toBe(403)
  expect((await server.as(guest).get(path)).status).toBe(403)
  expect((await server.as(anna).get(`/users/${ben.id}/groups`)).status).toBe(403)
  expect((await server.as(admin).get(`/users/${ben.id}/groups`)).status).toBe(200)
  expect((await server.as(admin).get(`/groups/${group.id}/stats`)).body).toMatchObject({ total_member_count: 1 })
  expect((await server.as(anna).get(`/groups/${group.id}/stats`)).status).toBe(403)
  socket.close()
})

test('lists: filters, counts, pages', async () => {
  const mine = await make({ display_name: 'Zebra_1', user_ids: [anna.id, ben.id] })
  await make({ display_name: 'Zebra x', user_ids: [] })
  const list = async (query: string) => (await server.as(anna).get(`/groups?${query}`)).body
  expect((await list('q=zebra_')).map((one: Group) => one.id)).toEqual([mine.id])
  expect(await list('q=zebra&include_total_count=true&per_page=1')).toMatchObject({ groups: [{}], total_count: 2 })
  const [full] = await list('q=zebra_&include_member_count=true&include_member_ids=true')
  expect(full).toMatchObject({ member_count: 2, member_ids: [anna.id, ben.id].toSorted() })
  expect((await list(`filter_has_member=${anna.id}&q=zebra`)).map((one: Group) => one.id)).toEqual([mine.id])
  expect(await list(`since=${Date.now() + 1000}`)).toEqual([])
  expect(await list('group_source=ldap')).toEqual([])
  expect((await server.as(anna).get('/groups?filter_has_member=x')).status).toBe(400)
  const [seen] = (await server.as(guest).get('/groups?q=zebra_&include_member_ids=true')).body
  expect(seen.member_ids).toBeNull()
  const { body } = await server.as(anna).post('/groups/names', [mine.name, 'nobody'])
  expect(names(body)).toEqual([mine.name])
})

test('how many of a group are in a channel, for those who may read it', async () => {
  const team = await server.make.team([anna])
  const secret = await server.make.channel(team.id, [anna], { type: 'P' })
  const group = await make({ user_ids: [anna.id, ben.id] })
  const query = `/groups?q=${group.name}&include_channel_member_count=${secret.id}&include_timezones=true`
  const [counted] = (await server.as(anna).get(query)).body
  expect(counted).toMatchObject({ channel_member_count: 1, channel_member_timezones_count: 0 })
  expect((await server.as(ben).get(query)).status).toBe(403)
})

test('custom groups can be switched off', async () => {
  const group = await make()
  await server.app.config.patch({ ServiceSettings: { EnableCustomGroups: false } })
  expect((await server.as(anna).post('/groups', draft())).status).toBe(501)
  expect((await server.as(anna).get(`/groups/${group.id}`)).status).toBe(501)
  expect((await server.as(anna).get('/groups?group_source=custom')).status).toBe(501)
  expect((await server.as(anna).get('/groups')).body).toEqual([])
  await server.app.config.patch({ ServiceSettings: { EnableCustomGroups: true } })
})
