import { afterAll, beforeAll, expect, test } from 'vitest'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { createDefaultChannels, joinDefaultChannels, leaveTeamChannels } from './join-default-channels.ts'

let server: TestServer

beforeAll(async () => {
  server = await TestServer.start()
})
afterAll(() => server.stop())

const namesOf = async (userid: string) => {
  const rows = await server.app.db
    .selectFrom('channelmembers')
    .innerJoin('channels', 'channels.id', 'channelmembers.channelid')
    .select('channels.name')
    .where('channelmembers.userid', '=', userid)
    .orderBy('channels.name')
    .execute()
  return rows.map((row) => row.name)
}

test('a new member joins the default channels, a guest none, and leaving the team ends all of it', async () => {
  const { app } = server
  const [anna, ben, guest] = [await server.make.user(), await server.make.user(), await server.make.guest()]
  const teamId = newId()
  await app.unitOfWork((tx) => createDefaultChannels(app, tx, teamId, anna.id))
  const socket = await server.socket(anna)
  await app.unitOfWork((tx) => joinDefaultChannels(app, tx, teamId, anna.id, { guest: false, admin: true }))
  await app.unitOfWork((tx) => joinDefaultChannels(app, tx, teamId, guest.id, { guest: true, admin: false }))
  expect(await namesOf(anna.id)).toEqual(['off-topic', 'town-square'])
  expect(await namesOf(guest.id)).toEqual([])
  await socket.heard('posted', ({ data }) => JSON.parse(data.post).type === 'system_join_team')
  await socket.heard('posted', ({ data }) => JSON.parse(data.post).type === 'system_join_channel')
  const by = { guest: false, admin: false, addedBy: anna.id }
  await app.unitOfWork((tx) => joinDefaultChannels(app, tx, teamId, ben.id, by))
  const added = await socket.heard('posted', ({ data }) => JSON.parse(data.post).type === 'system_add_to_team')
  expect(JSON.parse(added.data.post).props).toMatchObject({ addedUserId: ben.id, username: anna.username })
  await app.unitOfWork((tx) => leaveTeamChannels(app, tx, teamId, ben.id, { removedBy: anna.id }))
  await socket.heard('posted', ({ data }) => JSON.parse(data.post).type === 'system_remove_from_team')
  expect(await namesOf(ben.id)).toEqual([])
})

test('the configuration names other default channels', async () => {
  const { app } = server
  const team = await server.make.team()
  await server.make.channel(team.id, [], { name: 'news' })
  const anna = await server.make.user()
  await app.config.patch({
    TeamSettings: { ExperimentalDefaultChannels: ['news'] },
    ServiceSettings: { ExperimentalEnableDefaultChannelLeaveJoinMessages: false },
  })
  await app.unitOfWork((tx) => joinDefaultChannels(app, tx, team.id, anna.id, { guest: false, admin: false }))
  expect(await namesOf(anna.id)).toEqual(['news', 'town-square'])
})
