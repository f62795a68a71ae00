import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../../testkit/builders.ts'
import { newId, newToken } from '../../ids.ts'
import { changeUser, withPassword } from '../../sessions/sessions.fixture.ts'
import {
  connect,
  errorOf,
  newBrowser,
  newGitLab,
  rowOf,
  sessionOf,
  signIn,
  startWorld,
  upToCallback,
} from './gitlab-login.fixture.ts'
import type { World } from './gitlab-login.fixture.ts'

const TAKEN = 'api.user.create_oauth_user.already_attached.app_error'
let world: World
let admin: Person
beforeAll(async () => {
  world = await startWorld({ trusted: true })
  admin = await world.server.make.admin()
})
afterAll(() => world.stop())

/** Signs somebody in with a fresh browser; answers who he is here. */
async function meAs(username: string, path?: string) {
  const page = await signIn(world, newBrowser(world.server), { username }, path)
  return (await world.server.as(sessionOf(page)).get('/users/me')).body
}

/** The error of somebody whose sign-in fails at the end. */
async function refusal(username: string, path?: string): Promise<string> {
  const browser = newBrowser(world.server)
  return (await errorOf(browser, await upToCallback(world, browser, { username }, path))).id
}

test('a trusted application goes on by a page with a script, without a question', async () => {
  await world.gitlab.addUser({ username: 'plain' })
  const seen: string[] = []
  const browser = newBrowser(world.server)
  const end = browser.stopAt
  browser.stopAt = (url) => {
    seen.push(new URL(url).pathname)
    return end(url)
  }
  expect(sessionOf(await signIn(world, browser, { username: 'plain' })).token).toHaveLength(26)
  expect(seen).toEqual(['/oauth/authorize', '/users/sign_in', '/oauth/authorize', '/signup/gitlab/complete', '/'])
})

test('a taken username grows a number, one that cannot be used is made up, and names follow GitLab', async () => {
  await world.server.make.user({ username: 'dana' })
  await world.server.make.user({ username: 'dana0' })
  const dana = await world.gitlab.addUser({ username: 'Dana', email: 'dana@corp.example' })
  expect((await meAs('Dana')).username).toBe('dana01')
  const admins = await world.gitlab.addUser({ username: 'admin', email: 'root@corp.example', name: 'Administrator' })
  const first = await meAs('admin')
  expect(first.username).toMatch(/^a[a-z0-9]{26}$/)
  expect([first.first_name, first.last_name]).toEqual(['Administrator', ''])
  expect((await meAs('admin')).username).toBe(first.username)
  await world.gitlab.changeUser(admins.id, { username: 'root', password: 'password of root', name: ' Root  of All ' })
  expect(await meAs('root')).toMatchObject({ id: first.id, username: 'root', first_name: 'Root', last_name: 'of All' })
  await world.gitlab.changeUser(dana.id, {
    username: '김 다나.x',
    password: 'password of 김 다나.x',
    email: 'DANA@NEW.example',
    name: '김다나',
  })
  const renamed = await meAs('김 다나.x')
  expect(renamed).toMatchObject({ username: '.x', email: 'dana@new.example', first_name: '김다나', last_name: '' })
})

test('a change in GitLab to a name or address that somebody has here is skipped, the sign-in works', async () => {
  const user = await world.gitlab.addUser({ username: 'eva', email: 'eva@corp.example' })
  const { id } = await meAs('eva')
  const other = await world.server.make.user({ username: 'evita', email: 'evita@corp.example' })
  await world.gitlab.changeUser(user.id, {
    username: 'evita',
    password: 'password of evita',
    email: 'Evita@Corp.example',
    name: 'New Name',
  })
  expect(await meAs('evita')).toMatchObject({ id, username: 'eva', email: 'eva@corp.example', last_name: 'Name' })
  await changeUser(world.server, other, { username: 'gone', email: 'gone@corp.example' })
  expect(await meAs('evita')).toMatchObject({ id, username: 'evita', email: 'evita@corp.example' })
})

test('somebody else’s address never leads into his account, whatever its case', async () => {
  const owner = await withPassword(world.server, await world.server.make.user({ email: 'owner@corp.example' }))
  await world.gitlab.addUser({ username: 'thief', email: 'OWNER@corp.EXAMPLE' })
  expect(await refusal('thief')).toBe(TAKEN)
  expect(
    await world.server.app.db.selectFrom('users').select('authservice').where('id', '=', owner.id).execute(),
  ).toEqual([{ authservice: '' }])
  for (const [username, email] of [
    ['near1', 'owner@corp.example.evil.example'],
    ['near2', 'xowner@corp.example'],
    ['near3', 'owner@corp.exampl'],
  ]) {
    await world.gitlab.addUser({ username: username!, email: email! })
    expect((await meAs(username!)).id).not.toBe(owner.id)
  }
  for (const email of ['own er@corp.example', 'a@b@corp.example', '<owner@corp.example>', 'nothing']) {
    const username = `odd${newId()}`
    await world.gitlab.addUser({ username, email })
    expect(await refusal(username)).toBe('api.user.authorize_oauth_user.response.app_error')
  }
})

