import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { CustomStatus } from './custom-status.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, ben] = await Promise.all([server.make.admin(), server.make.user(), server.make.user()])
})
afterAll(() => server.stop())

const props = async (id: string) =>
  (await server.app.db.selectFrom('users').select('users.props').where('users.id', '=', id).executeTakeFirst())
    ?.props as { customStatus: string }

test('a custom status is kept in the props, told to everyone and remembered', async () => {
  const own = await server.socket(anna)
  const other = await server.socket(ben)
  const { status } = await server.as(anna).put('/users/me/status/custom', { emoji: 'house', text: '재택' })
  expect(status).toBe(200)
  const expected = { emoji: 'house', text: '재택', duration: '', expires_at: '0001-01-01T00:00:00Z' }
  expect(JSON.parse((await props(anna.id)).customStatus)).toEqual(expected)
  expect(JSON.parse((await other.heard('user_updated')).data.user.props.customStatus)).toEqual(expected)
  const changed = await own.heard('preferences_changed')
  expect(JSON.parse(JSON.parse(changed.data.preferences)[0].value)).toEqual([expected])
  await own.settle()
  await other.settle()
  expect(other.named('preferences_changed')).toEqual([])

  await server.as(anna).delete('/users/me/status/custom')
  expect((await props(anna.id)).customStatus).toBe('')
  own.close()
  other.close()
})

test('a custom status is shown until its time is over', async () => {
  const shown = async (person: Person) => (await server.as(person).get(`/users/${anna.id}`)).body.props.customStatus
  const until = (at: number) => ({ emoji: 'x', text: 'x', duration: 'today', expires_at: new Date(at).toISOString() })
  await server.as(anna).put('/users/me/status/custom', until(Date.now() + 60_000))
  for (const person of [anna, ben]) expect(JSON.parse(await shown(person)).text).toBe('x')
  const past = JSON.stringify({ customStatus: JSON.stringify(until(Date.now() - 1)) })
  await server.app.db.updateTable('users').set({ props: past }).where('users.id', '=', anna.id).execute()
  await server.app.delivery.deliver([{ kind: 'user', userId: anna.id }], [])
  for (const person of [anna, ben]) expect(await shown(person)).toBe('')
  await server.as(anna).delete('/users/me/status/custom')
})

test('a recent status can be forgotten, once', async () => {
  await server.as(ben).put('/users/me/status/custom', { emoji: 'a', text: 'one' })
  await server.as(ben).put('/users/me/status/custom', { emoji: 'b', text: 'two' })
  const gone = { emoji: 'a', text: 'one', duration: '' }
  expect((await server.as(ben).post('/users/me/status/custom/recent/delete', gone)).status).toBe(200)
  const again = await server.as(ben).delete('/users/me/status/custom/recent', gone)
  expect([again.status, again.body.id]).toEqual([400, 'api.custom_status.recent_custom_statuses.delete.app_error'])
  const { body } = await server.as(ben).get('/users/me/preferences/custom_status/name/recent_custom_statuses')
  expect(JSON.parse(body.value).map((one: CustomStatus) => one.text)).toEqual(['two'])
})

test('only oneself and editors', async () => {
  const sent = { emoji: 'x', text: 'x' }
  expect((await server.as(ben).put(`/users/${anna.id}/status/custom`, sent)).status).toBe(403)
  expect((await server.as(ben).delete(`/users/${anna.id}/status/custom`)).status).toBe(403)
  expect((await server.as(ben).post(`/users/${anna.id}/status/custom/recent/delete`, sent)).status).toBe(403)
  expect((await server.as(admin).put(`/users/${anna.id}/status/custom`, sent)).status).toBe(200)
  // What others keep in their props stays.
  expect(JSON.parse((await props(anna.id)).customStatus).text).toBe('x')
})

test('refuses nonsense, and lone surrogates do no harm', async () => {
  for (const wrong of [
    {},
    { text: {} },
    { text: 'x', duration: 5 },
    { text: 'x', expires_at: '1999-01-01T00:00:00Z' },
  ]) {
    expect((await server.as(anna).put('/users/me/status/custom', wrong)).status).toBe(400)
  }
  const odd = await server.as(anna).put('/users/me/status/custom', '{"emoji":"x","text":"\\ud800"}')
  expect(odd.status).toBeLessThan(500)
})

test('switched off', async () => {
  await server.app.config.patch({ TeamSettings: { EnableCustomUserStatuses: false } })
  const { status, body } = await server.as(anna).put('/users/me/status/custom', { emoji: 'x', text: 'x' })
  expect([status, body.id]).toEqual([501, 'api.custom_status.disabled'])
})

test('choosing another status ends being out of office', async () => {
  await server.app.db
    .updateTable('users')
    .set({ notifyprops: JSON.stringify({ auto_responder_active: 'true', email: 'true' }) })
    .where('users.id', '=', ben.id)
    .execute()
  await server.app.delivery.deliver([{ kind: 'user', userId: ben.id }], [])
  await server.app.statuses.setOutOfOffice(ben.id)
  expect((await server.as(anna).get(`/users/${ben.id}/status`)).body).toMatchObject({ status: 'ooo', manual: true })
  await server.as(ben).put('/users/me/status', { user_id: ben.id, status: 'online' })
  const user = await server.app.access.user(ben.id)
  expect(user?.notifyProps).toEqual({ auto_responder_active: 'false', email: 'true' })
})
