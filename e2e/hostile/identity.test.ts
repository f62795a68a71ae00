import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../server/src/ids.ts'
import { changeUser, PASSWORD, userRow, withPassword } from '../../server/src/sessions/sessions.fixture.ts'
import type { Person } from '../../testkit/builders.ts'
import { TestServer } from '../../testkit/server.ts'
import { openServer } from '../access/server.ts'
import { makeWorld } from '../access/world.ts'

let server: TestServer
let victim: Person
beforeAll(async () => {
  server = await openServer()
  victim = await withPassword(server, await server.make.user())
})
afterAll(() => server.stop())

const anyone = () => server.as()
const login = (body: object) => anyone().post('/users/login', body)

/** What of an error could tell two cases apart. */
const errorOf = (answer: { status: number; body: { id?: string; message?: string; detailed_error?: string } }) => {
  const { id, message, detailed_error } = answer.body
  return { status: answer.status, id, message, detailed_error }
}

describe('who exists', () => {
  test('an unknown name, an unknown address and a wrong password are answered alike', async () => {
    const attempts = [
      victim.username,
      `${victim.username}@example.com`,
      'nobody',
      'nobody@example.com',
      '',
      "' OR 1=1 --",
    ]
    const answers = await Promise.all(attempts.map((login_id) => login({ login_id, password: 'wrong' })))
    expect(new Set(answers.map((answer) => JSON.stringify(errorOf(answer)))).size).toBe(1)
    expect(answers[0]!.status).toBe(401)
  })

  test('asking for a password reset or a verification tells nothing', async () => {
    for (const path of ['/users/password/reset/send', '/users/email/verify/send']) {
      const known = await anyone().post(path, { email: `${victim.username}@example.com` })
      const unknown = await anyone().post(path, { email: 'nobody@example.com' })
      expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
    }
  })

  test('a malformed, an unknown and an old reset link are worth nothing', async () => {
    for (const token of ['', 'x', 'x'.repeat(64), '%', "' OR '1'='1"]) {
      const answer = await anyone().post('/users/password/reset', { token, new_password: 'a new one 123' })
      expect(answer.status).toBe(400)
    }
  })

  test('a guest cannot tell a person outside his channels from nobody', async () => {
    const guest = server.as(await server.make.guest())
    for (const path of ['', '/image', '/image/default', '/audits', '/sessions', '/teams', '/tokens']) {
      const real = await guest.get(`/users/${victim.id}${path}`)
      const none = await guest.get(`/users/${newId()}${path}`)
      expect([path, errorOf(real)]).toEqual([path, errorOf(none)])
    }
    const byName = await guest.get(`/users/username/${victim.username}`)
    expect(errorOf(byName)).toEqual(errorOf(await guest.get('/users/username/nobody')))
    const byMail = await guest.get(`/users/email/${victim.username}@example.com`)
    expect(errorOf(byMail)).toEqual(errorOf(await guest.get('/users/email/nobody@example.com')))
  })
})

describe('passwords', () => {
  test('a huge password is refused at once, at every door', async () => {
    const huge = 'x'.repeat(290_000)
    const me = server.as(victim)
    expect((await login({ login_id: victim.username, password: huge })).status).toBe(401)
    expect((await login({ login_id: victim.username, password: 'x'.repeat(1_000_000) })).status).toBe(413)
    const fresh = { username: `u${newId()}`, email: `${newId()}@example.com`, password: huge }
    expect((await anyone().post('/users', fresh)).status).toBe(400)
    const change = { current_password: PASSWORD, new_password: huge }
    expect((await me.put(`/users/${victim.id}/password`, change)).status).toBe(400)
    expect((await login({ login_id: victim.username, password: PASSWORD })).status).toBe(200)
  })

  test('more guesses at once than allowed are no way around the limit', async () => {
    const target = await withPassword(server, await server.make.user())
    await changeUser(server, target, { failedattempts: 8 })
    const guesses = Array.from({ length: 12 }, (_, i) => login({ login_id: target.username, password: `guess ${i}` }))
    await Promise.all(guesses)
    const { failedattempts } = await userRow(server, target)
    expect(failedattempts).toBe(10)
    expect((await login({ login_id: target.username, password: PASSWORD })).status).toBe(401)
  })

  test('changing somebody else’s password, or a hashed one, needs the right', async () => {
    const me = server.as(await server.make.user())
    const admin = await server.make.admin()
    expect((await me.put(`/users/${victim.id}/password`, { new_password: 'another 12345' })).status).toBe(403)
    expect((await me.put(`/users/${admin.id}/password`, { new_password: 'another 12345' })).status).toBe(403)
  })
})

