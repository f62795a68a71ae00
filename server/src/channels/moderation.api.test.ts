import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let boss: Person
let root: Person
let team: { id: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, boss, root] = await Promise.all([server.make.user(), server.make.user(), server.make.admin()])
  team = await server.make.team([anna, boss])
})
afterAll(() => server.stop())

const readOnly = [{ name: 'create_post', roles: { members: false, guests: false } }]

test('a read-only channel: members read, administrators write, and lifting it removes the scheme', async () => {
  const channel = await server.make.channel(team.id, [anna])
  await server.make.joinChannel(channel.id, boss, { admin: true })
  const post = (person: Person) => server.as(person).post('/posts', { channel_id: channel.id, message: 'x' })
  const socket = await server.socket(anna)
  const path = `/channels/${channel.id}/moderations`
  const before = await server.as(root).get(path)
  expect(before.body.map((one: { name: string }) => one.name)).toEqual([
    'create_post',
    'create_reactions',
    'manage_members',
    'use_channel_mentions',
    'manage_bookmarks',
  ])
  expect(before.body[0].roles).toEqual({
    members: { value: true, enabled: true },
    guests: { value: true, enabled: true },
  })
  expect(before.body[2].roles.guests).toBeNull()

  const { body } = await server.as(root).put(`${path}/patch`, readOnly)
  expect(body[0].roles.members).toEqual({ value: false, enabled: true })
  expect(body[1].roles.members).toEqual({ value: true, enabled: true })
  await socket.heard('channel_scheme_updated')
  const updated = await socket.heard('role_updated')
  expect(JSON.parse(updated.data.role).permissions).toContain('read_channel')
  expect(JSON.parse(updated.data.role).permissions).not.toContain('create_post')
  expect((await post(anna)).status).toBe(403)
  expect((await server.as(anna).get(`/channels/${channel.id}/members`)).status).toBe(200)
  expect((await post(boss)).status).toBe(201)
  expect((await server.as(root).get(path)).body).toEqual(body)

  const lifted = [{ name: 'create_post', roles: { members: true, guests: true } }]
  expect((await server.as(root).put(`${path}/patch`, lifted)).body[0].roles.members.value).toBe(true)
  expect((await post(anna)).status).toBe(201)
  expect((await server.as(anna).get(`/channels/${channel.id}`)).body.scheme_id).toBeNull()
})

test('a scheme that channels share is not changed by moderating one of them', async () => {
  const { body: scheme } = await server.as(root).post('/schemes', { display_name: 'Shared', scope: 'channel' })
  const channels = [await server.make.channel(team.id, [anna]), await server.make.channel(team.id, [anna])] as const
  for (const { id } of channels) await server.as(root).put(`/channels/${id}/scheme`, { scheme_id: scheme.id })
  const statuses = () =>
    Promise.all(
      channels.map(async ({ id }) => (await server.as(anna).post('/posts', { channel_id: id, message: 'x' })).status),
    )
  const path = `/channels/${channels[0].id}/moderations/patch`
  await server.as(root).put(path, readOnly)
  expect(await statuses()).toEqual([403, 201])
  await server.as(root).put(path, [{ name: 'create_post', roles: { members: true, guests: true } }])
  expect(await statuses()).toEqual([201, 201])
  const of = async ({ id }: { id: string }) => (await server.as(root).get(`/channels/${id}`)).body.scheme_id
  expect(await Promise.all(channels.map(of))).toEqual([null, scheme.id])
  expect((await server.as(root).get(`/schemes/${scheme.id}`)).status).toBe(200)
})

test('moderation is for the system console, and gives nothing that the team does not', async () => {
  const channel = await server.make.channel(team.id, [anna])
  const path = `/channels/${channel.id}/moderations`
  expect((await server.as(anna).get(path)).status).toBe(403)
  expect((await server.as(anna).put(`${path}/patch`, readOnly)).status).toBe(403)
  const roles = server.app.db.updateTable('roles').where('name', '=', 'channel_guest')
  await roles.set({ permissions: ' read_channel read_channel_content' }).execute()
  await server.app.access.load()
  const beyond = [{ name: 'create_post', roles: { guests: true } }]
  expect((await server.as(root).put(`${path}/patch`, beyond)).status).toBe(400)
  for (const body of [{}, [1], [{ name: 1 }]]) {
    expect((await server.as(root).put(`${path}/patch`, body)).status).toBe(400)
  }
  const direct = await server.make.direct(anna, boss)
  expect((await server.as(root).get(`/channels/${direct.id}/moderations`)).status).toBe(400)
})
