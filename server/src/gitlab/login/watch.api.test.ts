import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Person } from '../../../../testkit/builders.ts'
import { newId } from '../../ids.ts'
import { changeUser } from '../../sessions/sessions.fixture.ts'
import { connect, newBrowser, newGitLab, sessionOf, signIn, startWorld } from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'
import { GitLabWatch } from './gitlab-watch.ts'

const MINUTE = 60_000
let world: World
let admin: Person
let watch: GitLabWatch
let count = 0
beforeAll(async () => {
  world = await startWorld({ trusted: true })
  admin = await world.server.make.admin()
  watch = new GitLabWatch(world.server.app)
})
beforeEach(() => {
  delete world.gitlab.faults.user
  delete world.gitlab.faults.token
})
afterAll(() => world.stop())

/** A new person of GitLab who is signed in here. */
async function newcomer() {
  const username = `person${++count}`
  const user = await world.gitlab.addUser({ username })
  const session = sessionOf(await signIn(world, newBrowser(world.server), { username }))
  const { body } = await world.server.as(session).get('/users/me')
  return { ...session, username, gitlabId: user.id, id: body.id as string }
}

const alive = async (person: { token: string }) => (await world.server.as(person).get('/users/me')).status === 200
/** A run of the watch when everybody is due. */
const check = () => watch.run(Date.now() + 11 * MINUTE)
const identity = (person: { id: string }) =>
  world.server.app.db
    .selectFrom('outpost.gitlab_identities')
    .selectAll()
    .where('user_id', '=', person.id)
    .executeTakeFirstOrThrow()

test('whoever is blocked in GitLab loses his sessions, sockets and tokens; others stay', async () => {
  const [bad, fine] = [await newcomer(), await newcomer()]
  const socket = await world.server.socket(bad)
  const id = newId()
  await world.server.app.db
    .insertInto('useraccesstokens')
    .values({ id, token: newId(), userid: bad.id, description: 'x', isactive: true })
    .execute()
  await world.gitlab.block(bad.gitlabId)
  await watch.run(Date.now())
  expect(await alive(bad)).toBe(true)
  await check()
  expect([await alive(bad), await alive(fine)]).toEqual([false, true])
  if (socket.socket.readyState !== 3) await once(socket.socket, 'close')
  const tokens = world.server.app.db.selectFrom('useraccesstokens').select('isactive').where('id', '=', id)
  expect(await tokens.execute()).toEqual([{ isactive: false }])
  expect(await identity(bad)).toMatchObject({ tokens: '', refused_at: expect.any(Number) })
  const { body } = await world.server.as(admin).get(`/users/${bad.id}/gitlab`)
  expect(body.refused_at).toBeGreaterThan(0)
  const { body: user } = await world.server.as(admin).get(`/users/${bad.id}`)
  expect(user.delete_at).toBe(0)
  await world.gitlab.unblock(bad.gitlabId)
  await signIn(world, newBrowser(world.server), bad)
  expect(await identity(bad)).toMatchObject({ refused_at: 0 })
})

test('whoever is deleted in GitLab, or withdraws the permission, loses his sessions', async () => {
  const [gone, withdrawn] = [await newcomer(), await newcomer()]
  await world.gitlab.removeUser(gone.gitlabId)
  await world.gitlab.revokeAll(withdrawn.gitlabId)
  await check()
  expect([await alive(gone), await alive(withdrawn)]).toEqual([false, false])
})

test('tokens are renewed for weeks, kept encrypted, and names follow GitLab', async () => {
  const person = await newcomer()
  const first = await identity(person)
  expect(Buffer.from(first.tokens, 'base64').toString('latin1')).not.toMatch(/access|[0-9a-f]{64}/)
  for (const hours of [3, 6, 9]) {
    // For GitLab time passes; what it issued is too old now.
    world.gitlab.clockOffset = hours * 60 * MINUTE
    await world.gitlab.changeUser(person.gitlabId, { name: `Name ${hours}` })
    await check()
    await world.server.app.db.updateTable('outpost.gitlab_identities').set({ checked_at: 0 }).execute()
    const { body } = await world.server.as(person).get('/users/me')
    expect(body.last_name).toBe(String(hours))
  }
  world.gitlab.clockOffset = 0
  expect((await identity(person)).tokens).not.toBe(first.tokens)
})

