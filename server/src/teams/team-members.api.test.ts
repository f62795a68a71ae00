import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let boss: Person
let anna: Person
let ben: Person
let guest: Person

beforeAll(async () => {
  server = await TestServer.start()
  const { make } = server
  ;[admin, boss, anna, ben, guest] = await Promise.all([
    make.admin(),
    make.user(),
    make.user(),
    make.user(),
    make.guest(),
  ])
})
afterAll(() => server.stop())

/** A team that `boss` administers. */
const team = async (members: Person[] = [], type: 'O' | 'I' = 'O') => {
  const made = await server.make.team(members, { type })
  await server.make.joinTeam(made.id, boss, { admin: true })
  return made
}
const add = (as: Person, teamId: string, person: { id: string }) =>
  server.as(as).post(`/teams/${teamId}/members`, { team_id: teamId, user_id: person.id })

test('somebody joins an open team, is in its default channels and both are told', async () => {
  const { id, townSquare } = await team()
  const [own, other] = await Promise.all([server.socket(anna), server.socket(boss)])
  const { status, body } = await add(anna, id, anna)
  expect(status).toBe(201)
  expect(body).toMatchObject({ roles: 'team_user', scheme_user: true, scheme_admin: false, delete_at: 0 })
  expect((await own.heard('added_to_team')).data).toEqual({ team_id: id, user_id: anna.id })
  const posted = await own.heard('posted', ({ data }) => JSON.parse(data.post).channel_id === townSquare)
  expect(JSON.parse(posted.data.post).type).toBe('system_join_team')
  await other.settle()
  expect(other.named('added_to_team')).toEqual([])
  expect((await add(anna, id, anna)).status).toBe(201)
})

test('a closed team cannot be joined, a guest cannot join any', async () => {
  const closed = await team([], 'I')
  const open = await team()
  expect((await add(anna, closed.id, anna)).status).toBe(403)
  expect((await add(guest, open.id, guest)).status).toBe(403)
  expect((await add(anna, newId(), anna)).status).toBe(404)
})

test('members add others, outsiders do not, guests need a right of their own', async () => {
  const { id } = await team([anna], 'I')
  const heard = await server.socket(ben)
  expect((await add(ben, id, ben)).status).toBe(403)
  expect((await add(anna, id, ben)).body).toMatchObject({ user_id: ben.id })
  const posted = await heard.heard('posted', ({ data }) => data.channel_name === 'town-square')
  expect(JSON.parse(posted.data.post)).toMatchObject({
    type: 'system_add_to_team',
    props: { addedUserId: ben.id, username: anna.username },
  })
  expect((await add(anna, id, guest)).status).toBe(403)
  expect((await add(admin, id, guest)).body).toMatchObject({ scheme_guest: true, scheme_user: false })
  expect((await add(anna, id, { id: newId() })).status).toBe(404)
  expect((await server.as(anna).post(`/teams/${id}/members`, { team_id: newId(), user_id: ben.id })).status).toBe(400)
  expect((await server.as(anna).post(`/teams/${id}/members`, { team_id: id, user_id: 'x' })).status).toBe(400)
})

test('a batch is all or nothing, a graceful one says what happened to each', async () => {
  const { id } = await team([anna])
  const nobody = newId()
  const carl = await server.make.user()
  const body = [carl, { id: nobody }].map((one) => ({ team_id: id, user_id: one.id }))
  expect((await server.as(anna).post(`/teams/${id}/members/batch`, body)).status).toBe(404)
  expect((await server.as(anna).get(`/teams/${id}/members/${carl.id}`)).status).toBe(404)
  const graceful = await server.as(anna).post(`/teams/${id}/members/batch?graceful=true`, body)
  expect(graceful.status).toBe(201)
  expect(graceful.body).toEqual([
    { user_id: carl.id, error: null, member: expect.objectContaining({ user_id: carl.id, delete_at: 0 }) },
    { user_id: nobody, member: null, error: expect.objectContaining({ id: 'app.user.missing_account.const' }) },
  ])
  expect((await server.as(anna).post(`/teams/${id}/members/batch`, [])).status).toBe(400)
  const many = Array.from({ length: 257 }, () => ({ team_id: id, user_id: newId() }))
  expect((await server.as(anna).post(`/teams/${id}/members/batch`, many)).status).toBe(400)
  expect((await server.as(ben).post(`/teams/${id}/members/batch`, body)).status).toBe(403)
})

