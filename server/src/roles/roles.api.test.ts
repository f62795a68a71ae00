import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { Role } from './role.ts'

let server: TestServer
let admin: Person
let manager: Person
let anna: Person
let ben: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, manager, anna, ben] = await Promise.all([
    server.make.admin(),
    server.make.user({ roles: 'system_user system_manager' }),
    server.make.user(),
    server.make.user(),
  ])
  team = await server.make.team([admin, anna])
})
afterAll(() => server.stop())

const named = async (name: string): Promise<Role> => (await server.as(admin).get(`/roles/name/${name}`)).body
const patch = (by: Person, role: Role, permissions: unknown) =>
  server.as(by).put(`/roles/${role.id}/patch`, { permissions })

test('roles by name, by names and by id', async () => {
  const role = await named('channel_user')
  expect(role).toMatchObject({ name: 'channel_user', built_in: true, scheme_managed: true })
  expect(role.permissions).toContain('create_post')
  expect((await server.as(anna).get(`/roles/${role.id}`)).body).toEqual(role)
  const { body } = await server.as(anna).post('/roles/names', ['team_user', 'channel_user', '', 'nobody', 'team_user'])
  expect(body.map((one: Role) => one.name).toSorted()).toEqual(['channel_user', 'team_user'])
})

test('every role, for administrators alone', async () => {
  const { body } = await server.as(admin).get('/roles')
  expect(body.map((one: Role) => one.name)).toContain('system_admin')
  expect((await server.as(anna).get('/roles')).status).toBe(403)
})

test('wrong questions', async () => {
  expect((await server.as(anna).get('/roles/name/NOT%20A%20ROLE')).status).toBe(400)
  expect((await server.as(anna).get('/roles/name/nobody')).body.id).toBe('app.role.get_by_name.app_error')
  expect((await server.as(anna).get(`/roles/${anna.id}`)).body.id).toBe('app.role.get.app_error')
  for (const body of [[], {}, [1], ['A B'], Array.from({ length: 101 }, (_, i) => `role${i}`)])
    expect((await server.as(anna).post('/roles/names', body)).status).toBe(400)
  expect((await server.as().post('/roles/names', ['team_user'])).status).toBe(401)
})

test('a patch holds at once and everyone hears of it', async () => {
  const role = await named('channel_user')
  const [member, stranger] = await Promise.all([server.socket(anna), server.socket(ben)])
  const draft = { channel_id: team.townSquare, message: 'hi' }
  const { status, body } = await patch(
    admin,
    role,
    role.permissions.filter((one) => one !== 'create_post'),
  )
  expect([status, body.permissions.includes('create_post')]).toEqual([200, false])
  expect((await server.as(anna).post('/posts', draft)).status).toBe(403)
  for (const socket of [member, stranger]) {
    const { data } = await socket.heard('role_updated')
    expect(JSON.parse(data.role).name).toBe('channel_user')
    await socket.settle()
  }
  await patch(admin, role, role.permissions)
  expect((await server.as(anna).post('/posts', draft)).status).toBe(201)
  expect((await server.as(admin).put(`/roles/${role.id}/patch`, {})).body.permissions).toEqual(role.permissions)
})

test('nobody raises himself, and nonsense is refused', async () => {
  const role = await named('team_user')
  expect((await patch(anna, role, [...role.permissions, 'manage_team'])).status).toBe(403)
  expect((await patch(manager, role, [...role.permissions, 'manage_system'])).status).toBe(403)
  expect((await patch(manager, await named('system_admin'), [])).status).toBe(403)
  expect((await patch(manager, await named('system_manager'), [])).status).toBe(403)
  expect((await patch(manager, role, [...role.permissions, 'manage_team'])).status).toBe(200)
  expect((await patch(manager, role, role.permissions)).status).toBe(200)
  expect((await patch(admin, role, ['fly'])).body.id).toBe('app.role.save.invalid_role.app_error')
  expect((await patch(admin, role, [...role.permissions, 'manage_roles'])).status).toBe(501)
  expect((await patch(admin, await named('system_admin'), ['create_post'])).status).toBeGreaterThanOrEqual(400)
  for (const wrong of ['x', {}, [1], [null]]) expect((await patch(admin, role, wrong)).status).toBe(400)
  expect((await server.as(admin).put(`/roles/${anna.id}/patch`, { permissions: [] })).status).toBe(404)
})

test('pages of the console bring the permissions they need', async () => {
  const asked = ['sysconsole_read_reporting_server_logs', 'create_post', '__proto__']
  const { body } = await server.as(anna).post('/permissions/ancillary', asked)
  expect(body).toEqual([...asked, 'get_logs'])
})
