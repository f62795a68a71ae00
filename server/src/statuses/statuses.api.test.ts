import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { Statuses } from './statuses.ts'
import type { Status } from './status.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, ben] = await Promise.all([server.make.admin(), server.make.user(), server.make.user()])
})
afterAll(() => server.stop())

const row = (userId: string) =>
  server.app.db.selectFrom('status').selectAll('status').where('status.userid', '=', userId).executeTakeFirst()

test('a connection makes online, its end offline; both are stored, and told only to oneself', async () => {
  const person = await server.make.user()
  const other = await server.socket(ben)
  const socket = await server.socket(person)
  expect((await socket.heard('status_change')).data).toEqual({ status: 'online', user_id: person.id })
  expect(await row(person.id)).toMatchObject({ status: 'online', manual: false })
  expect(server.app.statuses.statusOf(person.id).status).toBe('online')
  const closed = new Promise((resolve) => socket.socket.once('close', resolve))
  socket.close()
  await closed
  await expect.poll(() => server.app.statuses.statusOf(person.id).status).toBe('offline')
  await server.app.statuses.flush()
  expect(await row(person.id)).toMatchObject({ status: 'offline' })
  await other.settle()
  expect(other.named('status_change').filter((one) => one.user_id === person.id)).toEqual([])
  other.close()
})

test('a status chosen by hand sticks until it is changed by hand', async () => {
  const end = Math.floor(Date.now() / 1000) + 3600
  const { status, body } = await server
    .as(anna)
    .put(`/users/me/status`, { user_id: anna.id, status: 'dnd', dnd_end_time: end })
  expect(status).toBe(200)
  expect(body).toMatchObject({ user_id: anna.id, status: 'dnd', manual: true, dnd_end_time: end - (end % 60) })
  expect(await row(anna.id)).toMatchObject({ status: 'dnd', manual: true, dndendtime: end - (end % 60) })
  const socket = await server.socket(anna)
  await socket.settle()
  expect((await server.as(ben).get(`/users/${anna.id}/status`)).body.status).toBe('dnd')
  expect(socket.named('status_change')).toEqual([])
  await server.as(anna).put('/users/me/status', { user_id: anna.id, status: 'online' })
  expect((await socket.heard('status_change')).data.status).toBe('online')
  expect((await server.as(ben).get(`/users/${anna.id}/status`)).body).toMatchObject({ status: 'online', manual: false })
  socket.close()
})

test('dnd with an end gives the former status back', async () => {
  const person = await server.make.user()
  const socket = await server.socket(person)
  await server.as(person).put('/users/me/status', { user_id: person.id, status: 'dnd', dnd_end_time: 60 })
  await socket.heard('status_change', (event) => event.data.status === 'dnd')
  socket.clear()
  server.app.statuses.refresh(Date.now())
  expect((await socket.heard('status_change')).data.status).toBe('online')
  await server.app.statuses.flush()
  expect(await row(person.id)).toMatchObject({ status: 'online', manual: false, dndendtime: 0, prevstatus: 'dnd' })
  socket.close()
})

test('only oneself and editors may set a status', async () => {
  const choice = { user_id: anna.id, status: 'away' }
  const refused = await server.as(ben).put(`/users/${anna.id}/status`, choice)
  expect([refused.status, refused.body.id]).toEqual([403, 'api.context.permissions.app_error'])
  expect((await server.as(admin).put(`/users/${anna.id}/status`, choice)).body.status).toBe('away')
  const unknown = newId()
  expect((await server.as(admin).put(`/users/${unknown}/status`, { user_id: unknown, status: 'away' })).status).toBe(
    404,
  )
  expect(await row(unknown)).toBeUndefined()
})

test.each([
  { user_id: 'x', status: 'away' },
  { user_id: undefined, status: 'away' },
  { status: 'ooo' },
  { status: 'asleep' },
  { status: {} },
  { status: 'dnd', dnd_end_time: -1 },
  { status: 'dnd', dnd_end_time: 1e18 },
  { status: 'dnd', dnd_end_time: '60' },
])('refuses %j', async (wrong) => {
  const body = { user_id: ben.id, ...wrong }
  const answer = await server.as(ben).put('/users/me/status', body)
  expect([answer.status, answer.body.id]).toEqual([400, 'api.context.invalid_body_param.app_error'])
})

