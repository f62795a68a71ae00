/* oxlint-disable vitest/expect-expect -- `watch.expect` is the assertion */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../../testkit/client.ts'
import { done, startWorld } from './world.ts'
import type { World } from './world.ts'

let world: World
let anna: Client
let ben: Client
let admin: Client
const unseen = { unseenBy: ['olga'] }
const onlyAnna = { unseenBy: ['ben', 'olga'] }

beforeAll(async () => {
  const config = { ServiceSettings: { EnableAPIChannelDeletion: true } }
  world = await startWorld(undefined, { config })
  anna = world.server.as(world.anna)
  ben = world.server.as(world.ben)
  admin = world.server.as(world.admin)
})
afterAll(() => world?.stop())

let made = 0
async function create(type: 'O' | 'P', members: readonly { id: string }[] = []): Promise<{ id: string; name: string }> {
  const name = `made-${++made}`
  const channel = await done(anna.post('/channels', { team_id: world.team.id, name, display_name: name, type }))
  for (const { id } of members) await done(anna.post(`/channels/${channel.id}/members`, { user_id: id }))
  return channel
}

test('a channel is made, joined, and left', async () => {
  let id = ''
  await world.watch.expect(async () => (id = (await create('O')).id), {
    says: ['channel_created', 'posted'],
    ...onlyAnna,
  })
  const join = () => done(ben.post(`/channels/${id}/members`, { user_id: world.ben.id }))
  await world.watch.expect(join, { says: ['user_added', 'posted'], ...unseen })
  await world.watch.expect(() => done(ben.post('/posts', { channel_id: id, message: 'here' })), unseen)
  await world.watch.expect(() => done(ben.delete(`/channels/${id}/members/me`)), { says: ['user_removed'], ...unseen })
})

test('somebody is brought into a private channel and taken out of it', async () => {
  const { id } = await create('P')
  const root = await done(anna.post('/posts', { channel_id: id, message: 'in private' }))
  await world.watch.expect(() => done(anna.post(`/channels/${id}/members`, { user_id: world.ben.id })), {
    says: ['user_added'],
    ...unseen,
  })
  const reply = () => done(ben.post('/posts', { channel_id: id, message: 'a reply', root_id: root.id }))
  await world.watch.expect(reply, unseen)
  const draft = { channel_id: id, message: 'unfinished', user_id: world.ben.id, root_id: '' }
  await world.watch.expect(() => done(ben.post('/drafts', draft)), { unseenBy: ['anna', 'olga'] })
  const scheduled = { channel_id: id, message: 'later', scheduled_at: Date.now() + 3_600_000 }
  await world.watch.expect(() => done(ben.post('/posts/schedule', scheduled)), { unseenBy: ['anna', 'olga'] })
  await world.watch.expect(() => done(anna.delete(`/channels/${id}/members/${world.ben.id}`)), {
    says: ['user_removed'],
    ...unseen,
  })
  await world.watch.expect(() => done(anna.post(`/channels/${id}/members`, { user_id: world.ben.id })), unseen)
})

test('header, name and purpose change', async () => {
  const { id } = await create('O', [world.ben])
  for (const change of [{ header: 'about ~town-square' }, { display_name: 'Renamed' }, { purpose: 'why' }]) {
    await world.watch.expect(() => done(anna.put(`/channels/${id}/patch`, change)), {
      says: ['channel_updated'],
      ...unseen,
    })
  }
})

test('a channel becomes private and public', async () => {
  const { id } = await create('O', [world.ben])
  const privacy = (to: string) => () => done(anna.put(`/channels/${id}/privacy`, { privacy: to }))
  await world.watch.expect(privacy('P'), { says: ['channel_converted', 'channel_updated'], ...unseen })
  await world.watch.expect(() => done(admin.put(`/channels/${id}/privacy`, { privacy: 'O' })), unseen)
})

test.each(['O', 'P'] as const)('a channel of type %s is archived, restored and removed for good', async (type) => {
  const { id } = await create(type, [world.ben])
  const root = await done(anna.post('/posts', { channel_id: id, message: '@ben root' }))
  await done(anna.post('/posts', { channel_id: id, message: '@ben reply', root_id: root.id }))
  await world.watch.expect(() => done(anna.delete(`/channels/${id}`)), { says: ['channel_deleted'], ...unseen })
  await world.watch.expect(() => done(anna.post(`/channels/${id}/restore`)), { says: ['channel_restored'], ...unseen })
  await world.watch.expect(() => done(admin.delete(`/channels/${id}?permanent=true`)), {
    says: ['channel_deleted'],
    ...unseen,
  })
})

