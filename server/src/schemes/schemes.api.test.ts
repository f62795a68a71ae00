import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { Scheme } from './scheme.ts'

let server: TestServer
let admin: Person
let anna: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna] = await Promise.all([server.make.admin(), server.make.user()])
  team = await server.make.team([admin, anna])
})
afterAll(() => server.stop())

let count = 0
async function make(scope: 'team' | 'channel'): Promise<Scheme> {
  const draft = { name: `scheme_${++count}`, display_name: `Scheme ${count}`, description: '설명', scope }
  const { status, body } = await server.as(admin).post('/schemes', draft)
  expect(status).toBe(201)
  return body
}
const role = async (name: string) => (await server.as(admin).get(`/roles/name/${name}`)).body

test('a scheme of teams has ten roles, copied from the built-in ones', async () => {
  const scheme = await make('team')
  const names = Object.entries(scheme).filter(([key]) => key.startsWith('default_'))
  expect(names.every(([, name]) => /^[a-z0-9]{26}$/.test(name))).toBe(true)
  const own = await role(scheme.default_channel_user_role)
  expect(own.permissions.toSorted()).toEqual((await role('channel_user')).permissions.toSorted())
  expect(own).toMatchObject({ scheme_managed: true, built_in: false })
  expect((await server.as(admin).get(`/schemes/${scheme.id}`)).body).toEqual(scheme)
})

test('a scheme of channels has three, and grants what the role above does', async () => {
  const scheme = await make('channel')
  expect(scheme.default_team_admin_role).toBe('')
  const channel = await server.make.channel(team.id, [anna])
  await server.as(admin).put(`/channels/${channel.id}/scheme`, { scheme_id: scheme.id })
  const own = await role(scheme.default_channel_user_role)
  expect(own.permissions.toSorted()).toEqual((await role('channel_user')).permissions.toSorted())
  const listed = await server.as(admin).get(`/schemes/${scheme.id}/channels`)
  expect(listed.body.map((one: { id: string }) => one.id)).toEqual([channel.id])
  expect((await server.as(admin).get(`/schemes/${scheme.id}/teams`)).status).toBe(400)
})

test('a change of the role above reaches the channels that have a scheme of their own', async () => {
  const scheme = await make('channel')
  const channel = await server.make.channel(team.id, [anna])
  await server.as(admin).put(`/channels/${channel.id}/scheme`, { scheme_id: scheme.id })
  const socket = await server.socket(anna)
  const above = await role('channel_user')
  const less = above.permissions.filter((one: string) => one !== 'add_reaction')
  await server.as(admin).put(`/roles/${above.id}/patch`, { permissions: less })
  const fits = (one: { data: { role?: string } }) =>
    JSON.parse(one.data.role ?? '{}').name === scheme.default_channel_user_role
  const heard = await socket.heard('role_updated', fits)
  expect(JSON.parse(heard.data.role).permissions).not.toContain('add_reaction')
  await server.as(admin).put(`/roles/${above.id}/patch`, { permissions: above.permissions })
  socket.close()
})

test('lists by scope and page', async () => {
  const { body } = await server.as(admin).get('/schemes?scope=team&per_page=200')
  expect(new Set(body.map((one: Scheme) => one.scope))).toEqual(new Set(['team']))
  expect((await server.as(admin).get('/schemes?per_page=1')).body).toHaveLength(1)
  expect((await server.as(admin).get('/schemes?scope=galaxy')).status).toBe(400)
})

test('patched: given fields change, others stay; a taken name is refused', async () => {
  const scheme = await make('team')
  const path = `/schemes/${scheme.id}/patch`
  const { body } = await server.as(admin).put(path, { display_name: '새 이름', name: null })
  expect(body).toMatchObject({ display_name: '새 이름', name: scheme.name, description: '설명' })
  const taken = await server.as(admin).put(path, { name: 'scheme_1' })
  expect([taken.status, taken.body.id]).toEqual([400, 'app.scheme.save.invalid_scheme.app_error'])
  for (const wrong of [
    { name: 'Not A Name' },
    { display_name: '' },
    { display_name: {} },
    { description: 'x'.repeat(1025) },
  ])
    expect((await server.as(admin).put(path, wrong)).status).toBe(400)
})

test('patched by two at once: neither undoes the other', async () => {
  const { id } = await make('team')
  const patch = (change: object) => server.as(admin).put(`/schemes/${id}/patch`, change)
  for (const text of ['one', 'two', 'three']) {
    await Promise.all([patch({ display_name: text }), patch({ description: text })])
    expect((await server.as(admin).get(`/schemes/${id}`)).body).toMatchObject({ display_name: text, description: text })
  }
})

test('deleted: its teams are under the server’s roles again and hear of it', async () => {
  const scheme = await make('team')
  await server.as(admin).put(`/teams/${team.id}/scheme`, { scheme_id: scheme.id })
  expect((await server.as(admin).get(`/schemes/${scheme.id}/teams`)).body).toHaveLength(1)
  const own = await role(scheme.default_channel_user_role)
  const without = own.permissions.filter((one: string) => one !== 'create_post')
  await server.as(admin).put(`/roles/${own.id}/patch`, { permissions: without })
  const draft = { channel_id: team.townSquare, message: 'hi' }
  expect((await server.as(anna).post('/posts', draft)).status).toBe(403)
  const socket = await server.socket(anna)
  expect((await server.as(admin).delete(`/schemes/${scheme.id}`)).status).toBe(200)
  const heard = await socket.heard('update_team_scheme')
  expect(JSON.parse(heard.data.team)).toMatchObject({ id: team.id, invite_id: '' })
  expect((await server.as(anna).post('/posts', draft)).status).toBe(201)
  expect((await server.as(admin).get(`/schemes/${scheme.id}`)).status).toBe(404)
  expect((await role(scheme.default_team_user_role)).delete_at).toBeGreaterThan(0)
  socket.close()
})

test('only for those who manage permissions', async () => {
  const scheme = await make('team')
  const draft = { name: 'mine', display_name: 'Mine', scope: 'team' }
  const calls = [
    server.as(anna).post('/schemes', draft),
    server.as(anna).get('/schemes'),
    server.as(anna).get(`/schemes/${scheme.id}`),
    server.as(anna).put(`/schemes/${scheme.id}/patch`, { name: 'mine' }),
    server.as(anna).delete(`/schemes/${scheme.id}`),
    server.as(anna).get(`/schemes/${scheme.id}/teams`),
    server.as(anna).get(`/schemes/${scheme.id}/channels`),
  ]
  for (const { status } of await Promise.all(calls)) expect(status).toBe(403)
  for (const wrong of [{}, { ...draft, scope: 'run' }, { ...draft, display_name: '' }, { ...draft, name: 5 }])
    expect((await server.as(admin).post('/schemes', wrong)).status).toBe(400)
})
