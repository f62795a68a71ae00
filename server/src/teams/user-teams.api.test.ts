import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'
import { newId } from '../ids.ts'

let server: TestServer
let admin: Person
let anna: Person
let ben: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[admin, anna, ben] = await Promise.all([server.make.admin(), server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

const ZEROS = {
  msg_count: 0,
  msg_count_root: 0,
  mention_count: 0,
  mention_count_root: 0,
  thread_count: 0,
  thread_mention_count: 0,
  thread_urgent_mention_count: 0,
}

test('teams and memberships of a person, for himself and for administrators', async () => {
  const ids = (answer: { body: { id?: string; team_id?: string }[] }) => answer.body.map((one) => one.id ?? one.team_id)
  expect(ids(await server.as(anna).get('/users/me/teams'))).toEqual([team.id])
  expect(ids(await server.as(admin).get(`/users/${anna.id}/teams`))).toEqual([team.id])
  expect((await server.as(ben).get(`/users/${anna.id}/teams`)).status).toBe(403)
  expect(ids(await server.as(anna).get('/users/me/teams/members'))).toEqual([team.id])
  expect((await server.as(ben).get(`/users/${anna.id}/teams/members`)).status).toBe(403)
  expect((await server.as(admin).get(`/users/${anna.id}/teams/members`)).body).toHaveLength(1)
})

test('unread messages and mentions are added up by team; muted channels count mentions only', async () => {
  const quiet = await server.make.channel(team.id, [anna])
  const { db } = server.app
  const count = (channelId: string, total: number) =>
    db
      .updateTable('channels')
      .set({ totalmsgcount: total, totalmsgcountroot: total - 1 })
      .where('id', '=', channelId)
      .execute()
  await Promise.all([count(team.townSquare, 5), count(team.offTopic, 2), count(quiet.id, 9)])
  const mine = (channelId: string, row: object) =>
    db
      .updateTable('channelmembers')
      .set(row as never)
      .where('channelid', '=', channelId)
      .where('userid', '=', anna.id)
      .execute()
  await mine(team.townSquare, { msgcount: 2, msgcountroot: 2, mentioncount: 3, mentioncountroot: 1 })
  await mine(quiet.id, { notifyprops: JSON.stringify({ mark_unread: 'mention' }), mentioncount: 1 })
  const counts = { msg_count: 5, msg_count_root: 3, mention_count: 4, mention_count_root: 1 }
  const expected = { team_id: team.id, ...ZEROS, ...counts }
  expect((await server.as(anna).get(`/users/me/teams/${team.id}/unread`)).body).toEqual(expected)
  expect((await server.as(anna).get('/users/me/teams/unread')).body).toEqual([expected])
  expect((await server.as(anna).get(`/users/me/teams/unread?exclude_team=${team.id}`)).body).toEqual([])
  expect((await server.as(anna).get('/users/me/teams/unread?exclude_team=x')).status).toBe(400)
})

test('followed threads count when asked for', async () => {
  const other = await server.make.team([ben])
  const { db } = server.app
  const thread = async (urgent: boolean, mentions: number, following = true) => {
    const postid = newId()
    const row = { postid, channelid: other.townSquare, replycount: 1, lastreplyat: 100, participants: '[]' }
    await db
      .insertInto('threads')
      .values({ ...row, threaddeleteat: 0, threadteamid: other.id })
      .execute()
    const membership = { postid, userid: ben.id, following, lastviewed: 1, lastupdated: 1, unreadmentions: mentions }
    await db.insertInto('threadmemberships').values(membership).execute()
    if (!urgent) return
    const priority = { postid, channelid: other.townSquare, priority: 'urgent' }
    await db.insertInto('postspriority').values(priority).execute()
  }
  await Promise.all([thread(true, 2), thread(false, 1), thread(true, 7, false)])
  const of = (list: { team_id: string }[]) => list.find((one) => one.team_id === other.id)
  const asked = await server.as(ben).get('/users/me/teams/unread?include_collapsed_threads=true')
  expect(of(asked.body)).toEqual({
    team_id: other.id,
    ...ZEROS,
    thread_count: 2,
    thread_mention_count: 3,
    thread_urgent_mention_count: 2,
  })
  expect(of((await server.as(ben).get('/users/me/teams/unread')).body)).toEqual({ team_id: other.id, ...ZEROS })
})

test("somebody else's unread is nobody's business", async () => {
  expect((await server.as(ben).get(`/users/${anna.id}/teams/unread`)).status).toBe(403)
  expect((await server.as(admin).get(`/users/${anna.id}/teams/unread`)).status).toBe(200)
  expect((await server.as(ben).get(`/users/${anna.id}/teams/${team.id}/unread`)).status).toBe(403)
  const foreign = await server.make.team()
  expect((await server.as(ben).get(`/users/me/teams/${foreign.id}/unread`)).status).toBe(403)
})

test('threads of channels that a person is not in are not counted', async () => {
  const channel = await server.make.channel(team.id, [ben])
  const say = (message: string, root_id = '') =>
    server.as(ben).post('/posts', { channel_id: channel.id, message, root_id })
  const root = (await say('root')).body
  await server.as(anna).put(`/users/me/teams/${team.id}/threads/${root.id}/following`)
  await say('reply', root.id)
  const counted = async () => {
    const { body } = await server.as(anna).get('/users/me/teams/unread?include_collapsed_threads=true')
    return body.find((one: { team_id: string }) => one.team_id === team.id).thread_count
  }
  expect(await counted()).toBe(0)
  await server.make.joinChannel(channel.id, anna)
  expect(await counted()).toBe(1)
})
