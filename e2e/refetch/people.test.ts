/* oxlint-disable vitest/expect-expect -- `watch.expect` is the assertion */
import { afterAll, beforeAll, test } from 'vitest'
import type { Client } from '../../testkit/client.ts'
import { done, startWorld } from './world.ts'
import type { World } from './world.ts'

let world: World
let anna: Client
let ben: Client
let admin: Client
const unseen = { unseenBy: ['olga'] }

beforeAll(async () => {
  const config = {
    GuestAccountsSettings: { Enable: true },
    ServiceSettings: { EnableAPITeamDeletion: true, EnableAPIUserDeletion: true },
  }
  world = await startWorld(undefined, { config })
  anna = world.server.as(world.anna)
  ben = world.server.as(world.ben)
  admin = world.server.as(world.admin)
})
afterAll(() => world?.stop())

const member = (userId: string) => ({ team_id: world.team.id, user_id: userId })

test('somebody joins a team, leaves it, and is brought back', async () => {
  const join = () => done(anna.post(`/teams/${world.team.id}/members`, member(world.olga.id)))
  await world.watch.expect(join, { says: ['added_to_team', 'user_added'] })
  await world.watch.expect(
    () => done(world.server.as(world.olga).delete(`/teams/${world.team.id}/members/${world.olga.id}`)),
    {
      says: ['leave_team'],
    },
  )
  await world.watch.expect(join)
  await world.watch.expect(() => done(anna.delete(`/teams/${world.team.id}/members/${world.olga.id}`)), {
    says: ['leave_team'],
  })
})

test('a team is changed, closed to others, and gets a new invitation', async () => {
  const path = `/teams/${world.team.id}`
  const patch = { display_name: 'New name', description: 'described' }
  await world.watch.expect(() => done(anna.put(`${path}/patch`, patch)), { says: ['update_team'], ...unseen })
  await world.watch.expect(() => done(anna.put(`${path}/privacy`, { privacy: 'I' })), unseen)
  await world.watch.expect(() => done(anna.post(`${path}/regenerate_invite_id`)), unseen)
})

test('who administers a team', async () => {
  const path = `/teams/${world.team.id}/members/${world.ben.id}`
  await world.watch.expect(() => done(anna.put(`${path}/schemeRoles`, { scheme_user: true, scheme_admin: true })), {
    says: ['memberrole_updated'],
    ...unseen,
  })
  await world.watch.expect(() => done(anna.put(`${path}/roles`, { roles: 'team_user' })), unseen)
})

test('a team is archived, restored and removed for good', async () => {
  const name = 'short-lived'
  const team = await done(anna.post('/teams', { name, display_name: name, type: 'O' }))
  const join = () => done(anna.post(`/teams/${team.id}/members`, { team_id: team.id, user_id: world.ben.id }))
  await world.watch.expect(join, { says: ['added_to_team'], ...unseen })
  await world.watch.expect(() => done(anna.delete(`/teams/${team.id}`)), { says: ['delete_team'], ...unseen })
  await world.watch.expect(() => done(admin.post(`/teams/${team.id}/restore`)), { says: ['restore_team'], ...unseen })
  await world.watch.expect(() => done(admin.delete(`/teams/${team.id}?permanent=true`)), {
    says: ['delete_team'],
    ...unseen,
  })
})

test('profiles change', async () => {
  const patch = { nickname: 'Benny', first_name: 'Ben', position: 'tester', props: { custom: 'x' } }
  await world.watch.expect(() => done(ben.put('/users/me/patch', patch)), { says: ['user_updated'] })
  await world.watch.expect(() => done(ben.put('/users/me/patch', { username: 'benjamin' })))
  await world.watch.expect(() => done(ben.put('/users/me/patch', { notify_props: { desktop: 'all' }, locale: 'ko' })))
  await world.watch.expect(() =>
    done(
      ben.put('/users/me/patch', {
        timezone: { useAutomaticTimezone: 'false', manualTimezone: 'Asia/Seoul', automaticTimezone: '' },
      }),
    ),
  )
  const custom = { emoji: 'calendar', text: 'in a meeting', duration: '', expires_at: '' }
  await world.watch.expect(() => done(ben.put('/users/me/status/custom', custom)))
  await world.watch.expect(() => done(ben.delete('/users/me/status/custom')))
})

test('my status', async () => {
  const status = (value: string) => () => done(ben.put('/users/me/status', { user_id: world.ben.id, status: value }))
  await world.watch.expect(status('dnd'), { says: ['status_change'], unseenBy: ['anna', 'olga'] })
  await world.watch.expect(status('online'), { unseenBy: ['anna', 'olga'] })
})

test('roles of a person, and the accounts of others', async () => {
  const roles = (value: string) => () => done(admin.put(`/users/${world.ben.id}/roles`, { roles: value }))
  await world.watch.expect(roles('system_user system_manager'), { says: ['user_role_updated'] })
  await world.watch.expect(roles('system_user'))
  const carla = { email: 'carla@example.com', username: 'carla', password: 'Long-enough-123' }
  let id = ''
  await world.watch.expect(async () => (id = (await done(admin.post('/users', carla))).id), { says: ['new_user'] })
  await world.watch.expect(() => done(anna.post(`/teams/${world.team.id}/members`, member(id))), unseen)
  await world.watch.expect(() => done(admin.put(`/users/${id}/active`, { active: false })), {
    says: ['user_activation_status_change', 'user_updated'],
  })
  await world.watch.expect(() => done(admin.put(`/users/${id}/active`, { active: true })))
  await world.watch.expect(() => done(admin.delete(`/users/${id}?permanent=true`)))
})

test('a member becomes a guest, guests are switched off, and a guest becomes a member', async () => {
  await world.watch.expect(() => done(admin.post(`/users/${world.ben.id}/demote`)), {
    says: ['user_role_updated', 'memberrole_updated', 'channel_member_updated'],
  })
  await world.watch.expect(() => done(admin.post(`/users/${world.ben.id}/promote`)))
  const guest = await world.server.make.guest()
  await world.server.make.joinTeam(world.team.id, guest, { guest: true })
  await world.watch.expect(
    () => done(anna.post(`/channels/${world.team.offTopic}/members`, { user_id: guest.id })),
    unseen,
  )
  await world.watch.expect(() => done(admin.put('/config/patch', { GuestAccountsSettings: { Enable: false } })), {
    says: ['guests_deactivated', 'user_activation_status_change', 'config_changed'],
  })
})
