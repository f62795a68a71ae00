import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { TestSocket } from '../../../testkit/socket.ts'
import { newId } from '../ids.ts'

let server: TestServer
let anna: Person
let ben: Person
let outsider: Person
let stranger: Person
let team: { id: string; townSquare: string; offTopic: string }
let socket: TestSocket

beforeAll(async () => {
  server = await TestServer.start({ config: { TeamSettings: { MaxNotificationsPerChannel: 3 } } })
  const { make } = server
  ;[anna, ben, outsider, stranger] = await Promise.all([make.user(), make.user(), make.user(), make.user()])
  team = await make.team([anna, ben])
  await make.joinTeam(team.id, outsider)
})
afterAll(() => server.stop())
beforeEach(async () => {
  socket = await server.socket(anna)
})
afterEach(async () => {
  await socket.settle()
  socket.close()
})

const say = async (message: string, channelId = team.offTopic, person = anna) =>
  (await server.as(person).post('/posts', { channel_id: channelId, message })).body
const notice = async (part: string) =>
  JSON.parse((await socket.heard('ephemeral_message', (one) => one.data.post.includes(part))).data.post)
const setUser = async (person: Person, values: object) => {
  await server.app.db.updateTable('users').set(values).where('id', '=', person.id).execute()
  await server.app.delivery.deliver([{ kind: 'user', userId: person.id }], [])
}

test('the author learns who is not in the channel, and who not even in the team', async () => {
  const bot = await server.make.user({ bot: true })
  const gone = await server.make.user()
  for (const person of [bot, gone]) await server.make.joinTeam(team.id, person)
  await setUser(gone, { deleteat: 5 })
  const others = await server.socket(ben)
  const names = [outsider, stranger, bot, gone, ben].map((person) => `@${person.username}`)
  const post = await say(`${names.join(' ')} @nobody.at.all`)
  const found = await notice('add_channel_member')
  expect(found).toMatchObject({ type: 'system_ephemeral', channel_id: team.offTopic, root_id: '' })
  expect(found.create_at).toBe(post.create_at + 1)
  expect(found.message).toContain(`@${outsider.username}`)
  expect(found.props.add_channel_member).toEqual({
    post_id: found.id,
    usernames: [outsider.username],
    user_ids: [outsider.id],
    not_in_channel_usernames: [outsider.username],
    not_in_channel_user_ids: [outsider.id],
    not_in_groups_usernames: [],
    not_in_groups_user_ids: [],
  })
  const foreign = await notice('not in this team')
  expect(foreign.message).toContain(`@${stranger.username}`)
  expect(foreign.message).not.toContain(gone.username)
  expect(foreign.props).toEqual({})
  await others.settle()
  expect(others.named('ephemeral_message')).toEqual([])
  others.close()
})

test('in the author’s language, in the thread of the reply', async () => {
  await setUser(anna, { locale: 'ko' })
  const root = await say('root')
  const body = { channel_id: team.offTopic, root_id: root.id, message: `@${outsider.username}` }
  await server.as(anna).post('/posts', body)
  expect(await notice('add_channel_member')).toMatchObject({
    message: `@${outsider.username} 님은 이 채널에 없어서 멘션 알림을 받지 못했습니다.`,
    root_id: root.id,
  })
  await setUser(anna, { locale: 'en' })
})

test('a guest hears only of people whom he may see', async () => {
  const guest = await server.make.guest()
  const seen = await server.make.user()
  await server.make.joinTeam(team.id, guest, { guest: true })
  await server.make.joinTeam(team.id, seen)
  await server.make.joinChannel(team.offTopic, guest, { guest: true })
  await server.make.channel(team.id, [guest, seen], { type: 'P' })
  const own = await server.socket(guest)
  await say(`@${outsider.username} @${stranger.username} @${seen.username}`, team.offTopic, guest)
  const heard = JSON.parse((await own.heard('ephemeral_message')).data.post)
  expect(heard.props.add_channel_member.user_ids).toEqual([seen.id])
  await own.settle()
  expect(own.named('ephemeral_message')).toHaveLength(1)
  own.close()
})

test('mentions of everybody in a large channel, one notice each', async () => {
  const channel = await server.make.channel(team.id, [anna, ben, await server.make.user()])
  await say('@channel and @here, please', channel.id)
  expect((await notice('@channel')).message).toContain('3 members')
  expect((await notice('@here')).props).toEqual({})
  await socket.settle()
  expect(socket.named('ephemeral_message')).toHaveLength(2)
})

async function group(name: string, people: readonly Person[]): Promise<string> {
  const id = newId()
  const times = { createat: 1, updateat: 1, deleteat: 0 }
  const texts = { name, displayname: name, description: '', source: 'custom', remoteid: id }
  await server.app.db
    .insertInto('usergroups')
    .values({ id, ...texts, ...times, allowreference: true })
    .execute()
  for (const person of people) {
    const row = { groupid: id, userid: person.id, createat: 1, deleteat: 0 }
    await server.app.db.insertInto('groupmembers').values(row).execute()
  }
  await server.app.delivery.deliver([{ kind: 'groups' }], [])
  return id
}

test('a group: its people in the team who are not in the channel; or nobody', async () => {
  await group('builders', [ben, outsider, stranger])
  await group('faraway', [stranger])
  await say('@builders and @faraway')
  expect((await notice('add_channel_member')).props.add_channel_member.user_ids).toEqual([outsider.id])
  expect((await notice('@faraway')).message).toContain('Nobody in @faraway')
  await socket.settle()
  expect(socket.named('ephemeral_message').some(({ post }) => post.includes(stranger.username))).toBe(false)
})

test('a channel of groups takes only their members', async () => {
  const channel = await server.make.channel(team.id, [anna], { type: 'P' })
  const inside = await server.make.user()
  await server.make.joinTeam(team.id, inside)
  const groupid = await group('linked', [inside])
  const link = {
    groupid,
    channelid: channel.id,
    autoadd: true,
    schemeadmin: false,
    createat: 1,
    updateat: 1,
    deleteat: 0,
  }
  await server.app.db.insertInto('groupchannels').values(link).execute()
  await server.app.db.updateTable('channels').set({ groupconstrained: true }).where('id', '=', channel.id).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId: channel.id }], [])
  await say(`@${inside.username} @${outsider.username}`, channel.id)
  expect((await notice('add_channel_member')).props.add_channel_member).toMatchObject({
    not_in_channel_user_ids: [inside.id],
    not_in_groups_user_ids: [outsider.id],
  })
})
