import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Post } from '../posts/post.ts'
import { ReminderSender } from './reminder-sender.ts'

let server: TestServer
let sender: ReminderSender
let anna: Person
let ben: Person
let outsider: Person
let team: { id: string; name: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { SiteURL: 'https://chat.example.com' } } })
  sender = new ReminderSender(server.app)
  ;[anna, ben, outsider] = await Promise.all([server.make.user(), server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

async function say(channelId: string, message: string): Promise<Post> {
  return (await server.as(anna).post('/posts', { channel_id: channelId, message })).body
}

const remind = (person: Person, post: Post, target_time: unknown) =>
  server.as(person).post(`/users/me/posts/${post.id}/reminder`, { target_time })

const waiting = (post: Post) =>
  server.app.db.selectFrom('postreminders').selectAll().where('postid', '=', post.id).execute()

test('a reminder is confirmed, comes as a direct message of the bot, once', async () => {
  const post = await say(team.townSquare, 'remember me')
  const [own, other] = [await server.socket(ben), await server.socket(anna)]
  expect((await remind(ben, post, 2000)).body).toEqual({ status: 'OK' })
  const note = JSON.parse((await own.heard('ephemeral_message')).data.post)
  expect(note.props).toMatchObject({ target_time: 2000, type: 'reminder', post_id: post.id, team_name: team.name })
  await sender.run(1_999_999)
  expect(await waiting(post)).toHaveLength(1)
  await Promise.all([sender.run(2_000_000), new ReminderSender(server.app).run(2_000_000)])
  const posted = await own.heard('posted', (one) => JSON.parse(one.data.post).type === 'reminder')
  const message = JSON.parse(posted.data.post)
  expect(message.message).toContain(`https://chat.example.com/${team.name}/pl/${post.id}`)
  expect(message.props).toMatchObject({ post_id: post.id, username: anna.username })
  expect(posted.data).toMatchObject({ channel_type: 'D', sender_name: '@system-bot' })
  await Promise.all([own.settle(), other.settle()])
  expect(own.named('posted').filter((one) => JSON.parse(one.post).type === 'reminder')).toHaveLength(1)
  expect(other.named('ephemeral_message')).toEqual([])
  expect(await waiting(post)).toEqual([])
})

test('a second time replaces the first', async () => {
  const post = await say(team.townSquare, 'twice')
  await remind(ben, post, 9_000_000_000)
  await remind(ben, post, 9_000_000_001)
  expect(await waiting(post)).toEqual([{ postid: post.id, userid: ben.id, targettime: 9_000_000_001 }])
})

test('who lost the channel is told nothing of it', async () => {
  const channel = await server.make.channel(team.id, [anna, ben], { type: 'P' })
  const post = await say(channel.id, 'private')
  await remind(ben, post, 3000)
  await server.app.db
    .deleteFrom('channelmembers')
    .where('channelid', '=', channel.id)
    .where('userid', '=', ben.id)
    .execute()
  const change = { kind: 'channelMember', channelId: channel.id, userId: ben.id, present: false } as const
  await server.app.delivery.deliver([change], [])
  const socket = await server.socket(ben)
  await sender.run(3_000_000)
  expect(await waiting(post)).toEqual([])
  await socket.settle()
  expect(socket.named('posted')).toEqual([])
})

test('not for others, not for posts out of reach, not at impossible times', async () => {
  const post = await say(team.townSquare, 'x')
  const path = `/users/${ben.id}/posts/${post.id}/reminder`
  expect((await server.as(anna).post(path, { target_time: 5 })).status).toBe(403)
  expect((await remind(outsider, post, 5)).status).toBe(403)
  expect((await remind(ben, { ...post, id: newId() }, 5)).status).toBe(404)
  for (const time of [0, -5, 1.5, '5', {}, null, 1e15]) expect((await remind(ben, post, time)).status).toBe(400)
})
