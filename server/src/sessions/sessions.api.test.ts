import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { createSession } from './create-session.ts'
import { keepSessionAlive } from './keep-alive.ts'
import { Sessions } from './sessions.ts'
import { withPermissions } from './sessions.fixture.ts'
import type { ListedSession } from './sessions.fixture.ts'

let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let manager: Person

beforeAll(async () => {
  server = await TestServer.start()
  const { make } = server
  ;[anna, ben, admin, manager] = await Promise.all([
    make.user(),
    make.user(),
    make.admin(),
    withPermissions(server, 'edit_other_users'),
  ])
})
afterAll(() => server.stop())

/** One more session of a person. */
async function another(person: Person, kind: Parameters<typeof createSession>[3] = {}) {
  return server.app.unitOfWork((tx) => createSession(server.app, tx, person.id, kind))
}
const alive = async (token: string) => (await server.as({ token }).get('/users/me/sessions')).status === 200

async function changeSession(session: { id: string; token: string; userId: string }, columns: object) {
  await server.app.db.updateTable('sessions').set(columns).where('id', '=', session.id).execute()
  await server.app.delivery.deliver([{ kind: 'session', token: session.token, userId: session.userId }], [])
}

test('the list shows sessions without what could be used to act as their owner', async () => {
  const session = await another(anna, { props: { os: 'Linux' } })
  const { body } = await server.as(anna).get('/users/me/sessions')
  const listed = body.find((one: ListedSession) => one.id === session.id)
  expect(listed).toMatchObject({ token: '', user_id: anna.id, props: { os: 'Linux' } })
  expect(JSON.stringify(body)).not.toContain(session.token)
  expect(JSON.stringify(body)).not.toContain(session.props.csrf)
})

test('whoever asks is told which of the sessions is the asking one', async () => {
  const session = await another(anna)
  const marked = async (token: string) => {
    const { body } = await server.as({ token }).get(`/users/${anna.id}/sessions`)
    return body.filter((one: ListedSession) => one.props.current === 'true').map((one: ListedSession) => one.id)
  }
  expect(await marked(session.token)).toEqual([session.id])
  expect(await marked(anna.token)).not.toContain(session.id)
  expect(await marked(admin.token)).toEqual([])
})

test('only the owner and who may edit him sees and ends sessions', async () => {
  const session = await another(anna)
  for (const path of ['revoke', 'revoke/all']) {
    const { status } = await server.as(ben).post(`/users/${anna.id}/sessions/${path}`, { session_id: session.id })
    expect(status).toBe(403)
  }
  expect((await server.as(ben).get(`/users/${anna.id}/sessions`)).status).toBe(403)
  expect((await server.as(admin).get(`/users/${anna.id}/sessions`)).status).toBe(200)
  expect((await server.as(manager).get(`/users/${anna.id}/sessions`)).status).toBe(200)
  expect((await server.as(manager).get(`/users/${admin.id}/sessions`)).status).toBe(403)
  expect(await alive(session.token)).toBe(true)
})

test('a revoked session ends at once, with its sockets', async () => {
  const session = await another(anna)
  const socket = await server.socket(session)
  const closed = new Promise((resolve) => socket.socket.once('close', resolve))
  expect((await server.as(anna).post('/users/me/sessions/revoke', { session_id: session.id })).status).toBe(200)
  await closed
  expect(await alive(session.token)).toBe(false)
  expect(await alive(anna.token)).toBe(true)
})

test("somebody else's session cannot be ended through one's own list", async () => {
  const session = await another(ben)
  for (const session_id of [session.id, newId(), session.token, '']) {
    expect((await server.as(anna).post('/users/me/sessions/revoke', { session_id })).status).toBe(400)
  }
  expect((await server.as(anna).post('/users/me/sessions/revoke', { session_id: {} })).status).toBe(400)
  expect(await alive(session.token)).toBe(true)
})

test('all sessions of one user end, others stay', async () => {
  const person = await server.make.user()
  const second = await another(person)
  expect((await server.as(person).post('/users/me/sessions/revoke/all')).status).toBe(200)
  expect([await alive(person.token), await alive(second.token), await alive(ben.token)]).toEqual([false, false, true])
})

test('ending an OAuth session withdraws its grant', async () => {
  const session = await another(ben)
  await changeSession(session, { isoauth: true })
  const grant = { clientid: newId(), userid: ben.id, token: session.token, refreshtoken: newId(), redirecturi: '' }
  await server.app.db
    .insertInto('oauthaccessdata')
    .values({ ...grant, expiresat: 0, scope: 'user' })
    .execute()
  await server.as(ben).post('/users/me/sessions/revoke', { session_id: session.id })
  expect(await server.app.db.selectFrom('oauthaccessdata').selectAll().execute()).toEqual([])
})

