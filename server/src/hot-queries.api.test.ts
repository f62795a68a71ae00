import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../testkit/builders.ts'
import { queriesOf } from '../../testkit/queries.ts'
import { TestServer } from '../../testkit/server.ts'
import { newId } from './ids.ts'

let server: TestServer
let anna: Person
let ben: Person
let team: { id: string; townSquare: string; offTopic: string }
let root: { id: string }

/** Many members: what costs a query for each of them shows at once. */
beforeAll(async () => {
  server = await TestServer.start()
  // What runs in the background at its own pace is no part of a journey.
  await server.app.indexer.stop()
  ;[anna, ben] = await Promise.all([server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
  const crowd = Array.from({ length: 900 }, () => newId())
  const { db } = server.app
  const props = JSON.stringify({ channel: 'true', push: 'mention', desktop: 'mention' })
  await db
    .insertInto('users')
    .values(
      crowd.map((id) => ({
        id,
        username: `c${id}`,
        email: `${id}@example.com`,
        roles: 'system_user',
        deleteat: 0,
        notifyprops: props,
      })),
    )
    .execute()
  await db
    .insertInto('channelmembers')
    .values(
      crowd.map((userid) => ({
        channelid: team.townSquare,
        userid,
        roles: '',
        schemeuser: true,
        notifyprops: '{}',
        msgcount: 0,
        mentioncount: 0,
      })),
    )
    .execute()
  root = (await say('a root')).body
  await server.as(ben).post('/posts', { channel_id: team.townSquare, message: 'reply', root_id: root.id })
})
afterAll(() => server.stop())

const say = (message: string) => server.as(anna).post('/posts', { channel_id: team.townSquare, message })

/** Every time with another emoji. */
const EMOJIS = ['heart', 'smile', 'tada', 'rocket']
const react = () => server.as(ben).post('/reactions', { user_id: ben.id, post_id: root.id, emoji_name: EMOJIS.pop() })

/** Runs a journey twice and counts the second time: caches are warm, as on a server that has run for a minute. */
async function count(journey: () => Promise<{ status: number }>): Promise<number> {
  await journey()
  const seen = await queriesOf(server, async () => expect((await journey()).status).toBeLessThan(300))
  const mine = seen.filter((text) => !/outpost\.|into "?status/i.test(text))
  return mine.length
}

test.each<[string, number, () => Promise<{ status: number }>]>([
  ['posting a message', 1, () => say('hello')],
  ['posting a message that mentions someone', 1, () => say(`hello @${ben.username}`)],
  ['posting to the whole channel', 1, () => say('hello @channel')],
  [
    'replying',
    9,
    () => server.as(anna).post('/posts', { channel_id: team.townSquare, message: 'r', root_id: root.id }),
  ],
  ['reading the newest page', 1, () => server.as(ben).get(`/channels/${team.offTopic}/posts?per_page=60`)],
  ['reading a page with replies', 3, () => server.as(ben).get(`/channels/${team.townSquare}/posts?per_page=60`)],
  ['reacting to a post', 2, () => react()],
  ['viewing a channel', 1, () => server.as(ben).post('/channels/members/me/view', { channel_id: team.townSquare })],
  ['asking what is unread', 1, () => server.as(ben).get(`/users/me/channels/${team.townSquare}/unread`)],
  ['asking for statuses', 0, () => server.as(ben).post('/users/status/ids', [anna.id, ben.id])],
  ['listing my channels', 1, () => server.as(ben).get('/users/me/channels')],
  ['listing my teams', 1, () => server.as(ben).get('/users/me/teams')],
  [
    'completing a name',
    0,
    () => server.as(ben).get(`/users/autocomplete?in_team=${team.id}&in_channel=${team.townSquare}&name=us`),
  ],
  ['reading my preferences', 1, () => server.as(ben).get('/users/me/preferences')],
])('%s takes at most %i queries', async (_name, most, journey) => {
  expect(await count(journey)).toBeLessThanOrEqual(most)
})

test('typing costs no query', async () => {
  const socket = await server.socket(anna)
  await socket.request('user_typing', { channel_id: team.townSquare })
  const seen = await queriesOf(server, () => socket.request('user_typing', { channel_id: team.townSquare }))
  expect(seen.filter((text) => !/outpost\.|into "?status/i.test(text))).toEqual([])
  socket.close()
})
