import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import { PersistentNotificationSender } from './persistent-notification-sender.ts'

const MINUTE = 60_000
let server: TestServer
let sender: PersistentNotificationSender
let anna: Person
let ben: Person
let cho: Person
let guest: Person
let team: { id: string; name: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start({ config: { ServiceSettings: { PersistentNotificationMaxRecipients: 2 } } })
  const { make } = server
  ;[anna, ben, cho, guest] = await Promise.all([make.user(), make.user(), make.user(), make.guest()])
  team = await make.team([anna, ben, cho])
  await make.joinTeam(team.id, guest, { guest: true })
  await make.joinChannel(team.townSquare, guest, { guest: true })
  sender = new PersistentNotificationSender(server.app)
})
afterAll(async () => {
  await sender.stop()
  await server.stop()
})

const metadata = { priority: { priority: 'urgent', persistent_notifications: true } }
const urgent = (message: string, person = anna, channelId = team.townSquare) =>
  server.as(person).post('/posts', { channel_id: channelId, message, metadata })
const row = (postid: string) =>
  server.app.db.selectFrom('persistentnotifications').selectAll().where('postid', '=', postid).executeTakeFirst()
const isRepeated = async (postId: string) => (await row(postId))?.deleteat === 0
const at = (...people: Person[]) => people.map((person) => `@${person.username}`).join(' ')

test('needs somebody who is mentioned, and not too many', async () => {
  const nobody = await urgent('now!')
  expect([nobody.status, nobody.body.id]).toEqual([
    400,
    'api.post.post_priority.min_recipients_persistent_notification_post.request_error',
  ])
  expect((await urgent('@channel now!')).status).toBe(400)
  expect((await urgent(`${at(anna)} I mean myself`)).status).toBe(400)
  const many = await urgent(at(ben, cho, guest))
  expect([many.status, many.body.id]).toEqual([
    400,
    'api.post.post_priority.max_recipients_persistent_notification_post.request_error',
  ])
  expect((await urgent(at(ben, cho))).status).toBe(201)
  const direct = await server.make.direct(anna, ben)
  expect((await urgent('now!', anna, direct.id)).status).toBe(201)
})

test('everyone in a mentioned group counts', async () => {
  const id = newId()
  const texts = { name: 'crew', displayname: 'crew', description: '', source: 'custom', remoteid: id }
  const times = { createat: 1, updateat: 1, deleteat: 0 }
  await server.app.db
    .insertInto('usergroups')
    .values({ id, ...texts, ...times, allowreference: true })
    .execute()
  for (const { id: userid } of [ben, cho, guest]) {
    await server.app.db.insertInto('groupmembers').values({ groupid: id, userid, createat: 1, deleteat: 0 }).execute()
  }
  await server.app.delivery.deliver([{ kind: 'groups' }], [])
  expect((await urgent('@crew')).status).toBe(400)
})

test('guests only where the server lets them', async () => {
  const refused = await urgent(at(ben), guest)
  expect([refused.status, refused.body.id]).toEqual([
    403,
    'api.post.post_priority.priority_post_not_allowed_for_user.request_error',
  ])
  const { body: post } = await urgent(at(ben, guest))
  await server.as(guest).post('/reactions', { user_id: guest.id, post_id: post.id, emoji_name: 'ok' })
  expect(await isRepeated(post.id)).toBe(true)
  await server.app.config.patch({ ServiceSettings: { AllowPersistentNotificationsForGuests: true } })
  expect((await urgent(at(ben), guest)).status).toBe(201)
  await server.as(guest).post('/reactions', { user_id: guest.id, post_id: post.id, emoji_name: 'eyes' })
  expect(await isRepeated(post.id)).toBe(false)
  await server.app.config.patch({ ServiceSettings: { AllowPersistentNotificationsForGuests: false } })
})

test('a reaction, an acknowledgement or a reply of one who is mentioned ends it, of another not', async () => {
  const react = (person: Person, id: string) =>
    server.as(person).post('/reactions', { user_id: person.id, post_id: id, emoji_name: 'ok' })
  const first = (await urgent(at(ben))).body
  await react(cho, first.id)
  await react(anna, first.id)
  expect(await isRepeated(first.id)).toBe(true)
  await react(ben, first.id)
  expect(await isRepeated(first.id)).toBe(false)

  const second = (await urgent(at(ben))).body
  await server.as(cho).post(`/users/me/posts/${second.id}/ack`)
  expect(await isRepeated(second.id)).toBe(true)
  await server.as(ben).post(`/users/me/posts/${second.id}/ack`)
  expect(await isRepeated(second.id)).toBe(false)

  const third = (await urgent(at(ben))).body
  const reply = { channel_id: team.townSquare, root_id: third.id, message: 'on it' }
  for (const person of [cho, anna]) await server.as(person).post('/posts', reply)
  await server.as(ben).post('/posts', reply)
  await expect.poll(() => isRepeated(third.id)).toBe(false)

  const fourth = (await urgent(at(ben))).body
  await server.as(anna).delete(`/posts/${fourth.id}`)
  expect(await isRepeated(fourth.id)).toBe(false)
})

test('is repeated to those mentioned, at intervals, so often and no more', async () => {
  const { body: post } = await urgent(`${at(ben)} look`)
  const [bens, chos] = [await server.socket(ben), await server.socket(cho)]
  const heard = () =>
    bens.named('persistent_notification_triggered').filter(({ post: json }) => JSON.parse(json).id === post.id)
  const run = async (minutes: number) => {
    await sender.run(post.create_at + minutes * MINUTE)
    await bens.settle()
    return heard().length
  }
  expect(await run(4)).toBe(0)
  expect(await run(5)).toBe(1)
  expect(heard()[0]).toMatchObject({
    channel_type: 'O',
    channel_name: 'town-square',
    channel_display_name: 'Town Square',
    sender_name: `@${anna.username}`,
    team_id: team.id,
    mentions: JSON.stringify([ben.id]),
  })
  expect(JSON.parse(heard()[0]!.post)).toMatchObject({
    message: post.message,
    metadata: { priority: { priority: 'urgent', persistent_notifications: true } },
  })
  expect(await run(7)).toBe(1)
  expect(await run(10)).toBe(2)
  for (const minutes of [15, 20, 25, 30, 35, 40]) await run(minutes)
  expect(heard()).toHaveLength(6)
  expect(await row(post.id)).toMatchObject({ sentcount: 6 })
  expect(await isRepeated(post.id)).toBe(false)
  await chos.settle()
  const others = chos.named('persistent_notification_triggered').map(({ post: json }) => JSON.parse(json).id)
  expect(others).not.toContain(post.id)
  bens.close()
  chos.close()
})

test('two processes send once; switched off, nobody does', async () => {
  const { body: post } = await urgent(`${at(ben)} once`)
  const socket = await server.socket(ben)
  const heard = () =>
    socket.named('persistent_notification_triggered').filter(({ post: json }) => JSON.parse(json).id === post.id)
  const now = post.create_at + 5 * MINUTE
  await server.app.config.patch({ ServiceSettings: { AllowPersistentNotifications: false } })
  await sender.run(now)
  await server.app.config.patch({ ServiceSettings: { AllowPersistentNotifications: true } })
  await socket.settle()
  expect(heard()).toHaveLength(0)
  const second = new PersistentNotificationSender(server.app)
  await Promise.all([sender.run(now), second.run(now)])
  await socket.settle()
  expect(heard()).toHaveLength(1)
  socket.close()
})
