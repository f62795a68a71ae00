import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { deactivateGuests } from './change-guest.ts'

let server: TestServer
let admin: Person
let anna: Person
let manager: Person

const refusal = (answer: { status: number; body: { id: string } }) => [answer.status, answer.body.id]
const FORBIDDEN = [403, 'api.context.permissions.app_error']
const columns = (person: Person) =>
  server.app.db.selectFrom('users').selectAll('users').where('users.id', '=', person.id).executeTakeFirst()

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna] = [await server.make.admin(), await server.make.user()]
  const role = server.app.db.updateTable('roles').where('roles.name', '=', 'system_user_manager')
  await role.set({ permissions: 'edit_other_users sysconsole_write_user_management_users manage_roles' }).execute()
  await server.app.delivery.deliver([{ kind: 'roles' }], [])
  manager = await server.make.user({ roles: 'system_user system_user_manager' })
})
afterAll(() => server.stop())

test('roles take effect at once and are told', async () => {
  const setRoles = (by: Person, who: Person, roles: unknown) => server.as(by).put(`/users/${who.id}/roles`, { roles })
  const socket = await server.socket(anna)
  expect(refusal(await setRoles(anna, anna, 'system_user system_admin'))).toEqual(FORBIDDEN)
  expect(refusal(await setRoles(manager, anna, 'system_user system_admin'))).toEqual(FORBIDDEN)
  expect(refusal(await setRoles(manager, admin, 'system_user'))).toEqual(FORBIDDEN)
  expect((await server.as(anna).get('/users/stats/filtered')).status).toBe(403)
  expect((await setRoles(admin, anna, 'system_user system_admin')).status).toBe(200)
  expect((await socket.heard('user_role_updated')).data.roles).toBe('system_user system_admin')
  expect((await server.as(anna).get('/users/stats/filtered')).status).toBe(200)
  expect((await setRoles(admin, anna, 'system_user')).status).toBe(200)
  expect((await server.as(anna).get('/users/stats/filtered')).status).toBe(403)
  for (const roles of ['', 'system_admin', 'No!', {}, null]) {
    expect((await setRoles(admin, anna, roles)).status).toBe(400)
  }
  const unknown = await setRoles(admin, anna, 'system_user wizard')
  expect(refusal(unknown)).toEqual([400, 'app.role.check_roles_exist.role_not_found'])
  await socket.settle()
})

test('a deactivated account is signed out everywhere, and can come back', async () => {
  const victim = await server.make.user()
  await server.app.statuses.choose(victim.id, 'dnd')
  const [socket, watching] = [await server.socket(victim), await server.socket(anna)]
  const closed = new Promise((resolve) => socket.socket.once('close', resolve))
  const setActive = (by: Person, active: unknown) => server.as(by).put(`/users/${victim.id}/active`, { active })
  expect(refusal(await setActive(anna, false))).toEqual([403, 'api.user.update_active.permissions.app_error'])
  expect((await setActive(admin, 'false')).status).toBe(400)
  expect((await setActive(manager, false)).status).toBe(200)
  await closed
  expect((await server.as(victim).get('/users/me')).status).toBe(401)
  const told = await watching.heard('user_updated', (event) => event.data.user.id === victim.id)
  expect(told.data.user.delete_at).toBeGreaterThan(0)
  await watching.heard('user_activation_status_change')
  const sessions = server.app.db.selectFrom('sessions').selectAll('sessions').where('sessions.userid', '=', victim.id)
  expect(await sessions.execute()).toEqual([])
  const status = server.app.db.selectFrom('status').selectAll('status').where('status.userid', '=', victim.id)
  expect(await status.executeTakeFirst()).toMatchObject({ status: 'offline', manual: false })
  expect((await setActive(admin, true)).status).toBe(200)
  expect((await columns(victim))!.deleteat).toBe(0)
  await watching.settle()
})

test('people close their own account only where that is allowed; administrators are spared by managers', async () => {
  const own = await server.make.user()
  const remove = () => server.as(own).delete(`/users/${own.id}`)
  expect(refusal(await remove())).toEqual([401, 'api.user.update_active.not_enable.app_error'])
  const active = await server.as(own).put(`/users/${own.id}/active`, { active: false })
  expect(refusal(active)).toEqual([401, 'api.user.update_active.not_enable.app_error'])
  await server.app.config.patch({ TeamSettings: { EnableUserDeactivation: true } })
  expect((await remove()).status).toBe(200)
  expect(refusal(await server.as(manager).delete(`/users/${admin.id}`))).toEqual(FORBIDDEN)
  expect(refusal(await server.as(manager).put(`/users/${admin.id}/active`, { active: false }))).toEqual(FORBIDDEN)
  expect(refusal(await server.as(anna).delete(`/users/${manager.id}`))).toEqual(FORBIDDEN)
  expect((await server.as(admin).delete(`/users/${newId()}`)).status).toBe(404)
})

test('bots go with their owner', async () => {
  const [owner, bot] = [await server.make.user(), await server.make.user({ bot: true })]
  await server.app.db.updateTable('bots').set({ ownerid: owner.id }).where('bots.userid', '=', bot.id).execute()
  await server.as(admin).delete(`/users/${owner.id}`)
  expect((await columns(bot))!.deleteat).toBeGreaterThan(0)
  const row = server.app.db.selectFrom('bots').select('bots.deleteat').where('bots.userid', '=', bot.id)
  expect((await row.executeTakeFirst())!.deleteat).toBeGreaterThan(0)
})