test('a full team takes nobody', async () => {
  const { id } = await team([anna])
  await server.app.config.patch({ TeamSettings: { MaxUsersPerTeam: 2 } })
  const refused = await add(anna, id, ben)
  expect([refused.status, refused.body.id]).toEqual([
    400,
    'app.team.join_user_to_team.save_member.max_accounts.app_error',
  ])
  await server.app.config.patch({ TeamSettings: { MaxUsersPerTeam: 3 } })
  const [one, two] = await Promise.all([
    add(anna, id, await server.make.user()),
    add(anna, id, await server.make.user()),
  ])
  expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([201, 400])
  await server.app.config.patch({ TeamSettings: { MaxUsersPerTeam: 50 } })
})

test('a team takes only addresses of its domains', async () => {
  const { id } = await team([anna])
  await server.as(boss).put(`/teams/${id}/patch`, { allowed_domains: 'corp.example' })
  expect((await add(anna, id, ben)).body.id).toBe('api.team.join_user_to_team.allowed_domains.app_error')
  const colleague = await server.make.user({ email: `c${newId()}@corp.example` })
  expect((await add(anna, id, colleague)).status).toBe(201)
})

test('leaving tells the team and the one who left; coming back uses the same row', async () => {
  const { id, townSquare } = await team([anna, ben])
  await server.as(boss).put(`/teams/${id}/members/${ben.id}/schemeRoles`, { scheme_admin: true, scheme_user: true })
  const [own, other] = await Promise.all([server.socket(ben), server.socket(anna)])
  expect((await server.as(ben).delete(`/teams/${id}/members/me`)).body).toEqual({ status: 'OK' })
  const data = { user_id: ben.id, team_id: id }
  expect((await own.heard('leave_team')).data).toEqual(data)
  expect((await other.heard('leave_team')).data).toEqual(data)
  const posted = await other.heard('posted', ({ data: { post } }) => JSON.parse(post).channel_id === townSquare)
  expect(JSON.parse(posted.data.post).type).toBe('system_leave_team')
  await Promise.all([own.settle(), other.settle()])
  expect(own.named('leave_team')).toHaveLength(1)
  expect((await server.as(ben).get(`/teams/${id}`)).body.invite_id).toBe('')
  const left = (await server.as(ben).get('/users/me/teams/members')).body
  expect(left.find((one: { team_id: string }) => one.team_id === id).delete_at).toBeGreaterThan(0)
  expect((await server.as(ben).delete(`/teams/${id}/members/me`)).status).toBe(400)
  const back = await add(ben, id, ben)
  expect(back.body).toMatchObject({ delete_at: 0, scheme_admin: false, scheme_user: true })
  const channels = server.app.db.selectFrom('channelmembers').select('channelid').where('userid', '=', ben.id)
  expect((await channels.execute()).map((row) => row.channelid)).toContain(townSquare)
})

test('only who may removes others', async () => {
  const { id } = await team([anna, ben])
  expect((await server.as(anna).delete(`/teams/${id}/members/${ben.id}`)).status).toBe(403)
  expect((await server.as(boss).delete(`/teams/${id}/members/${ben.id}`)).status).toBe(200)
  expect((await server.as(boss).delete(`/teams/${id}/members/${newId()}`)).status).toBe(404)
})

test('members are listed for members, sorted, without deactivated ones; outsiders get nothing', async () => {
  const [zoe, abe] = [await server.make.user({ username: 'zzzoe' }), await server.make.user({ username: 'aaabe' })]
  const { id } = await team([zoe, abe])
  const names = (answer: { body: { user_id: string }[] }) => answer.body.map((one) => one.user_id)
  const sorted = names(await server.as(abe).get(`/teams/${id}/members?sort=Username`))
  expect([sorted[0], sorted.at(-1)]).toEqual([abe.id, zoe.id])
  expect(names(await server.as(abe).get(`/teams/${id}/members?per_page=1&page=1`))).toHaveLength(1)
  await server.app.db.updateTable('users').set({ deleteat: 1 }).where('id', '=', zoe.id).execute()
  expect(names(await server.as(abe).get(`/teams/${id}/members`))).toContain(zoe.id)
  expect(names(await server.as(abe).get(`/teams/${id}/members?exclude_deleted_users=true`))).not.toContain(zoe.id)
  expect((await server.as(abe).get(`/teams/${id}/stats`)).body).toEqual({
    team_id: id,
    total_member_count: 3,
    active_member_count: 2,
  })
  expect(names(await server.as(abe).post(`/teams/${id}/members/ids`, [abe.id, ben.id]))).toEqual([abe.id])
  expect((await server.as(abe).post(`/teams/${id}/members/ids`, [])).status).toBe(400)
  expect((await server.as(abe).post(`/teams/${id}/members/ids`, ['x'])).status).toBe(400)
  for (const path of ['members', 'stats', `members/${abe.id}`]) {
    expect((await server.as(ben).get(`/teams/${id}/${path}`)).status).toBe(403)
  }
  expect((await server.as(ben).post(`/teams/${id}/members/ids`, [abe.id])).status).toBe(403)
  expect((await server.as(abe).get(`/teams/${id}/members/${ben.id}`)).body.id).toBe(
    'app.team.get_member.missing.app_error',
  )
})