describe('fields that nobody may set', () => {
  test('signing up cannot choose roles, sign-in service, verification or dates', async () => {
    const username = `mass${newId().slice(0, 8)}`.toLowerCase()
    const answer = await anyone().post('/users', {
      username,
      email: `${username}@example.com`,
      password: 'correct horse 9',
      roles: 'system_admin',
      email_verified: true,
      auth_service: 'gitlab',
      auth_data: '1',
      id: victim.id,
      create_at: 1,
      delete_at: 5,
      mfa_active: true,
      mfa_secret: 'x',
      is_bot: true,
      failed_attempts: -50,
      remote_id: newId(),
      last_password_update: 1,
      allow_marketing: true,
    })
    expect(answer.status).toBe(201)
    const row = await userRow(server, { id: answer.body.id })
    expect(answer.body.id).not.toBe(victim.id)
    expect(row).toMatchObject({ roles: 'system_user', emailverified: false, deleteat: 0, mfaactive: false })
    expect([row.authservice, row.authdata || null, row.remoteid || null, row.failedattempts]).toEqual([
      '',
      null,
      null,
      0,
    ])
  })

  test('changing one’s profile cannot change what an account may do', async () => {
    const person = await server.make.user()
    const before = await userRow(server, person)
    const extra = {
      roles: 'system_admin',
      auth_service: 'gitlab',
      auth_data: '1',
      email_verified: false,
      delete_at: 9,
      mfa_active: true,
      mfa_secret: 'x',
      failed_attempts: -1,
      create_at: 1,
      is_bot: true,
      remote_id: newId(),
      last_password_update: 1,
      password_hash: 'x',
    }
    const email = `${person.username}@example.com`
    await server.as(person).put(`/users/${person.id}/patch`, { nickname: 'a', ...extra })
    await server.as(person).put(`/users/${person.id}`, { id: person.id, username: person.username, email, ...extra })
    const { updateat, nickname, ...after } = await userRow(server, person)
    for (const key of [
      'roles',
      'authservice',
      'authdata',
      'emailverified',
      'deleteat',
      'mfaactive',
      'createat',
    ] as const) {
      expect([key, after[key]]).toEqual([key, before[key]])
    }
    expect(after.remoteid || null).toBeNull()
    expect(updateat).not.toBe(before.updateat)
    expect(nickname).toBe('')
  })

  test('making or changing teams, channels and posts cannot choose owner, scheme, invitation or type', async () => {
    const world = await makeWorld(server)
    const me = server.as(world.people.teamAdmin)
    const team = await me.put(`/teams/${world.team}/patch`, {
      invite_id: 'a'.repeat(26),
      scheme_id: world.teamScheme,
      type: 'O',
      email: 'x@example.com',
      delete_at: 1,
      id: world.elsewhere,
      name: 'renamed',
      create_at: 1,
    })
    expect(team.body).toMatchObject({ id: world.team, name: world.teamName, type: 'I', delete_at: 0 })
    expect([team.body.invite_id, team.body.scheme_id || '']).toEqual([world.inviteId, ''])
    const channel = await me.post('/channels', {
      team_id: world.team,
      name: `n-${world.short}`,
      display_name: 'N',
      type: 'O',
      creator_id: victim.id,
      id: world.channel,
      scheme_id: world.channelScheme,
      create_at: 1,
      delete_at: 5,
      total_msg_count: 99,
      shared: true,
    })
    expect(channel.status).toBe(201)
    expect(channel.body).toMatchObject({ creator_id: world.people.teamAdmin.id, delete_at: 0, total_msg_count: 0 })
    expect([channel.body.id === world.channel, channel.body.scheme_id || '']).toEqual([false, ''])
    const bare = await server.app.db.selectFrom('channels').selectAll().where('id', '=', channel.body.id).execute()
    expect([bare[0]!.shared ?? false, bare[0]!.schemeid || '', bare[0]!.createat! > 1]).toEqual([false, '', true])
  })

  test('a post cannot claim another author, a system type, a hook, or a date', async () => {
    const world = await makeWorld(server)
    const me = server.as(world.people.member)
    const props = { from_webhook: 'true', override_username: 'boss', override_icon_url: 'x', from_bot: 'true' }
    const forged = {
      user_id: victim.id,
      create_at: 1,
      edit_at: 5,
      update_at: 5,
      is_pinned: true,
      original_id: world.post,
    }
    const answer = await me.post('/posts', {
      channel_id: world.channel,
      message: 'hi',
      props,
      id: world.post,
      ...forged,
    })
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({ user_id: world.people.member.id, edit_at: 0, original_id: '' })
    expect(answer.body.id).not.toBe(world.post)
    expect(answer.body.create_at).toBeGreaterThan(1_600_000_000_000)
    for (const key of ['from_webhook', 'from_bot', 'from_plugin', 'from_oauth_app']) {
      expect(answer.body.props).not.toHaveProperty(key)
    }
    for (const type of ['system_join_channel', 'system_add_to_channel', 'system_ephemeral', 'system_x', 'nonsense']) {
      const typed = await me.post('/posts', { channel_id: world.channel, message: 'hi', type })
      expect([type, typed.status >= 400 || typed.body.type === '']).toEqual([type, true])
    }
    const edited = await me.put(`/posts/${answer.body.id}/patch`, { message: 'x', props, type: 'system_x', ...forged })
    expect(edited.body).toMatchObject({ user_id: world.people.member.id, type: '' })
    expect(edited.body.props).not.toHaveProperty('from_webhook')
  })
})

