import bcrypt from 'bcrypt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person
let guest: Person
let editor: Person

const change = async (person: Person, columns: object): Promise<void> => {
  await server.app.db.updateTable('users').set(columns).where('users.id', '=', person.id).execute()
  await server.app.delivery.deliver([{ kind: 'user', userId: person.id }], [])
}
const refusal = (answer: { status: number; body: { id: string } }) => [answer.status, answer.body.id]
const FORBIDDEN = [403, 'api.context.permissions.app_error']

beforeAll(async () => {
  server = await TestServer.start()
  admin = await server.make.admin()
  ;[anna, ben] = [await server.make.user({ username: 'anna' }), await server.make.user({ username: 'ben' })]
  guest = await server.make.guest()
  editor = await server.make.user({ roles: 'system_user system_user_manager' })
  const role = server.app.db.updateTable('roles').where('roles.name', '=', 'system_user_manager')
  await role.set({ permissions: 'edit_other_users sysconsole_write_user_management_users manage_roles' }).execute()
  await server.app.delivery.deliver([{ kind: 'roles' }], [])
})
afterAll(() => server.stop())

test('who sees what of an account', async () => {
  await change(anna, { authservice: '', failedattempts: 2, firstname: 'Anna', mfaactive: true })
  const own = (await server.as(anna).get('/users/me')).body
  expect(own).toMatchObject({ failed_attempts: 2, mfa_active: true, email: 'anna@example.com', email_verified: true })
  const other = (await server.as(ben).get(`/users/${anna.id}`)).body
  expect(other).toMatchObject({ username: 'anna', first_name: 'Anna', email: 'anna@example.com' })
  for (const key of ['notify_props', 'failed_attempts', 'mfa_active', 'email_verified', 'last_password_update']) {
    expect(other[key]).toBeUndefined()
  }
  expect((await server.as(admin).get(`/users/${anna.id}`)).body).toMatchObject({ failed_attempts: 2 })
  for (const seen of [own, other]) {
    for (const secret of ['password', 'mfa_secret', 'last_login', 'mfa_used_timestamps']) {
      expect(seen[secret]).toBeUndefined()
    }
  }
  await change(anna, { failedattempts: 0, mfaactive: false })
})

test('what the configuration hides is hidden from others, and cannot be asked for', async () => {
  await server.app.config.patch({ PrivacySettings: { ShowEmailAddress: false, ShowFullName: false } })
  const other = (await server.as(ben).get(`/users/${anna.id}`)).body
  expect(other).toMatchObject({ email: '', first_name: '' })
  expect((await server.as(anna).get('/users/me')).body).toMatchObject({ email: 'anna@example.com' })
  expect((await server.as(admin).get(`/users/${anna.id}`)).body).toMatchObject({ first_name: 'Anna' })
  const byEmail = await server.as(ben).get('/users/email/anna@example.com')
  expect(refusal(byEmail)).toEqual([403, 'api.user.get_user_by_email.permissions.app_error'])
  await server.app.config.patch({ PrivacySettings: { ShowEmailAddress: true, ShowFullName: true } })
  expect((await server.as(ben).get('/users/email/ANNA@example.com')).body.id).toBe(anna.id)
})

test('look-ups of nobody, and of people a guest does not know', async () => {
  expect(refusal(await server.as(ben).get(`/users/${newId()}`))).toEqual([404, 'app.user.missing_account.const'])
  const byName = await server.as(ben).get('/users/username/nobody')
  expect(refusal(byName)).toEqual([404, 'app.user.get_by_username.app_error'])
  for (const path of [`/users/${newId()}`, `/users/${anna.id}`, '/users/username/anna', '/users/username/nobody']) {
    expect(refusal(await server.as(guest).get(path))).toEqual(FORBIDDEN)
  }
  await server.make.channel('', [guest, anna, ben], { type: 'G' })
  expect((await server.as(guest).get(`/users/${anna.id}`)).body.username).toBe('anna')
})

