import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let boss: Person
let anna: Person
let guest: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start({
    config: { ServiceSettings: { EnableEmailInvitations: true }, GuestAccountsSettings: { Enable: true } },
  })
  const { make } = server
  ;[admin, anna] = await Promise.all([make.admin(), make.user()])
})
beforeEach(async () => {
  // Each test has a sender of its own, because invitations are limited by sender.
  ;[boss, guest] = await Promise.all([server.make.user(), server.make.guest()])
  team = await server.make.team([boss], { type: 'O' })
  await server.app.db.deleteFrom('tokens').execute()
})
afterAll(() => server.stop())

const tokens = async () =>
  (await server.app.db.selectFrom('tokens').selectAll().execute()).map((row) => ({
    token: row.token,
    type: row.type,
    extra: JSON.parse(row.extra!),
  }))
const invite = (body: unknown, query = '', as = boss) =>
  server.as(as).post(`/teams/${team.id}/invite/email${query}`, body)
const inviteGuests = (body: unknown, query = '', as = admin) =>
  server.as(as).post(`/teams/${team.id}/invite-guests/email${query}`, body)
const linkOf = async () =>
  (await server.app.db.selectFrom('teams').select('inviteid').where('id', '=', team.id).executeTakeFirstOrThrow())
    .inviteid!

test('inviting addresses makes a secret for each', async () => {
  expect((await invite(['Carl@Example.com', 'dora@example.com'])).body).toEqual({ status: 'OK' })
  const made = await tokens()
  expect(made).toHaveLength(2)
  expect(new Set(made.map((one) => one.extra.email))).toEqual(new Set(['carl@example.com', 'dora@example.com']))
  expect(made[0]).toMatchObject({ type: 'team_invitation', extra: { teamId: team.id } })
  expect(made[0]!.token).toHaveLength(64)
})

test('a graceful invitation answers for each address', async () => {
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: 'example.com' } })
  const emails = ['ok@example.com', 'bad@evil.example', 'a b@example.com']
  const answer = await invite({ emails, message: 'hi' }, '?graceful=true')
  const id = 'api.team.invite_members.invalid_email.app_error'
  expect(answer.body).toEqual([
    { email: 'ok@example.com', error: null },
    { email: 'bad@evil.example', error: expect.objectContaining({ id }) },
    { email: 'a b@example.com', error: expect.objectContaining({ id }) },
  ])
  const strict = await invite(emails)
  expect([strict.status, strict.body.id]).toEqual([400, id])
  await server.app.config.patch({ TeamSettings: { RestrictCreationToDomains: '' } })
  expect(await tokens()).toHaveLength(1)
})

test.each([
  ['nobody', []],
  ['blank addresses', [' ']],
  ['numbers', [1]],
  ['a channel id that is none', { emails: ['a@example.com'], channelIds: ['x'] }],
])('inviting %s is refused', async (_, body) => {
  expect((await invite(body)).status).toBe(400)
})

test('inviting needs the right, the setting and a channel that the sender may fill', async () => {
  expect((await invite(['a@example.com'], '', anna)).status).toBe(403)
  const secret = await server.make.channel(team.id, [], { type: 'P' })
  expect((await invite({ emails: ['a@example.com'], channelIds: [secret.id] })).status).toBe(403)
  const elsewhere = await server.make.team([boss])
  expect((await invite({ emails: ['a@example.com'], channelIds: [elsewhere.townSquare] })).status).toBe(400)
  await server.app.config.patch({ ServiceSettings: { EnableEmailInvitations: false } })
  const off = await invite(['a@example.com'])
  await server.app.config.patch({ ServiceSettings: { EnableEmailInvitations: true } })
  expect([off.status, off.body.id]).toEqual([501, 'api.team.invite_members.disabled.app_error'])
  expect(await tokens()).toEqual([])
})

test('nobody invites more than 20 addresses an hour', async () => {
  const some = (count: number) => Array.from({ length: count }, (_, i) => `p${i}-${newId()}@example.com`)
  expect((await invite(some(19))).status).toBe(200)
  const refused = await invite(some(2))
  expect([refused.status, refused.body.id]).toEqual([413, 'app.email.rate_limit_exceeded.app_error'])
  expect((await invite(some(1))).status).toBe(200)
  expect(await tokens()).toHaveLength(20)
})