test('a GitLab that is down, wants its terms accepted or has a new secret ends nobody’s session', async () => {
  const person = await newcomer()
  const again = async () => {
    await world.server.app.db.updateTable('outpost.gitlab_identities').set({ checked_at: 0 }).execute()
    await check()
    return alive(person)
  }
  world.gitlab.faults.user = '500'
  expect(await again()).toBe(true)
  world.gitlab.faults.user = 'not_json'
  expect(await again()).toBe(true)
  delete world.gitlab.faults.user
  world.gitlab.requireTerms = true
  expect(await again()).toBe(true)
  world.gitlab.requireTerms = false
  const { GitLabSettings } = world.server.app.config.get()
  world.gitlab.clockOffset = 3 * 60 * MINUTE
  await world.server.app.config.patch({ GitLabSettings: { Secret: 'rotated' } })
  expect(await again()).toBe(true)
  world.gitlab.clockOffset = 0
  // An application that was made anew, and another GitLab: nobody can be asked about tokens of the old one.
  await world.server.app.config.patch({ GitLabSettings: { Id: 'new application' } })
  expect(await again()).toBe(true)
  await world.server.app.config.patch({ GitLabSettings })
  const other = await newGitLab({ secretForm: 'plain' })
  await connect(world.server, other)
  expect(await again()).toBe(true)
  await world.server.app.config.patch({ GitLabSettings })
  await other.close()
})

test('two processes never check the same person at once', async () => {
  const people = [await newcomer(), await newcomer(), await newcomer()]
  world.gitlab.clockOffset = 3 * 60 * MINUTE
  await world.server.app.db.updateTable('outpost.gitlab_identities').set({ checked_at: 0 }).execute()
  const second = new GitLabWatch(world.server.app)
  const now = Date.now() + 11 * MINUTE
  // A refresh token that is used twice would look like a withdrawn one.
  await Promise.all([watch.run(now), second.run(now)])
  world.gitlab.clockOffset = 0
  for (const person of people) expect(await alive(person)).toBe(true)
})

test('GitLab’s system hook ends sessions at once', async () => {
  expect((await world.server.as(await world.server.make.user()).get('/gitlab/system_hook')).status).toBe(403)
  const { body: hook } = await world.server.as(admin).get('/gitlab/system_hook')
  expect(hook.url).toBe(`${world.server.url}/api/v4/gitlab/system_hook`)
  const [deleted, blocked, fine] = [await newcomer(), await newcomer(), await newcomer()]
  world.gitlab.addSystemHook(hook.url, hook.token)
  await world.gitlab.removeUser(deleted.gitlabId)
  await world.gitlab.block(blocked.gitlabId)
  await signIn(world, newBrowser(world.server), blocked)
  expect([await alive(deleted), await alive(blocked), await alive(fine)]).toEqual([false, false, true])
  const send = (token: string, body: unknown) =>
    world.server.as().post('/gitlab/system_hook', body, { 'X-Gitlab-Token': token, 'X-Gitlab-Event': 'System Hook' })
  const event = { event_name: 'user_destroy', user_id: fine.gitlabId }
  for (const token of ['', 'wrong', `${hook.token}x`, hook.token.slice(1)]) {
    expect([token, (await send(token, event)).status]).toEqual([token, 401])
  }
  for (const body of [{ ...event, user_id: String(fine.gitlabId) }, { ...event, event_name: 7 }, { user_id: {} }, {}]) {
    expect((await send(hook.token, body)).status).toBe(200)
  }
  expect((await send(hook.token, [])).status).toBe(400)
  expect(await alive(fine)).toBe(true)
})

test('a hook about somebody of an older server counts only with his address', async () => {
  const old = await world.server.make.user({ email: 'oldie@example.com' })
  await changeUser(world.server, old, { authservice: 'gitlab', authdata: '88001' })
  const { body: hook } = await world.server.as(admin).get('/gitlab/system_hook')
  const send = (email: string) =>
    world.server
      .as()
      .post(
        '/gitlab/system_hook',
        { event_name: 'user_destroy', user_id: 88001, email },
        { 'X-Gitlab-Token': hook.token },
      )
  await send('other@example.com')
  expect(await alive(old)).toBe(true)
  await send('Oldie@example.com')
  expect(await alive(old)).toBe(false)
})

test('what is left of accounts that sign in otherwise now is forgotten', async () => {
  const person = await newcomer()
  await changeUser(world.server, person as unknown as Person, { authservice: '', authdata: null })
  await check()
  const rows = world.server.app.db.selectFrom('outpost.gitlab_identities').selectAll().where('user_id', '=', person.id)
  expect(await rows.execute()).toEqual([])
  expect(await alive(person)).toBe(true)
})
