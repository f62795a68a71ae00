import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId, newToken } from '../ids.ts'
import { verifyPassword } from './passwords.ts'

let server: TestServer
let admin: Person

const draft = (name: string, more: object = {}) => ({
  username: name,
  email: `${name}@example.com`,
  password: 'correct horse',
  ...more,
})
const signUp = (body: object, query = '', person?: Person) => server.as(person).post(`/users${query}`, body)
const row = (id: string) =>
  server.app.db.selectFrom('users').selectAll('users').where('users.id', '=', id).executeTakeFirstOrThrow()

beforeAll(async () => {
  server = await TestServer.start()
})
afterAll(() => server.stop())

test('of several who sign up at once on an empty server exactly one becomes administrator', async () => {
  const answers = await Promise.all(['one', 'two', 'three'].map((name) => signUp(draft(name))))
  const made = answers.filter((answer) => answer.status === 201)
  expect(made.map((answer) => answer.body.roles)).toEqual(['system_admin system_user'])
  const refused = answers.filter((answer) => answer.status !== 201)
  expect(refused.map((answer) => answer.body.id)).toEqual(Array(2).fill('api.user.create_user.no_open_server'))
  admin = await server.make.admin()
})

test('an open server takes everyone: roles, sign-in service and verification of the body are not believed', async () => {
  await server.app.config.patch({ TeamSettings: { EnableOpenServer: true } })
  const socket = await server.socket(admin)
  const wish = { roles: 'system_admin', auth_service: 'gitlab', auth_data: '7', email_verified: true, delete_at: 5 }
  const { status, body } = await signUp(draft('Anna', { first_name: '안나', ...wish }))
  expect(status).toBe(201)
  expect(body).toMatchObject({ username: 'anna', first_name: '안나', roles: 'system_user', auth_service: '' })
  expect(body).toMatchObject({ delete_at: 0, auth_data: '', notify_props: { push: 'mention', desktop_threads: 'all' } })
  expect(body.email_verified).toBeUndefined()
  const stored = await row(body.id)
  expect(stored).toMatchObject({ authdata: null, mfasecret: '', lastpictureupdate: 0, failedattempts: 0 })
  expect(await verifyPassword(stored.password!, 'correct horse')).toBe(true)
  const preferences = await server.app.db
    .selectFrom('preferences')
    .selectAll('preferences')
    .where('preferences.userid', '=', body.id)
    .execute()
  expect(preferences).toEqual([{ userid: body.id, category: 'tutorial_step', name: body.id, value: '0' }])
  expect((await socket.heard('new_user')).data).toEqual({ user_id: body.id })
  await socket.settle()
})

test('a guest does not hear of people he does not know', async () => {
  const guest = await server.make.guest()
  const socket = await server.socket(guest)
  await signUp(draft('stranger'))
  await socket.settle()
  expect(socket.named('new_user')).toEqual([])
})

test.each([
  [draft('anna', { email: 'other@example.com' }), 400, 'app.user.save.username_exists.app_error'],
  [draft('anna2', { email: 'ANNA@example.com' }), 400, 'app.user.save.email_exists.app_error'],
  [draft('here'), 400, 'model.user.is_valid.username.app_error'],
  [draft('가나다'), 400, 'model.user.is_valid.username.app_error'],
  [draft('a'.repeat(65)), 400, 'model.user.is_valid.username.app_error'],
  [draft('mail', { email: 'a@b@c' }), 400, 'model.user.is_valid.email.app_error'],
  [draft('mail', { email: 'a@b\r\nBcc: x@y' }), 400, 'model.user.is_valid.email.app_error'],
  [draft('short', { password: 'short' }), 400, 'model.user.is_valid.pwd_min_length.app_error'],
  [draft('long', { password: 'x'.repeat(200_000) }), 400, 'model.user.is_valid.pwd_max_length.app_error'],
  [draft('none', { password: '' }), 400, 'api.context.invalid_body_param.app_error'],
  [draft('nick', { nickname: '가'.repeat(65) }), 400, 'model.user.is_valid.nickname.app_error'],
  [draft('types', { nickname: {} }), 400, 'api.context.invalid_body_param.app_error'],
  [draft('types', { props: { a: 1 } }), 400, 'api.context.invalid_body_param.app_error'],
])('refuses %#', async (body, status, id) => {
  const answer = await signUp(body)
  expect([answer.status, answer.body.id]).toEqual([status, id])
})