describe('one-time secrets', () => {
  test('two who open an invitation, a reset link or a verification at once: one of them gets in', async () => {
    const target = await withPassword(server, await server.make.user())
    const token = 'r'.repeat(64)
    const extra = JSON.stringify({ UserId: target.id, Email: `${target.username}@example.com` })
    const rows = [{ token, type: 'password_recovery', createat: Date.now(), extra }]
    await server.app.db.insertInto('tokens').values(rows).execute()
    const resets = await Promise.all(
      ['first choice 12', 'second choice 12'].map((new_password) =>
        anyone().post('/users/password/reset', { token, new_password }),
      ),
    )
    expect(resets.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 400])
    const world = await makeWorld(server)
    const invited = (email: string) =>
      anyone().post(`/users?t=${world.invitation}`, {
        username: `i${newId()}`.toLowerCase(),
        email,
        password: PASSWORD,
      })
    const signUps = await Promise.all([invited('a@example.com'), invited('b@example.com')])
    expect(signUps.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([201, 400])
    // The address that was invited counts, not the one that the caller claims.
    expect(signUps.find((answer) => answer.status === 201)!.body.email).toBe('newcomer@example.com')
    expect((await invited('c@example.com')).status).toBe(400)
  })

  test('an old link is worth nothing', async () => {
    const days = (count: number) => Date.now() - count * 86_400_000
    const world = await makeWorld(server)
    await server.app.db
      .updateTable('tokens')
      .set({ createat: days(3) })
      .where('token', '=', world.invitation)
      .execute()
    const fresh = { username: `o${newId()}`.toLowerCase(), email: 'newcomer@example.com', password: PASSWORD }
    expect((await anyone().post(`/users?t=${world.invitation}`, fresh)).status).toBe(400)
    const join = await server.as(world.people.newcomer).post(`/teams/members/invite?token=${world.invitation}`)
    expect(join.status).toBe(400)
  })

  test('of two first accounts only one rules', async () => {
    const fresh = await TestServer.start()
    const signUp = (name: string) =>
      fresh.as().post('/users', { username: name, email: `${name}@example.com`, password: 'correct horse 9' })
    const answers = await Promise.all(['anna', 'ben', 'carl', 'dora'].map(signUp))
    const admins = answers.filter((answer) => answer.body.roles?.includes('system_admin'))
    await fresh.stop()
    expect(admins).toHaveLength(1)
  })
})