test('no accounts are made where that is off, nor for addresses of other domains', async () => {
  const { config } = world.server.app
  await world.gitlab.addUser({ username: 'newcomer', email: 'newcomer@other.example' })
  await config.patch({ TeamSettings: { EnableUserCreation: false } })
  expect(await refusal('newcomer')).toBe('api.user.create_user.disabled.app_error')
  const browser = newBrowser(world.server)
  expect(await errorOf(browser, `${world.server.url}/oauth/gitlab/signup`)).toMatchObject({
    id: 'api.oauth.singup_with_oauth.disabled.app_error',
    status: 400,
  })
  await config.patch({ TeamSettings: { EnableUserCreation: true, RestrictCreationToDomains: 'corp.example' } })
  expect(await refusal('newcomer')).toBe('api.user.create_user.accepted_domain.app_error')
  expect(await rowOf(world, 'newcomer')).toBeUndefined()
  await config.patch({ TeamSettings: { RestrictCreationToDomains: '' } })
  expect((await meAs('newcomer', '/oauth/gitlab/signup')).username).toBe('newcomer')
})

test('an invitation survives the way through GitLab; a bad one does not stop the sign-in', async () => {
  const team = await world.server.make.team([admin])
  const { body } = await world.server.as(admin).get(`/teams/${team.id}`)
  const teamsOf = async (username: string, query: string) => {
    const page = await signIn(world, newBrowser(world.server), { username }, `/oauth/gitlab/signup?${query}`)
    return (await world.server.as(sessionOf(page)).get('/users/me/teams')).body.map(({ id }: { id: string }) => id)
  }
  await world.gitlab.addUser({ username: 'invited1' })
  expect(await teamsOf('invited1', `id=${body.invite_id}`)).toEqual([team.id])
  await world.gitlab.addUser({ username: 'invited2' })
  const token = newToken(64)
  const extra = JSON.stringify({ teamId: team.id, email: 'any@example.com' })
  await world.server.app.db
    .insertInto('tokens')
    .values({ token, type: 'team_invitation', createat: Date.now(), extra })
    .execute()
  expect(await teamsOf('invited2', `t=${token}`)).toEqual([team.id])
  await world.gitlab.addUser({ username: 'invited3' })
  expect(await teamsOf('invited3', `t=${token}`)).toEqual([])
  expect(await teamsOf('invited3', `id=${newId()}`)).toEqual([])
})

test('a guest’s invitation makes a guest, not a member', async () => {
  await world.server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
  const team = await world.server.make.team([admin])
  const token = newToken(64)
  const extra = JSON.stringify({ teamId: team.id, email: 'guest@example.com', guest: 'true', channels: team.offTopic })
  await world.server.app.db
    .insertInto('tokens')
    .values({ token, type: 'guest_invitation', createat: Date.now(), extra })
    .execute()
  await world.gitlab.addUser({ username: 'visitor' })
  expect(await meAs('visitor', `/oauth/gitlab/signup?t=${token}`)).toMatchObject({ roles: 'system_guest' })
})

test('an account of an older server is adopted when number and address agree, and only then', async () => {
  const [same, other] = [await world.server.make.user(), await world.server.make.user()]
  await changeUser(world.server, same, { authservice: 'gitlab', authdata: '7001', email: 'same@corp.example' })
  await changeUser(world.server, other, { authservice: 'gitlab', authdata: '7002', email: 'old@corp.example' })
  await world.gitlab.addUser({ id: 7001, username: 'same', email: 'Same@corp.example' })
  await world.gitlab.addUser({ id: 7002, username: 'stranger', email: 'stranger@corp.example' })
  expect((await meAs('same')).id).toBe(same.id)
  expect(await refusal('stranger')).toBe('outpost.gitlab.not_adopted.app_error')
  // An administrator says that it is the same person.
  const link = await world.server.as(admin).put(`/users/${other.id}/gitlab`, { gitlab_id: 7002 })
  expect(link.body).toMatchObject({
    user_id: other.id,
    gitlab_id: 7002,
    issuer: new URL(world.gitlab.url).host,
    verified_at: 0,
  })
  expect(await meAs('stranger')).toMatchObject({ id: other.id, username: 'stranger', email: 'stranger@corp.example' })
})