test('expired and idle sessions are over; a mobile one does not idle', async () => {
  const [expired, idle, mobile] = [
    await another(ben),
    await another(ben),
    await another(ben, { deviceId: 'android:x' }),
  ]
  await changeSession(expired, { expiresat: Date.now() - 1 })
  expect(await alive(expired.token)).toBe(false)
  const old = { lastactivityat: Date.now() - 11 * 60_000 }
  for (const session of [idle, mobile]) await changeSession(session, old)
  const ServiceSettings = { ExtendSessionLengthWithActivity: false, SessionIdleTimeoutInMinutes: 10 }
  await server.app.config.patch({ ServiceSettings })
  expect([await alive(idle.token), await alive(mobile.token)]).toEqual([false, true])
  await server.app.config.patch({
    ServiceSettings: { ExtendSessionLengthWithActivity: true, SessionIdleTimeoutInMinutes: 43200 },
  })
  const { body } = await server.as(ben).get('/users/me/sessions')
  expect(body.some((one: ListedSession) => one.id === expired.id)).toBe(false)
})

test('a used session is extended, and the browser hears of it', async () => {
  const session = await another(ben)
  const soon = Date.now() + 24 * 3600_000
  await changeSession(session, { expiresat: soon })
  const resolved = (await server.app.sessions.resolve(session.token))!
  const headers: Record<string, unknown> = {}
  const call = {
    session: resolved,
    request: { headers: { cookie: `MMAUTHTOKEN=${session.token}` }, raw: { socket: {} } },
    reply: { header: (name: string, value: unknown) => void (headers[name] = value) },
  }
  await keepSessionAlive(server.app, call as never)
  expect((await server.app.sessions.resolve(session.token))!.expiresAt).toBeGreaterThan(soon)
  expect(JSON.stringify(headers['Set-Cookie'])).toContain(`MMAUTHTOKEN=${session.token}`)
  const again = (await server.app.sessions.resolve(session.token))!
  expect(await server.app.sessions.touch(again)).toBeNull()
})

test('a device is attached: mobile from now on, and its older session ends', async () => {
  const [older, session] = [await another(anna, { deviceId: 'apple_rn:dev' }), await another(anna)]
  const body = { device_id: 'apple_rn:dev', device_notification_disabled: 'true', mobile_version: '2.10.0' }
  const answer = await server.as(session).put('/users/sessions/device', body)
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, expect.stringContaining(session.token)])
  const row = (await server.app.sessions.resolve(session.token))!
  expect(row.deviceId).toBe('apple_rn:dev')
  expect(row.props).toMatchObject({ isMobile: 'true', device_notification_disabled: 'true', mobile_version: '2.10.0' })
  expect(row.props.csrf).toBe(session.props.csrf)
  expect(await alive(older.token)).toBe(false)
})

test.each([
  { device_id: 'x'.repeat(513) },
  { device_notification_disabled: 'yes' },
  { mobile_version: 'latest' },
  { device_id: 5 },
])('nonsense about a device is refused: %j', async (body) => {
  expect((await server.as(anna).put('/users/sessions/device', body)).status).toBe(400)
})

test('a session that ends while it is being looked up is not kept', async () => {
  const session = await another(ben)
  let read = () => {}
  let goOn = () => {}
  const wasRead = new Promise<void>((resolve) => (read = resolve))
  const mayGoOn = new Promise<void>((resolve) => (goOn = resolve))
  const { app } = server
  const slow = app.db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      read()
      await mayGoOn
      return result
    },
  })
  const sessions = new Sessions({ db: slow, access: app.access, config: app.config })
  const looked = sessions.resolve(session.token)
  await wasRead
  await app.db.deleteFrom('sessions').where('id', '=', session.id).execute()
  sessions.apply({ kind: 'sessions', userId: ben.id })
  goOn()
  expect(await looked).toBeNull()
  expect(await sessions.resolve(session.token)).toBeNull()
})

test('a user has at most 500 sessions', async () => {
  const person = await server.make.user()
  const same = { userid: person.id, createat: 1, expiresat: 0, deviceid: '', roles: 'system_user', isoauth: false }
  const rows = Array.from({ length: 500 }, (_, i) => ({
    ...same,
    id: newId(),
    token: newId(),
    lastactivityat: i + 1,
    expirednotify: false,
    props: '{}',
  }))
  await server.app.db.insertInto('sessions').values(rows).execute()
  await another(person)
  const left = await server.app.db.selectFrom('sessions').select('id').where('userid', '=', person.id).execute()
  expect(left).toHaveLength(500)
  expect(left.map((row) => row.id)).not.toContain(rows[0]!.id)
})

test('an administrator ends every session of the server, sockets included', async () => {
  const socket = await server.socket(ben)
  const closed = new Promise((resolve) => socket.socket.once('close', resolve))
  expect((await server.as(anna).post('/users/sessions/revoke/all')).status).toBe(403)
  expect((await server.as(admin).post('/users/sessions/revoke/all')).status).toBe(200)
  await closed
  expect([await alive(anna.token), await alive(admin.token)]).toEqual([false, false])
})