test('guests are invited to channels', async () => {
  const body = { emails: ['g@example.com'], channels: [team.townSquare], message: '' }
  expect((await inviteGuests(body)).body).toEqual({ status: 'OK' })
  expect(await tokens()).toMatchObject([
    {
      type: 'guest_invitation',
      extra: { channels: team.townSquare, guest: 'true', senderId: admin.id, email: 'g@example.com' },
    },
  ])
  expect((await inviteGuests(body, '?graceful=true')).body).toEqual([{ email: 'g@example.com', error: null }])
  expect((await inviteGuests(body, '', boss)).status).toBe(403)
  expect((await inviteGuests({ ...body, channels: [] })).body.id).toBe('model.guest.is_valid.channels.app_error')
  expect((await inviteGuests({ ...body, emails: ['x'] })).body.id).toBe('model.guest.is_valid.email.app_error')
  expect((await inviteGuests({ ...body, channels: [newId()] })).status).toBe(400)
  await server.app.config.patch({ GuestAccountsSettings: { Enable: false } })
  expect((await inviteGuests(body)).status).toBe(501)
  // Guests are deactivated in the background, which must be over before the next test makes its own.
  await expect.poll(async () => (await server.as(guest).get('/users/me')).status).toBe(401)
  await server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
})

const accept = (person: Person, query: string) => server.as(person).post(`/teams/members/invite?${query}`)

test('a secret brings somebody in once', async () => {
  await invite(['anna@example.com'])
  const [{ token } = { token: '' }] = await tokens()
  const other = await server.make.user()
  expect((await accept(guest, `token=${token}`)).body.id).toBe('api.user.create_user.invalid_invitation_type.app_error')
  const joined = await accept(other, `token=${token}`)
  expect([joined.status, joined.body.user_id, joined.body.team_id]).toEqual([201, other.id, team.id])
  const again = await accept(anna, `token=${token}`)
  expect([again.status, again.body.id]).toEqual([400, 'api.user.create_user.signup_link_invalid.app_error'])
  expect((await accept(anna, '')).body.id).toBe('api.team.add_user_to_team.missing_parameter.app_error')
})

test("a guest's secret brings him into the team and the named channels only", async () => {
  const channel = await server.make.channel(team.id, [boss], { type: 'P' })
  await inviteGuests({ emails: ['g@example.com'], channels: [channel.id], message: '' })
  const [{ token } = { token: '' }] = await tokens()
  const visitor = await server.make.guest()
  expect((await accept(visitor, `token=${token}`)).body).toMatchObject({ scheme_guest: true })
  const rows = server.app.db.selectFrom('channelmembers').select(['channelid', 'schemeguest'])
  expect(await rows.where('userid', '=', visitor.id).execute()).toEqual([{ channelid: channel.id, schemeguest: true }])
})

test('an old secret does not work, and all can be ended', async () => {
  await invite(['old@example.com'])
  const [{ token } = { token: '' }] = await tokens()
  await server.app.db
    .updateTable('tokens')
    .set({ createat: Date.now() - 49 * 3_600_000 })
    .execute()
  expect((await accept(anna, `token=${token}`)).body.id).toBe('api.user.create_user.signup_link_expired.app_error')
  expect((await server.as(boss).delete('/teams/invites/email')).status).toBe(403)
  expect((await server.as(admin).delete('/teams/invites/email')).status).toBe(200)
  expect(await tokens()).toEqual([])
})

test('the link of a team lets members of the server in, guests not', async () => {
  const link = await linkOf()
  expect((await accept(guest, `invite_id=${link}`)).body.id).toBe(
    'api.team.add_user_to_team_from_invite.guest.app_error',
  )
  expect((await accept(anna, `invite_id=${link}`)).body).toMatchObject({ user_id: anna.id, scheme_user: true })
  expect((await accept(anna, `invite_id=${newId()}`)).status).toBe(404)
  expect((await accept(anna, 'invite_id=x')).status).toBe(404)
})

test('everybody with the link learns which team it is, unless it is closed or archived', async () => {
  const link = await linkOf()
  const info = () => server.as().get(`/teams/invite/${link}`)
  expect((await info()).body).toMatchObject({ id: team.id })
  const { db } = server.app
  await db.updateTable('teams').set({ type: 'I' }).where('id', '=', team.id).execute()
  expect((await info()).body.id).toBe('api.team.get_invite_info.not_open_team')
  await db.updateTable('teams').set({ type: 'O', deleteat: 5 }).where('id', '=', team.id).execute()
  expect((await info()).status).toBe(404)
  expect((await accept(anna, `invite_id=${link}`)).status).toBe(404)
})
