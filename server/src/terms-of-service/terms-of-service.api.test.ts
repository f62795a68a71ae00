import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, ben] = [await server.make.admin(), await server.make.user(), await server.make.user()]
})
afterAll(() => server.stop())

const refusal = (answer: { status: number; body: { id: string } }) => [answer.status, answer.body.id]
const own = (person: Person) => `/users/${person.id}/terms_of_service`

test('terms are written by administrators and read by all', async () => {
  expect(refusal(await server.as(anna).get('/terms_of_service'))).toEqual([
    404,
    'app.terms_of_service.get.no_rows.app_error',
  ])
  expect((await server.as(anna).post('/terms_of_service', { text: 'mine' })).status).toBe(403)
  for (const text of ['', ' ', 'x'.repeat(16_384), null, {}]) {
    expect((await server.as(admin).post('/terms_of_service', { text })).status).toBe(400)
  }
  const first = (await server.as(admin).post('/terms_of_service', { text: '약관' })).body
  expect(first).toMatchObject({ text: '약관', user_id: admin.id })
  expect((await server.as(admin).post('/terms_of_service', { text: '약관' })).body.id).toBe(first.id)
  expect((await server.as(anna).get('/terms_of_service')).body).toEqual(first)
})

test('clients are told at once which terms are in force', async () => {
  await server.app.config.patch({ SupportSettings: { CustomTermsOfServiceEnabled: true } })
  const { body: terms } = await server.as(admin).post('/terms_of_service', { text: 'new ones' })
  const { body: config } = await server.as(anna).get('/config/client?format=old')
  expect(config.CustomTermsOfServiceId).toBe(terms.id)
  await server.app.config.patch({ SupportSettings: { CustomTermsOfServiceEnabled: false } })
})

test('everyone agrees for himself, and can take it back', async () => {
  const terms = (await server.as(admin).post('/terms_of_service', { text: 'two' })).body
  const say = (accepted: unknown, id = terms.id, who = anna) =>
    server.as(anna).post(own(who), { accepted, termsOfServiceId: id })
  expect((await server.as(anna).get(own(anna))).status).toBe(404)
  expect((await say(true, newId())).status).toBe(404)
  expect((await say(true, terms.id, ben)).status).toBe(400)
  expect((await say(5)).status).toBe(400)
  expect((await say('true')).status).toBe(200)
  const agreed = { user_id: anna.id, terms_of_service_id: terms.id, create_at: expect.any(Number) }
  expect((await server.as(anna).get(own(anna))).body).toEqual(agreed)
  expect((await server.as(anna).get('/users/me')).body).toMatchObject({ terms_of_service_id: terms.id })
  expect((await server.as(ben).get(`/users/${anna.id}`)).body.terms_of_service_id).toBeUndefined()
  expect((await server.as(ben).get(own(anna))).status).toBe(403)
  expect((await say('yes')).status).toBe(400)
  expect((await server.as(anna).get(own(anna))).body).toEqual(agreed)
  expect((await say(false)).status).toBe(200)
  expect(refusal(await server.as(anna).get(own(anna)))).toEqual([
    404,
    'app.user_terms_of_service.get_by_user.no_rows.app_error',
  ])
})