describe('tokens and sessions', () => {
  test('personal tokens of people end where the server forbids them', async () => {
    const world = await makeWorld(server)
    const script = server.as({ token: world.accessTokenSecret })
    expect((await script.get('/users/me')).status).toBe(200)
    await server.app.config.patch({ ServiceSettings: { EnableUserAccessTokens: false } })
    expect((await script.get('/users/me')).status).toBe(401)
    expect((await server.as(world.people.bot).get('/users/me')).status).toBe(200)
    await server.app.config.patch({ ServiceSettings: { EnableUserAccessTokens: true } })
  })

  test('deactivation ends sessions, personal tokens and sockets at once', async () => {
    const world = await makeWorld(server)
    const admin = server.as(world.people.admin)
    const script = { token: world.accessTokenSecret }
    const sockets = [await server.socket(world.people.member), await server.socket(script)]
    const closed = sockets.map((one) => new Promise((resolve) => one.socket.once('close', resolve)))
    expect((await admin.delete(`/users/${world.people.member.id}`)).status).toBe(200)
    for (const one of [world.people.member, script]) expect((await server.as(one).get('/users/me')).status).toBe(401)
    await Promise.all(closed)
  })

  test('a demoted administrator has lost his rights with the next request, also with his tokens', async () => {
    const world = await makeWorld(server)
    const boss = world.people.admin
    const other = await server.make.admin()
    expect((await server.as(boss).get('/config')).status).toBe(200)
    await server.as(other).put(`/users/${boss.id}/roles`, { roles: 'system_user' })
    expect((await server.as(boss).get('/config')).status).toBe(403)
    expect((await server.as(boss).get(`/posts/${world.post}`)).status).toBe(403)
  })

  test('a token is no token in the address, nor with things added to it', async () => {
    const { token } = victim
    expect((await anyone().get(`/users/me?access_token=${token}`)).status).toBe(401)
    for (const odd of [
      `${token}x`,
      token.slice(0, 25),
      `${token}\t`,
      token.toUpperCase(),
      `%${token}`,
      "' OR 1=1 --",
    ]) {
      const answer = await anyone().get('/users/me', { Authorization: `Bearer ${odd}` })
      expect([odd, answer.status]).toEqual([odd, odd.trim() === token ? 200 : 401])
    }
  })

  test('nobody uses the id of another’s session, and secrets of sessions are never shown', async () => {
    const world = await makeWorld(server)
    const { member, outsider } = world.people
    const body = { session_id: member.sessionId }
    expect((await server.as(outsider).post(`/users/${outsider.id}/sessions/revoke`, body)).status).not.toBe(200)
    const list = await server.as(member).get('/users/me/sessions')
    expect(JSON.stringify(list.body)).not.toContain(member.token)
    expect(JSON.stringify(list.body)).not.toContain('csrf')
    expect((await server.as(world.people.admin).get('/users/me')).status).toBe(200)
  })
})

describe('cookies', () => {
  const cookie = (token: string) => ({ Cookie: `MMAUTHTOKEN=${token}` })

  test('a page of another site cannot change anything with the cookie', async () => {
    const body = { nickname: 'changed by a trap' }
    const path = `/users/${victim.id}/patch`
    const tries: Record<string, string>[] = [
      {},
      { 'X-CSRF-Token': 'guess' },
      { 'X-CSRF-Token': '' },
      { 'X-Requested-With': 'xmlhttprequest ' },
      { Origin: 'https://evil.example' },
    ]
    for (const headers of tries) {
      const person = await server.make.user()
      const answer = await anyone().put(path.replace(victim.id, person.id), body, {
        ...cookie(person.token),
        ...headers,
      })
      expect([headers, answer.status]).toEqual([headers, 401])
    }
    const form = await anyone().call('POST', '/posts', 'channel_id=x&message=y', {
      ...cookie(victim.token),
      'Content-Type': 'application/x-www-form-urlencoded',
    })
    expect(form.status).toBe(401)
  })

  test('the cookie wins over a header: a page cannot borrow it with a header of its own', async () => {
    const other = await server.make.user()
    const answer = await server.as(other).put(`/users/${other.id}/patch`, { nickname: 'x' }, cookie(victim.token))
    expect(answer.status).toBe(401)
  })

  test('signing in with a cookie of another session does not pass the check of its own', async () => {
    const answer = await anyone().post('/users/logout', undefined, cookie(victim.token))
    expect(answer.status).toBe(401)
    expect((await server.as(victim).get('/users/me')).status).toBe(200)
  })
})
