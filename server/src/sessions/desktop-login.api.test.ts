import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { makeDesktopToken } from './desktop-login.ts'
import { changeUser } from './sessions.fixture.ts'
import type { ListedSession } from './sessions.fixture.ts'

let server: TestServer
let anna: Person
const redeem = (token: unknown) => server.as().post('/users/login/desktop_token', { token })
const tokenFor = (person: Person) => server.app.unitOfWork((tx) => makeDesktopToken(tx, person.id))

beforeAll(async () => {
  server = await TestServer.start()
  anna = await server.make.user()
  await changeUser(server, anna, { authservice: 'gitlab', authdata: '8' })
})
afterAll(() => server.stop())

test('the desktop app takes over a sign-in once, and other tokens of the user end with it', async () => {
  const [first, second] = [await tokenFor(anna), await tokenFor(anna)]
  expect(first).toMatch(/^[a-z0-9]{64}$/)
  const { status, headers, body } = await redeem(first)
  expect([status, body.id]).toEqual([200, anna.id])
  const { body: sessions } = await server.as({ token: headers.get('token')! }).get('/users/me/sessions')
  expect(sessions.some((one: ListedSession) => one.props.isOAuthUser === 'true')).toBe(true)
  expect([(await redeem(first)).status, (await redeem(second)).status]).toEqual([401, 401])
})

test('old tokens, tokens of password accounts and of closed accounts are worthless', async () => {
  const old = await tokenFor(anna)
  const age = { createat: Date.now() - 3 * 60_000 - 1000 }
  await server.app.db.updateTable('desktoptokens').set(age).where('token', '=', old).execute()
  const ben = await server.make.user()
  const closed = await server.make.user()
  await changeUser(server, closed, { authservice: 'gitlab', authdata: '9', deleteat: 5 })
  for (const token of [old, await tokenFor(ben), await tokenFor(closed), '']) {
    expect((await redeem(token)).status).toBe(401)
  }
  expect((await redeem({})).status).toBe(400)
})