test('administrators link accounts; nobody else can, and no GitLab user gets two', async () => {
  const anna = await withPassword(world.server, await world.server.make.user({ username: 'anna' }))
  const user = await world.gitlab.addUser({ username: 'anna.k', email: 'anna.k@corp.example' })
  const path = `/users/${anna.id}/gitlab`
  expect((await world.server.as(anna).put(path, { gitlab_id: user.id })).status).toBe(403)
  expect((await world.server.as(anna).get(path)).status).toBe(403)
  expect((await world.server.as().put(path, { gitlab_id: user.id })).status).toBe(401)
  expect((await world.server.as(admin).get(path)).body.id).toBe('outpost.gitlab.not_linked.app_error')
  for (const gitlab_id of [0, -1, 1.5, '7', {}, null, 2 ** 60]) {
    expect((await world.server.as(admin).put(path, { gitlab_id })).status).toBe(400)
  }
  expect((await world.server.as(admin).put(path, { gitlab_id: user.id })).status).toBe(200)
  expect((await meAs('anna.k')).id).toBe(anna.id)
  const second = await world.server.make.user()
  const answer = await world.server.as(admin).put(`/users/${second.id}/gitlab`, { gitlab_id: user.id })
  expect([answer.status, answer.body.id]).toEqual([400, 'app.user.update_auth_data.email_exists.app_error'])
  // The older way to say the same, which mmctl and scripts use.
  const third = await world.gitlab.addUser({ username: 'third', email: 'third@corp.example' })
  const auth = { auth_service: 'gitlab', auth_data: String(third.id) }
  expect((await world.server.as(admin).put(`/users/${second.id}/auth`, auth)).status).toBe(200)
  expect((await meAs('third')).id).toBe(second.id)
})

test('two GitLab servers give the same number to two people: each gets an account of his own', async () => {
  const other = await newGitLab({ secretForm: 'sha512', shape: '19.2' })
  await world.gitlab.addUser({ id: 9001, username: 'north', email: 'north@corp.example' })
  await other.addUser({ id: 9001, username: 'south', email: 'south@corp.example' })
  await other.addUser({ id: 9002, username: 'north', email: 'north@corp.example' })
  const north = await meAs('north')
  const before = world.server.app.config.get().GitLabSettings
  await connect(world.server, other)
  const south = await meAs('south')
  expect(south.id).not.toBe(north.id)
  expect((await rowOf(world, 'south'))!.authdata).toBe(`9001@${new URL(other.url).host}`)
  expect(await refusal('north')).toBe(TAKEN)
  expect((await meAs('south')).id).toBe(south.id)
  await world.server.app.config.patch({ GitLabSettings: before })
  expect((await meAs('north')).id).toBe(north.id)
  await other.close()
})

test('a GitLab with a new address keeps its people once an administrator says so', async () => {
  const moved = await newGitLab({ secretForm: 'plain' })
  await world.gitlab.addUser({ id: 9501, username: 'stays', email: 'stays@corp.example' })
  await moved.addUser({ id: 9501, username: 'stays', email: 'stays@corp.example' })
  const { id } = await meAs('stays')
  const before = world.server.app.config.get().GitLabSettings
  await connect(world.server, moved)
  expect(await refusal('stays')).toBe(TAKEN)
  const adopt = (person: Person, body: object) => world.server.as(person).post('/gitlab/identities/adopt', body)
  expect((await adopt(await world.server.make.user(), {})).status).toBe(403)
  expect((await adopt(admin, { from: moved.url })).status).toBe(400)
  const { body } = await adopt(admin, { from: world.gitlab.url })
  expect(body.adopted).toBeGreaterThan(0)
  expect((await meAs('stays')).id).toBe(id)
  await adopt(admin, { from: 'nothing.example' })
  await world.server.app.config.patch({ GitLabSettings: before })
  await adopt(admin, { from: moved.url })
  expect((await meAs('stays')).id).toBe(id)
  await moved.close()
})

test('an administrator can adopt all accounts of the older server at once', async () => {
  const old = await world.server.make.user()
  await changeUser(world.server, old, { authservice: 'gitlab', authdata: '7100', email: 'former@corp.example' })
  await world.gitlab.addUser({ id: 7100, username: 'latter', email: 'latter@corp.example' })
  expect(await refusal('latter')).toBe('outpost.gitlab.not_adopted.app_error')
  const { body } = await world.server.as(admin).post('/gitlab/identities/adopt', {})
  expect(body).toEqual({ adopted: 1 })
  expect((await meAs('latter')).id).toBe(old.id)
})

test('nobody becomes a bot, and a bot cannot be linked', async () => {
  const bot = await world.server.make.user({ bot: true })
  const answer = await world.server.as(admin).put(`/users/${bot.id}/gitlab`, { gitlab_id: 424242 })
  expect([answer.status, answer.body.id]).toEqual([400, 'api.user.update_user_auth.invalid_request'])
  await changeUser(world.server, bot, { authservice: 'gitlab', authdata: '424243', email: 'bot@corp.example' })
  await world.gitlab.addUser({ id: 424243, username: 'robot', email: 'bot@corp.example' })
  expect(await refusal('robot')).toBe('api.user.login_by_oauth.bot_login_forbidden.app_error')
})