test('what I want to be told, and who administers a channel', async () => {
  const { id } = await create('O', [world.ben])
  const props = { user_id: world.ben.id, channel_id: id, desktop: 'all', mark_unread: 'mention' }
  await world.watch.expect(() => done(ben.put(`/channels/${id}/members/me/notify_props`, props)), {
    says: ['channel_member_updated'],
    unseenBy: ['anna', 'olga'],
  })
  const roles = { scheme_user: true, scheme_admin: true }
  await world.watch.expect(() => done(anna.put(`/channels/${id}/members/${world.ben.id}/schemeRoles`, roles)), {
    says: ['channel_member_updated'],
    ...unseen,
  })
  const plain = { roles: 'channel_user' }
  await world.watch.expect(() => done(anna.put(`/channels/${id}/members/${world.ben.id}/roles`, plain)), unseen)
})

test('members of a channel lose the right to post, and get it back', async () => {
  const { id } = await create('O', [world.ben])
  const moderate = (members: boolean) => () =>
    done(admin.put(`/channels/${id}/moderations/patch`, [{ name: 'create_post', roles: { members } }]))
  await world.watch.expect(moderate(false), { says: ['channel_scheme_updated', 'role_updated'], ...unseen })
  const reactions = [{ name: 'create_reactions', roles: { members: false } }]
  await world.watch.expect(() => done(admin.put(`/channels/${id}/moderations/patch`, reactions)), {
    says: ['role_updated'],
    ...unseen,
  })
  await world.watch.expect(
    () =>
      done(admin.put(`/channels/${id}/moderations/patch`, [{ name: 'create_reactions', roles: { members: true } }])),
    unseen,
  )
  await world.watch.expect(moderate(true), { says: ['channel_scheme_updated'], ...unseen })
})

test('direct and group messages are opened, and a group becomes a channel', async () => {
  let direct = ''
  await world.watch.expect(
    async () => (direct = (await done(anna.post('/channels/direct', [world.anna.id, world.ben.id]))).id),
    { says: ['direct_added'], ...unseen },
  )
  await world.watch.expect(() => done(ben.post('/posts', { channel_id: direct, message: 'hi' })), unseen)
  await world.watch.expect(() => done(anna.post('/channels/direct', [world.anna.id, world.olga.id])), {
    says: ['direct_added'],
    unseenBy: ['ben'],
  })
  const carla = await world.server.make.user({ username: 'carla' })
  await world.server.make.joinTeam(world.team.id, carla)
  let group = ''
  await world.watch.expect(
    async () => (group = (await done(anna.post('/channels/group', [world.ben.id, carla.id]))).id),
    { says: ['group_added'], ...unseen },
  )
  const root = await done(anna.post('/posts', { channel_id: group, message: 'root' }))
  await world.watch.expect(
    () => done(ben.post('/posts', { channel_id: group, message: 'reply', root_id: root.id })),
    unseen,
  )
  const conversion = { channel_id: group, team_id: world.team.id, name: 'was-group', display_name: 'Was a group' }
  await world.watch.expect(
    () => done(anna.post(`/channels/${group}/convert_to_channel?team_id=${world.team.id}`, conversion)),
    unseen,
  )
  expect(world.watch.state('ben').channels[group]?.type).toBe('P')
})

test('a channel moves to another team, and its members outside that team lose it', async () => {
  const { id } = await create('O', [world.ben])
  const other = await done(anna.post('/teams', { name: 'elsewhere', display_name: 'Elsewhere', type: 'O' }))
  const ids = [world.anna.id, world.ben.id]
  await done(anna.post(`/teams/${other.id}/members`, { team_id: other.id, user_id: ids[1] }))
  await done(anna.delete(`/teams/${other.id}/members/${ids[0]}`))
  await world.watch.expect(() => done(admin.post(`/channels/${id}/move`, { team_id: other.id, force: true })), {
    says: ['user_removed', 'channel_updated'],
    ...unseen,
  })
})
