import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let anna: Person
let outsider: Person
let team: { id: string }
let channel: { id: string }
let directory: string
let custom: string

/** A group as a directory's synchronisation left it in the database. */
async function makeGroup(source: string): Promise<string> {
  const id = newId()
  const texts = { name: `${source}-${id.slice(0, 5)}`, displayname: 'People', description: '' }
  const times = { createat: 1, updateat: 1, deleteat: 0 }
  await server.app.db
    .insertInto('usergroups')
    .values({ id, ...texts, source, remoteid: source === 'ldap' ? id : null, allowreference: true, ...times })
    .execute()
  return id
}

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, outsider] = await Promise.all([server.make.admin(), server.make.user(), server.make.user()])
  team = await server.make.team([admin, anna])
  channel = await server.make.channel(team.id, [admin, anna], { type: 'P' })
  ;[directory, custom] = await Promise.all([makeGroup('ldap'), makeGroup('custom')])
})
afterAll(() => server.stop())

test('a link to a channel is a link to its team too, and both hear of it', async () => {
  const [hers, theirs] = await Promise.all([server.socket(anna), server.socket(outsider)])
  const path = `/groups/${directory}/channels/${channel.id}`
  const linked = await server.as(admin).post(`${path}/link`, { auto_add: true })
  expect([linked.status, linked.body.auto_add, linked.body.scheme_admin]).toEqual([201, true, false])
  expect((await hers.heard('received_group_associated_to_channel')).data.group_id).toBe(directory)
  expect((await hers.heard('received_group_associated_to_team')).data.group_id).toBe(directory)
  await theirs.settle()
  expect(theirs.events.filter((one) => one.event.startsWith('received_group'))).toEqual([])
  const patched = await server.as(admin).put(`${path}/patch`, { scheme_admin: true })
  expect([patched.status, patched.body.auto_add, patched.body.scheme_admin]).toEqual([200, true, true])
  expect((await server.as(admin).get(path)).body).toMatchObject({ group_id: directory, channel_id: channel.id })
  expect((await server.as(admin).get(`/groups/${directory}/channels`)).body).toMatchObject([{ channel_type: 'P' }])
  expect((await server.as(admin).get(`/groups/${directory}/teams`)).body).toMatchObject([{ team_id: team.id }])
  for (const socket of [hers, theirs]) socket.close()
})

test('who sees the groups of a place', async () => {
  const ofChannel = await server.as(admin).get(`/channels/${channel.id}/groups?include_member_count=true`)
  expect(ofChannel.body).toMatchObject({ groups: [{ id: directory, scheme_admin: true }], total_group_count: 1 })
  const ofTeam = await server.as(anna).get(`/teams/${team.id}/groups?paginate=false`)
  expect(ofTeam.body.total_group_count).toBe(1)
  const byChannels = await server.as(anna).get(`/teams/${team.id}/groups_by_channels`)
  expect(Object.keys(byChannels.body.groups)).toEqual([channel.id])
  for (const path of [
    `channels/${channel.id}/groups`,
    `teams/${team.id}/groups`,
    `teams/${team.id}/groups_by_channels`,
  ])
    expect((await server.as(outsider).get(`/${path}`)).status, path).toBe(403)
  const left = await server.as(admin).get(`/groups?not_associated_to_team=${team.id}`)
  expect(left.body.map((one: { id: string }) => one.id)).toEqual([custom])
  expect((await server.as(outsider).get(`/groups?not_associated_to_team=${team.id}`)).status).toBe(403)
})

test('who may link: not strangers, not to rule, and not groups that people made', async () => {
  const path = `/groups/${directory}/teams/${team.id}`
  expect((await server.as(outsider).post(`${path}/link`, {})).status).toBe(403)
  expect((await server.as(anna).put(`${path}/patch`, { scheme_admin: true })).status).toBe(403)
  expect((await server.as(anna).get(path)).status).toBe(403)
  expect((await server.as(anna).get(`/groups/${directory}/teams`)).status).toBe(403)
  expect((await server.as(admin).post(`/groups/${custom}/teams/${team.id}/link`, {})).status).toBe(400)
  expect((await server.as(admin).post(`/groups/${newId()}/teams/${team.id}/link`, {})).status).toBe(404)
  expect((await server.as(admin).post(`/groups/${directory}/teams/${newId()}/link`, {})).status).toBe(404)
  expect((await server.as(admin).post(`${path}/link`, { auto_add: 'yes' })).status).toBe(400)
  expect((await server.as(anna).get(`/groups/${directory}`)).status).toBe(403)
  expect((await server.as(anna).put(`/groups/${directory}/patch`, { name: 'mine' })).status).toBe(403)
})

test('cutting the team’s link cuts those of its channels', async () => {
  const socket = await server.socket(anna)
  const path = `/groups/${directory}/teams/${team.id}`
  expect((await server.as(outsider).delete(`${path}/link`)).status).toBe(403)
  expect((await server.as(admin).delete(`${path}/link`)).status).toBe(200)
  await socket.heard('received_group_not_associated_to_team')
  await socket.heard('received_group_not_associated_to_channel')
  expect((await server.as(admin).get(`/groups/${directory}/channels`)).body).toEqual([])
  expect((await server.as(admin).delete(`${path}/link`)).status).toBe(404)
  expect((await server.as(admin).put(`${path}/patch`, {})).status).toBe(404)
  expect((await server.as(admin).get(path)).status).toBe(404)
  socket.close()
})