test('an unchanged account is not sent twice', async () => {
  const first = await server.as(ben).get(`/users/${anna.id}`)
  const etag = first.headers.get('etag')!
  expect((await server.as(ben).get(`/users/${anna.id}`, { 'If-None-Match': etag })).status).toBe(304)
  await server.as(anna).put('/users/me/patch', { nickname: 'Ann' })
  const changed = await server.as(ben).get(`/users/${anna.id}`, { 'If-None-Match': etag })
  expect([changed.status, changed.body.nickname]).toEqual([200, 'Ann'])
})

test('a change is heard by everyone as he may see it, and by guests only of people they know', async () => {
  const sockets = await Promise.all([anna, ben, admin, guest].map((person) => server.socket(person)))
  const stranger = await server.make.guest()
  const far = await server.socket(stranger)
  const { body } = await server.as(anna).put('/users/me/patch', { position: '팀장', props: { a: 'b' } })
  expect(body).toMatchObject({ position: '팀장', nickname: 'Ann', props: { a: 'b' } })
  const heard = await Promise.all(sockets.map((socket) => socket.heard('user_updated')))
  for (const event of heard) expect(event.data.user).toMatchObject({ id: anna.id, position: '팀장' })
  expect(heard.map((event) => event.data.user.notify_props !== undefined)).toEqual([true, false, true, false])
  for (const socket of sockets) await socket.settle()
  expect(sockets.map((socket) => socket.named('user_updated').length)).toEqual([1, 1, 1, 1])
  await far.settle()
  expect(far.named('user_updated')).toEqual([])
})

test('nobody edits others without the right, and only administrators edit administrators', async () => {
  const patch = (by: Person, who: Person) => server.as(by).put(`/users/${who.id}/patch`, { nickname: 'x' })
  expect(refusal(await patch(ben, anna))).toEqual(FORBIDDEN)
  expect((await patch(editor, anna)).status).toBe(200)
  expect(refusal(await patch(editor, admin))).toEqual(FORBIDDEN)
  expect((await patch(admin, editor)).status).toBe(200)
})

test('PUT replaces: texts that are missing become empty, maps that are missing stay', async () => {
  const put = (body: object) => server.as(anna).put(`/users/${anna.id}`, body)
  expect(refusal(await put({ id: ben.id, username: 'anna', email: 'anna@example.com' }))[0]).toBe(400)
  const { body } = await put({ id: anna.id, username: 'anna', email: 'anna@example.com', roles: 'system_admin' })
  expect(body).toMatchObject({ nickname: '', position: '', props: { a: 'b' }, roles: 'system_user' })
  expect(refusal(await put({ id: anna.id, username: '', email: 'anna@example.com' }))).toEqual([
    400,
    'model.user.is_valid.username.app_error',
  ])
})

test('a new name takes its mention keys along; a taken one is refused', async () => {
  await change(anna, { notifyprops: JSON.stringify({ mention_keys: 'anna,@anna, 회의 ,' }) })
  const { body } = await server.as(anna).put('/users/me/patch', { username: 'Anna.New' })
  expect(body).toMatchObject({ username: 'anna.new', notify_props: { mention_keys: '회의' } })
  const taken = await server.as(anna).put('/users/me/patch', { username: 'ben' })
  expect(refusal(taken)).toEqual([400, 'app.user.save.username_exists.app_error'])
  await server.as(anna).put('/users/me/patch', { username: 'anna' })
})

test('a new address of one’s own needs the password; wrong ones are counted', async () => {
  await change(anna, { password: await bcrypt.hash('correct horse', 4) })
  const patch = (body: object) => server.as(anna).put('/users/me/patch', body)
  for (const password of [undefined, 'wrong horse']) {
    expect(refusal(await patch({ email: 'new@example.com', password }))).toEqual([
      400,
      'api.context.invalid_body_param.app_error',
    ])
  }
  expect(refusal(await patch({ email: 'ben@example.com', password: 'correct horse' }))).toEqual([
    400,
    'app.user.save.email_exists.app_error',
  ])
  const { body } = await patch({ email: 'New@example.com', password: 'correct horse' })
  expect(body.email).toBe('new@example.com')
  expect(body.email_verified).toBeUndefined()
  expect(body.failed_attempts).toBeUndefined()
  await change(anna, { failedattempts: 10 })
  expect((await patch({ email: 'b@example.com', password: 'correct horse' })).status).toBe(401)
  expect((await server.as(admin).post(`/users/${anna.id}/reset_failed_attempts`)).status).toBe(200)
  expect((await patch({ email: 'b@example.com', password: 'correct horse' })).status).toBe(200)
})