test('deleting for good takes posts and replies along, and needs the setting', async () => {
  const victim = await server.make.user()
  const team = await server.make.team([anna, victim])
  const post = (by: Person, root = '') =>
    server.as(by).post('/posts', { channel_id: team.townSquare, message: 'x', root_id: root })
  const root = (await post(victim)).body
  const reply = (await post(anna, root.id)).body
  const kept = (await post(anna)).body
  const erase = (by: Person) => server.as(by).delete(`/users/${victim.id}?permanent=true`)
  expect(refusal(await erase(admin))).toEqual([401, 'api.user.delete_user.not_enabled.for_admin.app_error'])
  expect(refusal(await erase(victim))).toEqual([401, 'api.user.delete_user.not_enabled.app_error'])
  await server.app.config.patch({ ServiceSettings: { EnableAPIUserDeletion: true } })
  expect(refusal(await erase(manager))).toEqual(FORBIDDEN)
  expect((await erase(admin)).status).toBe(200)
  expect(await columns(victim)).toBeUndefined()
  const posts = server.app.db.selectFrom('posts').select('posts.id').where('posts.channelid', '=', team.townSquare)
  const left = (await posts.execute()).map((row) => row.id)
  expect(left).toContain(kept.id)
  expect(left).not.toContain(root.id)
  expect(left).not.toContain(reply.id)
  expect((await server.as(admin).get(`/users/${victim.id}`)).status).toBe(404)
})

test('an account is tied to a sign-in service', async () => {
  const [one, two] = [await server.make.user(), await server.make.user()]
  const tie = (by: Person, who: Person, body: object) => server.as(by).put(`/users/${who.id}/auth`, body)
  const auth = { auth_service: 'gitlab', auth_data: '4711' }
  expect(refusal(await tie(manager, one, auth))).toEqual(FORBIDDEN)
  expect((await tie(admin, one, auth)).body).toEqual(auth)
  expect(await columns(one)).toMatchObject({ authservice: 'gitlab', authdata: '4711', password: '' })
  expect(refusal(await tie(admin, two, auth))).toEqual([400, 'app.user.update_auth_data.email_exists.app_error'])
  for (const wrong of [{ ...auth, auth_service: 'facebook' }, { ...auth, auth_data: '' }, {}]) {
    expect((await tie(admin, two, wrong)).status).toBe(400)
  }
})

test('an address is verified by an administrator', async () => {
  await server.app.db.updateTable('users').set({ emailverified: false }).where('users.id', '=', anna.id).execute()
  const verify = (by: Person) => server.as(by).post(`/users/${anna.id}/email/verify/member`)
  expect(refusal(await verify(anna))).toEqual(FORBIDDEN)
  expect((await verify(admin)).body).toMatchObject({ id: anna.id, email_verified: true })
})

test('from member to guest and back', async () => {
  const person = await server.make.user()
  const team = await server.make.team([anna, person])
  const channel = await server.make.channel(team.id, [anna, person])
  const call = (verb: string, by = admin) => server.as(by).post(`/users/${person.id}/${verb}`)
  expect(refusal(await call('promote'))).toEqual([501, 'api.user.promote_guest_to_user.no_guest.app_error'])
  await server.app.config.patch({ GuestAccountsSettings: { Enable: false } })
  expect(refusal(await call('demote'))).toEqual([501, 'api.team.demote_user_to_guest.disabled.error'])
  await server.app.config.patch({ GuestAccountsSettings: { Enable: true } })
  expect(refusal(await call('demote', anna))).toEqual(FORBIDDEN)
  const socket = await server.socket(person)
  expect((await call('demote')).status).toBe(200)
  const guest = { schemeGuest: true, schemeUser: false, schemeAdmin: false }
  expect(await server.app.access.channelMember(channel.id, person.id)).toMatchObject(guest)
  expect(await server.app.access.teamMember(team.id, person.id)).toMatchObject(guest)
  const member = JSON.parse((await socket.heard('memberrole_updated')).data.member)
  expect(member).toMatchObject({ team_id: team.id, roles: 'team_guest', scheme_guest: true })
  await socket.heard('channel_member_updated')
  expect((await server.as(person).get(`/users/${manager.id}`)).status).toBe(403)
  expect(refusal(await call('demote'))).toEqual([501, 'api.user.demote_user_to_guest.already_guest.app_error'])
  expect((await call('promote')).status).toBe(200)
  expect(await server.app.access.channelMember(channel.id, person.id)).toMatchObject({ schemeUser: true })
  expect((await server.as(person).get(`/users/${manager.id}`)).status).toBe(200)
  await socket.settle()
})

test('when guests are switched off, all of them are deactivated', async () => {
  const guest = await server.make.guest()
  await deactivateGuests(server.app)
  expect((await server.as(guest).get('/users/me')).status).toBe(401)
  await server.app.config.patch({ GuestAccountsSettings: { Enable: false } })
  const back = await server.as(admin).put(`/users/${guest.id}/active`, { active: true })
  expect(back.status).toBe(401)
})
