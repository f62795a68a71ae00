import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'
import type { Post } from '../posts/post.ts'

let server: TestServer
let anna: Person
let ben: Person
let admin: Person
let outsider: Person
let team: { id: string; townSquare: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben, admin, outsider] = await Promise.all([
    server.make.user(),
    server.make.user(),
    server.make.admin(),
    server.make.user(),
  ])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

async function say(message: string, channelId = team.townSquare): Promise<Post> {
  return (await server.as(anna).post('/posts', { channel_id: channelId, message })).body
}

const add = (person: Person, post: Post, emoji_name: string, user_id = person.id) =>
  server.as(person).post('/reactions', { user_id, post_id: post.id, emoji_name })

const remove = (person: Person, post: Post, name: string, user = 'me') =>
  server.as(person).delete(`/users/${user}/posts/${post.id}/reactions/${name}`)

const rowOf = (post: Post) =>
  server.app.db.selectFrom('posts').selectAll().where('id', '=', post.id).executeTakeFirstOrThrow()

test('a reaction is stored, heard by the channel and shown with the post', async () => {
  const post = await say('react')
  const [socket, stranger] = [await server.socket(anna), await server.socket(outsider)]
  const { status, body } = await add(ben, post, '+1')
  expect([status, body]).toMatchObject([200, { user_id: ben.id, emoji_name: '+1', channel_id: team.townSquare }])
  expect(JSON.parse((await socket.heard('reaction_added')).data.reaction)).toEqual(body)
  expect((await rowOf(post)).hasreactions).toBe(true)
  expect((await rowOf(post)).updateat).toBe(body.create_at)
  expect((await server.as(anna).get(`/posts/${post.id}/reactions`)).body).toEqual([body])
  const read = await server.as(anna).get(`/posts/${post.id}`)
  expect(read.body).toMatchObject({ has_reactions: true, metadata: { reactions: [{ emoji_name: '+1' }] } })
  await Promise.all([socket.settle(), stranger.settle()])
  expect(stranger.named('reaction_added')).toEqual([])
})

test('reacting twice is reacting once; removed and given again it is new', async () => {
  const post = await say('twice')
  const socket = await server.socket(anna)
  const first = await add(ben, post, 'tada')
  expect((await add(ben, post, 'tada')).body).toEqual(first.body)
  expect((await remove(ben, post, 'tada')).body).toEqual({ status: 'OK' })
  expect(JSON.parse((await socket.heard('reaction_removed')).data.reaction)).toMatchObject({ emoji_name: 'tada' })
  expect((await rowOf(post)).hasreactions).toBe(false)
  expect((await remove(ben, post, 'tada')).status).toBe(200)
  await add(ben, post, 'tada')
  expect((await server.as(anna).get(`/posts/${post.id}/reactions`)).body).toHaveLength(1)
  await socket.settle()
  expect([socket.named('reaction_added').length, socket.named('reaction_removed').length]).toEqual([2, 1])
})

describe('a post takes so many different emojis', () => {
  const limit = async (UniqueEmojiReactionLimitPerPost: number) => {
    const { status } = await server
      .as(admin)
      .put('/config/patch', { ServiceSettings: { UniqueEmojiReactionLimitPerPost } })
    expect(status).toBe(200)
  }
  beforeAll(() => limit(2))
  afterAll(() => limit(50))

  test('but everyone may join one that is there', async () => {
    const post = await say('limit')
    await Promise.all([add(anna, post, 'heart'), add(anna, post, 'smile')])
    const third = await add(ben, post, 'tada')
    expect([third.status, third.body.id]).toEqual([400, 'app.reaction.save.save.too_many_reactions'])
    expect((await add(ben, post, 'heart')).status).toBe(200)
  })

  test('also when they come at once', async () => {
    const post = await say('race')
    const names = ['heart', 'smile', 'tada', 'rocket', 'eyes', 'fire']
    const answers = await Promise.all(names.map((name) => add(anna, post, name)))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(2)
  })

  test('reacting twice is reacting once, also close to the limit', async () => {
    const post = await say('twice')
    const first = await add(ben, post, 'tada')
    expect((await add(ben, post, 'tada')).body).toEqual(first.body)
    expect((await rowOf(post)).hasreactions).toBe(true)
  })
})

test('the emoji must exist', async () => {
  const post = await say('emoji')
  const name = `blob_${newId()}`
  expect((await add(ben, post, name)).status).toBe(404)
  const emoji = { id: newId(), createat: 1, updateat: 1, deleteat: 0, creatorid: anna.id, name }
  await server.app.db.insertInto('emoji').values(emoji).execute()
  expect((await add(ben, post, name)).status).toBe(200)
  for (const wrong of ['', 'x'.repeat(65)]) expect((await add(ben, post, wrong)).status).toBe(400)
  expect((await add(ben, post, '../../x')).status).toBe(404)
})

test('only in the own name, only by members, only by administrators for others', async () => {
  const post = await say('whose')
  expect((await add(ben, post, 'heart', anna.id)).status).toBe(403)
  expect((await add(outsider, post, 'heart')).status).toBe(403)
  await add(anna, post, 'heart')
  expect((await remove(ben, post, 'heart', anna.id)).status).toBe(403)
  expect((await remove(admin, post, 'heart', anna.id)).status).toBe(200)
  expect((await server.as(ben).post('/reactions', { user_id: ben.id, post_id: {}, emoji_name: 1 })).status).toBe(400)
  expect((await add(ben, { ...post, id: newId() }, 'heart')).status).toBe(404)
  expect((await server.as(outsider).get(`/posts/${post.id}/reactions`)).status).toBe(403)
})

test('an archived channel refuses', async () => {
  const channel = await server.make.channel(team.id, [anna, ben])
  const post = await say('old', channel.id)
  await add(ben, post, 'heart')
  await server.app.db.updateTable('channels').set({ deleteat: 5 }).where('id', '=', channel.id).execute()
  await server.app.delivery.deliver([{ kind: 'channel', channelId: channel.id }], [])
  const added = await add(ben, post, 'smile')
  expect([added.status, added.body.id]).toEqual([403, 'api.reaction.save.archived_channel.app_error'])
  expect((await remove(ben, post, 'heart')).status).toBe(403)
})

test('reactions of many posts at once, of readable posts only', async () => {
  const [one, two] = [await say('one'), await say('two')]
  const reaction = (await add(ben, one, 'heart')).body
  const { body } = await server.as(ben).post('/posts/ids/reactions', [one.id, two.id])
  expect(body).toEqual({ [one.id]: [reaction], [two.id]: [] })
  expect((await server.as(outsider).post('/posts/ids/reactions', [one.id])).status).toBe(403)
  await server.as(anna).delete(`/posts/${one.id}`)
  const later = await server.as(ben).post('/posts/ids/reactions', [one.id, two.id])
  expect(later.body).toEqual({ [one.id]: [], [two.id]: [] })
  expect((await server.as(outsider).post('/posts/ids/reactions', [one.id])).status).toBe(403)
  expect((await server.as(ben).post('/posts/ids/reactions', [])).status).toBe(400)
  expect((await server.as(ben).post('/posts/ids/reactions', ['short'])).status).toBe(400)
})