test('a guest sees only the people of his channels', async () => {
  const { id } = await team([anna, ben])
  await server.make.joinTeam(id, guest, { guest: true })
  await server.make.channel(id, [guest, anna])
  const seen = (await server.as(guest).get(`/teams/${id}/members`)).body.map((one: { user_id: string }) => one.user_id)
  expect(seen.toSorted()).toEqual([guest.id, anna.id].toSorted())
  expect((await server.as(guest).get(`/teams/${id}/stats`)).body.total_member_count).toBe(2)
  expect((await server.as(guest).get(`/teams/${id}/members/${ben.id}`)).status).toBe(403)
  expect((await server.as(guest).get(`/teams/${id}/members/${anna.id}`)).status).toBe(200)
})

test('roles are given by name or by flags, and the member is told', async () => {
  const { id } = await team([anna])
  await server.make.joinTeam(id, guest, { guest: true })
  const socket = await server.socket(anna)
  const roles = (person: Person, names: unknown, as = boss) =>
    server.as(as).put(`/teams/${id}/members/${person.id}/roles`, { roles: names })
  expect((await roles(anna, 'team_user team_admin')).status).toBe(200)
  expect(JSON.parse((await socket.heard('memberrole_updated')).data.member)).toMatchObject({ scheme_admin: true })
  expect((await roles(anna, 'team_user team_post_all')).status).toBe(200)
  const { body } = await server.as(anna).get(`/teams/${id}/members/me`)
  expect(body).toMatchObject({ explicit_roles: 'team_post_all', scheme_admin: false, scheme_user: true })
  expect((await roles(anna, 'team_user', anna)).status).toBe(403)
  for (const [bad, error] of [
    ['team_guest', 'api.channel.update_team_member_roles.changing_guest_role.app_error'],
    ['team_user team_guest', 'api.team.update_team_member_roles.guest_and_user.app_error'],
    ['system_admin', 'api.channel.update_team_member_roles.scheme_role.app_error'],
    ['no_such_role', 'app.role.get_by_name.app_error'],
    ["x'; DROP", 'api.context.invalid_body_param.app_error'],
    [{}, 'api.context.invalid_body_param.app_error'],
  ]) {
    const answer = await roles(anna, bad)
    expect([answer.status, answer.body.id]).toEqual([400, error])
  }
  const flags = (person: Person, change: object, as = boss) =>
    server.as(as).put(`/teams/${id}/members/${person.id}/schemeRoles`, change)
  expect((await flags(anna, { scheme_user: true, scheme_admin: true })).status).toBe(200)
  expect((await flags(anna, { scheme_user: false })).status).toBe(400)
  expect((await flags(anna, { scheme_user: true, scheme_guest: true })).status).toBe(400)
  expect((await flags(guest, { scheme_user: true })).body.id).toBe('api.team.update_team_member_roles.guest.app_error')
  expect((await flags(ben, { scheme_user: true })).status).toBe(404)
  expect((await flags(anna, { scheme_user: true }, ben)).status).toBe(403)
})

test('a team that follows groups takes and loses nobody by hand', async () => {
  const { id } = await team([anna])
  const group = newId()
  const now = { createat: 1, updateat: 1, deleteat: 0 }
  const { db } = server.app
  await db
    .insertInto('usergroups')
    .values({ id: group, name: group, displayname: 'G', description: '', source: 'custom', ...now })
    .execute()
  await db
    .insertInto('groupteams')
    .values({ groupid: group, teamid: id, autoadd: true, schemeadmin: false, ...now })
    .execute()
  await db.insertInto('groupmembers').values({ groupid: group, userid: ben.id, createat: 1, deleteat: 0 }).execute()
  await server.as(boss).put(`/teams/${id}/patch`, { group_constrained: true })
  const carl = await server.make.user()
  expect((await add(anna, id, carl)).body.id).toBe('api.team.add_members.user_denied')
  expect((await add(anna, id, ben)).status).toBe(201)
  expect((await server.as(boss).delete(`/teams/${id}/members/${ben.id}`)).body.id).toBe(
    'api.team.remove_member.group_constrained.app_error',
  )
  const path = `/teams/${id}/members_minus_group_members?group_ids=${group}`
  const { body } = await server.as(admin).get(path)
  expect(body.users.map((user: { id: string }) => user.id).toSorted()).toEqual([anna.id, boss.id].toSorted())
  expect(body.total_count).toBe(2)
  expect((await server.as(boss).get(path)).status).toBe(403)
  expect((await server.as(admin).get(`/teams/${id}/members_minus_group_members`)).status).toBe(400)
})