test('domains and switches of the configuration', async () => {
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: '@corp.example, other.org' } })
  expect((await signUp(draft('dora'))).body.id).toBe('api.user.create_user.accepted_domain.app_error')
  expect((await signUp(draft('dora', { email: 'dora@corp.example' }))).status).toBe(201)
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: '', EnableUserCreation: false } })
  const off = await signUp(draft('emil'))
  expect([off.status, off.body.id]).toEqual([501, 'api.user.create_user.signup_email_disabled.app_error'])
  const byAdmin = await signUp(draft('emil', { email_verified: true }), '', admin)
  expect(byAdmin.body).toMatchObject({ email_verified: true, roles: 'system_user' })
  const sso = { password: '', auth_service: 'gitlab', auth_data: '42' }
  expect((await signUp(draft('gitta', sso), '', admin)).body).toMatchObject({ auth_service: 'gitlab', auth_data: '' })
  await server.app.config.patch({ TeamSettings: { EnableUserCreation: true, EnableOpenServer: false } })
})

test('a link leads into its team', async () => {
  const team = await server.make.team([])
  const { inviteid } = await server.app.db
    .selectFrom('teams')
    .select('teams.inviteid')
    .where('teams.id', '=', team.id)
    .executeTakeFirstOrThrow()
  const { body } = await signUp(draft('linus'), `?iid=${inviteid}`)
  expect(await server.app.access.teamMember(team.id, body.id)).toMatchObject({ schemeUser: true })
  expect(await server.app.access.channelMember(team.townSquare, body.id)).not.toBeNull()
  const wrong = await signUp(draft('linus2'), `?iid=${newId()}`)
  expect([wrong.status, wrong.body.id]).toEqual([404, 'app.team.get_by_invite_id.finding.app_error'])
})

async function invitation(type: string, extra: object, createat = Date.now()): Promise<string> {
  const token = newToken(64)
  await server.app.db
    .insertInto('tokens')
    .values({ token, type, createat, extra: JSON.stringify(extra) })
    .execute()
  return token
}

test('a mailed invitation fixes the address, verifies it, and works once', async () => {
  const team = await server.make.team([])
  const token = await invitation('team_invitation', { teamId: team.id, email: 'mia@example.com' })
  const answers = await Promise.all(
    ['mia', 'mia2'].map((name) => signUp(draft(name, { email: 'boss@example.com' }), `?t=${token}`)),
  )
  const made = answers.filter((answer) => answer.status === 201)
  expect(made).toHaveLength(1)
  expect(made[0]!.body).toMatchObject({ email: 'mia@example.com', email_verified: true })
  expect(await server.app.access.teamMember(team.id, made[0]!.body.id)).not.toBeNull()
  const again = await signUp(draft('mia3'), `?t=${token}`)
  expect(again.body.id).toBe('api.user.create_user.signup_link_invalid.app_error')
  const old = await invitation(
    'team_invitation',
    { teamId: team.id, email: 'x@example.com' },
    Date.now() - 49 * 3_600_000,
  )
  expect((await signUp(draft('late'), `?t=${old}`)).body.id).toBe('api.user.create_user.signup_link_expired.app_error')
})

test('a guest comes only into the channels of the invitation', async () => {
  await server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
  const team = await server.make.team([])
  const channel = await server.make.channel(team.id, [])
  const extra = { teamId: team.id, email: 'gast@example.com', channels: channel.id, guest: 'true', senderId: admin.id }
  const { body } = await signUp(draft('gast'), `?t=${await invitation('guest_invitation', extra)}`)
  expect(body.roles).toBe('system_guest')
  expect(await server.app.access.channelMember(channel.id, body.id)).toMatchObject({ schemeGuest: true })
  expect(await server.app.access.channelMember(team.townSquare, body.id)).toBeNull()
})