test('where addresses are verified, a new one waits for that', async () => {
  await server.app.config.patch({ EmailSettings: { RequireEmailVerification: true } })
  const { body } = await server.as(admin).put(`/users/${ben.id}/patch`, { email: 'waits@example.com' })
  expect(body).toMatchObject({ email: 'ben@example.com', email_verified: true })
  const tokens = await server.app.db
    .selectFrom('tokens')
    .selectAll('tokens')
    .where('tokens.type', '=', 'verify_email')
    .execute()
  expect(tokens.map((token) => JSON.parse(token.extra!))).toEqual([{ UserId: ben.id, Email: 'waits@example.com' }])
  await server.app.config.patch({ EmailSettings: { RequireEmailVerification: false } })
})

test('what the sign-in service decides is changed there', async () => {
  const sso = await server.make.user()
  await change(sso, { authservice: 'gitlab', authdata: '77', firstname: 'Given' })
  const patch = (body: object) => server.as(sso).put('/users/me/patch', body)
  const id = 'api.user.patch_user.login_provider_attribute_set.app_error'
  expect(refusal(await patch({ username: 'mine' }))).toEqual([409, id])
  expect(refusal(await patch({ first_name: 'Mine' }))).toEqual([409, id])
  expect((await patch({ first_name: 'Given', nickname: 'n', email: 'other@example.com' })).body).toMatchObject({
    nickname: 'n',
    email: `${sso.username}@example.com`,
  })
})

test('bodies that are no profile', async () => {
  const bodies = [{ nickname: 5 }, { props: [] }, { timezone: { a: {} } }, { notify_props: 'x' }, { locale: 'klingon' }]
  for (const body of bodies) expect((await server.as(ben).put('/users/me/patch', body)).status).toBe(400)
  const big = { props: { a: 'x'.repeat(20_000) } }
  expect((await server.as(ben).put('/users/me/patch', big)).status).toBe(400)
  expect((await server.as(ben).put('/users/me/patch', { nickname: null, props: null })).status).toBe(200)
})

test('audits are written without secrets and read by their owner', async () => {
  const { body } = await server.as(ben).get('/users/me/audits')
  expect(body[0]).toMatchObject({ user_id: ben.id, action: '/api/v4/users/me/patch' })
  expect(refusal(await server.as(anna).get(`/users/${ben.id}/audits`))).toEqual(FORBIDDEN)
  const fresh = await server.make.team([])
  const { inviteid } = await server.app.db
    .selectFrom('teams')
    .select('teams.inviteid')
    .where('teams.id', '=', fresh.id)
    .executeTakeFirstOrThrow()
  const draft = { username: 'audited', email: 'audited@example.com', password: 'correct horse' }
  const made = await server.as().post(`/users?iid=${inviteid}`, draft)
  const rows = await server.as(admin).get(`/users/${made.body.id}/audits`)
  expect(rows.body.map((one: { action: string }) => one.action)).toEqual(['/api/v4/users'])
})

test('typing is told to the channel, in one’s own name only', async () => {
  const channel = await server.make.channel('', [anna, ben], { type: 'G' })
  const socket = await server.socket(ben)
  const say = (by: Person, who: string, id: string) =>
    server.as(by).post(`/users/${who}/typing`, { channel_id: id, parent_id: '' })
  expect((await say(anna, 'me', channel.id)).status).toBe(200)
  expect((await socket.heard('typing')).data).toEqual({ parent_id: '', user_id: anna.id })
  expect(refusal(await say(anna, ben.id, channel.id))).toEqual(FORBIDDEN)
  expect(refusal(await say(admin, 'me', newId()))).toEqual(FORBIDDEN)
  expect((await say(anna, 'me', 'x')).status).toBe(400)
})