test('statuses of many: sorted, each once, unknown people offline', async () => {
  const ghost = newId()
  const { body } = await server.as(ben).post('/users/status/ids', [ghost, anna.id, anna.id])
  expect(body.map((one: Status) => one.user_id)).toEqual([ghost, anna.id].toSorted())
  expect(body.find((one: Status) => one.user_id === ghost)).toEqual({
    user_id: ghost,
    status: 'offline',
    manual: false,
    last_activity_at: 0,
    dnd_end_time: 0,
  })
  for (const wrong of [[], ['x'], {}, null, [1]]) {
    expect((await server.as(ben).post('/users/status/ids', wrong)).status).toBe(400)
  }
  expect((await server.as().post('/users/status/ids', [anna.id])).status).toBe(401)
})

test('the socket actions', async () => {
  const socket = await server.socket(ben)
  const away = await socket.request('user_update_active_status', { user_is_active: false, manual: true })
  expect(away.status).toBe('OK')
  expect(server.app.statuses.statusOf(ben.id).status).toBe('away')
  await socket.request('user_update_active_status', { user_is_active: true, manual: true })
  expect(server.app.statuses.statusOf(ben.id).status).toBe('online')
  const ghost = newId()
  const some = await socket.request('get_statuses_by_ids', { user_ids: [ben.id, ghost] })
  expect(some.data).toEqual({ [ben.id]: 'online', [ghost]: 'offline' })
  const all = await socket.request('get_statuses')
  expect(all.data[ben.id]).toBe('online')
  expect(Object.values(all.data)).not.toContain('offline')
  for (const wrong of [{}, { user_is_active: 'yes' }, { user_is_active: null }]) {
    const reply = await socket.request('user_update_active_status', wrong)
    expect(reply.error).toMatchObject({ id: 'api.websocket_handler.invalid_param.app_error', status_code: 400 })
  }
  for (const wrong of [{}, { user_ids: {} }, { user_ids: [] }, { user_ids: [null] }]) {
    expect((await socket.request('get_statuses_by_ids', wrong)).status).toBe('FAIL')
  }
  socket.close()
})

test('guests do not learn over the socket who is online', async () => {
  const socket = await server.socket(await server.make.guest())
  const { data } = await socket.request('get_statuses')
  expect(Object.keys(data)).toHaveLength(1)
  socket.close()
})

test('activity without a connection ends by itself, idleness makes away, and a start forgets who was online', async () => {
  let now = Date.now()
  const { db, unitOfWork, config } = server.app
  const here = new Set<string>()
  const make = () =>
    new Statuses({ db, unitOfWork, config, hub: { isConnected: (id) => here.has(id) }, now: () => now })
  const statuses = make()
  const [bot, idle, hidden] = (await Promise.all([1, 2, 3].map(() => server.make.user()))).map((person) => person.id)
  statuses.setActive(bot!)
  here.add(idle!)
  statuses.connected(idle!)
  await statuses.choose(hidden!, 'offline')
  now += 300_000
  statuses.alive(idle!)
  statuses.refresh(now)
  expect([bot, idle].map((id) => statuses.statusOf(id!).status)).toEqual(['offline', 'away'])
  statuses.setActive(idle!)
  now += 60_000
  statuses.noteActivity(idle!)
  await statuses.stop()
  expect(await row(idle!)).toMatchObject({ status: 'online', lastactivityat: now })
  const next = make()
  await next.start()
  expect(next.statusOf(idle!).status).toBe('offline')
  next.connected(hidden!)
  expect(next.statusOf(hidden!).status).toBe('offline')
  expect(await next.find([idle!])).toMatchObject([{ status: 'offline', last_activity_at: now }])
  await next.stop()
})

test('activity is written at most every two minutes', async () => {
  let now = Date.now()
  let writes = 0
  const { db, unitOfWork, config } = server.app
  const single: typeof unitOfWork.single = (work) => {
    writes++
    return unitOfWork.single(work)
  }
  const counted = Object.assign(unitOfWork.bind(null), { single }) as typeof unitOfWork
  const statuses = new Statuses({ db, unitOfWork: counted, config, hub: { isConnected: () => true }, now: () => now })
  const { id } = await server.make.user()
  for (let i = 0; i < 5; i++) {
    statuses.setActive(id)
    await statuses.flush()
    now += 20_000
  }
  expect(writes).toBe(1)
  now += 120_000
  statuses.setActive(id)
  await statuses.flush()
  expect(writes).toBe(2)
  await statuses.stop()
})

test('with statuses switched off nothing is known', async () => {
  await server.app.config.patch({ ServiceSettings: { EnableUserStatuses: false } })
  const { status, body } = await server.as(ben).get(`/users/${anna.id}/status`)
  expect([status, body.id]).toEqual([404, 'api.status.user_not_found.app_error'])
  expect((await server.as(ben).post('/users/status/ids', [anna.id])).body).toEqual([])
  await server.app.config.patch({ ServiceSettings: { EnableUserStatuses: true } })
})
