/* oxlint-disable vitest/expect-expect -- `watch.expect` is the assertion */
import { afterAll, beforeAll, test } from 'vitest'
import sharp from 'sharp'
import type { Client } from '../../testkit/client.ts'
import { newId } from '../../server/src/ids.ts'
import { done, startWorld } from './world.ts'
import type { World } from './world.ts'

// What many share: bookmarks of a channel, emojis, groups, roles, the configuration.

let world: World
let anna: Client
let ben: Client
let admin: Client
const unseen = { unseenBy: ['olga'] }

beforeAll(async () => {
  world = await startWorld()
  anna = world.server.as(world.anna)
  ben = world.server.as(world.ben)
  admin = world.server.as(world.admin)
})
afterAll(() => world?.stop())

test('bookmarks of a channel are made, changed, sorted and deleted', async () => {
  const path = `/channels/${world.team.townSquare}/bookmarks`
  const link = { display_name: 'Wiki', type: 'link', link_url: 'https://wiki.example.com' }
  let first = { id: '' }
  await world.watch.expect(async () => (first = await done(anna.post(path, link))), {
    says: ['channel_bookmark_created'],
    ...unseen,
  })
  const second = await done(anna.post(path, { ...link, display_name: 'Second' }))
  const rename = (by: Client, name: string) => () =>
    done(by.call('PATCH', `${path}/${first.id}`, { display_name: name }))
  await world.watch.expect(rename(anna, 'Renamed'), { says: ['channel_bookmark_updated'], ...unseen })
  await world.watch.expect(() => done(anna.post(`${path}/${second.id}/sort_order`, '0')), {
    says: ['channel_bookmark_sorted'],
    ...unseen,
  })
  await world.watch.expect(rename(ben, 'By another'), unseen)
  await world.watch.expect(() => done(anna.delete(`${path}/${second.id}`)), {
    says: ['channel_bookmark_deleted'],
    ...unseen,
  })
})

test('a custom emoji is added', async () => {
  const create = { width: 8, height: 8, channels: 3, background: '#f00' } as const
  const image = await sharp({ create }).png().toBuffer()
  const form = new FormData()
  form.append('image', new Blob([new Uint8Array(image)], { type: 'image/png' }), 'red.png')
  form.append('emoji', JSON.stringify({ name: 'red-square', creator_id: world.anna.id }))
  await world.watch.expect(() => done(anna.post('/emoji', form)), { says: ['emoji_added'] })
  const post = { channel_id: world.team.townSquare, message: 'see :red-square:' }
  await world.watch.expect(() => done(anna.post('/posts', post)), unseen)
})

test('groups are made, changed, joined, left, archived and restored', async () => {
  const draft = {
    name: 'testers',
    display_name: 'Testers',
    source: 'custom',
    allow_reference: true,
    user_ids: [world.anna.id],
  }
  let id = ''
  await world.watch.expect(async () => (id = (await done(anna.post('/groups', draft))).id), {
    says: ['received_group', 'group_member_add'],
  })
  await world.watch.expect(() => done(anna.put(`/groups/${id}/patch`, { display_name: 'All testers' })))
  const members = { user_ids: [world.ben.id] }
  await world.watch.expect(() => done(anna.post(`/groups/${id}/members`, members)), unseen)
  await world.watch.expect(() => done(anna.delete(`/groups/${id}/members`, members)), {
    says: ['group_member_deleted'],
    ...unseen,
  })
  await world.watch.expect(() => done(anna.delete(`/groups/${id}`)))
  await world.watch.expect(() => done(admin.post(`/groups/${id}/restore`)))
})

test('a directory’s group is linked to a team and a channel, and both links are cut', async () => {
  const id = newId()
  const texts = { name: 'directory', displayname: 'Directory', description: '' }
  const times = { createat: 1, updateat: 1, deleteat: 0 }
  const row = { id, ...texts, source: 'ldap', remoteid: id, allowreference: false, ...times }
  await world.server.app.db.insertInto('usergroups').values(row).execute()
  const link = (kind: string, place: string) => `/groups/${id}/${kind}/${place}/link`
  const ofTeam = link('teams', world.team.id)
  const ofChannel = link('channels', world.team.townSquare)
  const auto = { auto_add: true }
  await world.watch.expect(() => done(admin.post(ofTeam, auto)), {
    says: ['received_group_associated_to_team'],
    ...unseen,
  })
  await world.watch.expect(() => done(admin.post(ofChannel, auto)), {
    says: ['received_group_associated_to_channel'],
    ...unseen,
  })
  await world.watch.expect(() => done(admin.delete(ofChannel)), {
    says: ['received_group_not_associated_to_channel'],
    ...unseen,
  })
  await world.watch.expect(() => done(admin.delete(ofTeam)), {
    says: ['received_group_not_associated_to_team'],
    ...unseen,
  })
})

test('what a role allows', async () => {
  const role = await done(admin.get('/roles/name/channel_user'))
  const without = role.permissions.filter((one: string) => one !== 'add_reaction')
  await world.watch.expect(() => done(admin.put(`/roles/${role.id}/patch`, { permissions: without })), {
    says: ['role_updated'],
  })
  await world.watch.expect(() => done(admin.put(`/roles/${role.id}/patch`, { permissions: role.permissions })))
})

test('a team gets a permission scheme, which changes and goes', async () => {
  const scheme = await done(admin.post('/schemes', { display_name: 'Strict', scope: 'team', description: '' }))
  await world.watch.expect(() => done(admin.put(`/teams/${world.team.id}/scheme`, { scheme_id: scheme.id })), {
    says: ['update_team_scheme'],
    ...unseen,
  })
  const role = await done(admin.get(`/roles/name/${scheme.default_channel_user_role}`))
  const permissions = role.permissions.filter((one: string) => one !== 'create_post')
  await world.watch.expect(() => done(admin.put(`/roles/${role.id}/patch`, { permissions })), {
    says: ['role_updated'],
    ...unseen,
  })
  await world.watch.expect(() => done(admin.delete(`/schemes/${scheme.id}`)), {
    says: ['update_team_scheme'],
    ...unseen,
  })
})

test('a channel gets a permission scheme, which goes', async () => {
  const scheme = await done(admin.post('/schemes', { display_name: 'Quiet', scope: 'channel', description: '' }))
  const path = `/channels/${world.team.offTopic}/scheme`
  await world.watch.expect(() => done(admin.put(path, { scheme_id: scheme.id })), {
    says: ['channel_scheme_updated'],
    ...unseen,
  })
  await world.watch.expect(() => done(admin.delete(`/schemes/${scheme.id}`)), unseen)
})

test('the configuration changes', async () => {
  await world.watch.expect(() => done(admin.put('/config/patch', { TeamSettings: { SiteName: 'Elsewhere' } })), {
    says: ['config_changed'],
  })
})
