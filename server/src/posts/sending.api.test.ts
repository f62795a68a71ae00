import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../../testkit/builders.ts'
import { queriesOf } from '../../../testkit/queries.ts'
import { TestServer } from '../../../testkit/server.ts'
import { cookiesOf, PASSWORD, withPassword } from '../sessions/sessions.fixture.ts'

const HOUR = 60 * 60_000
let server: TestServer
let anna: Person
let ben: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start({
    config: { ServiceSettings: { SessionLengthWebInHours: 720, ExtendSessionLengthWithActivity: true } },
  })
  ;[anna, ben] = await Promise.all([withPassword(server, await server.make.user()), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

const post = (person: Person, body: object = {}, query = '', headers: Record<string, string> = {}) =>
  server.as(person).post(`/posts${query}`, { channel_id: team.offTopic, message: 'hi', ...body }, headers)

describe('presence', () => {
  test('who writes is online, unless a program says that he is not there', async () => {
    const [person, program] = [await server.make.user(), await server.make.user()]
    const socket = await server.socket(ben)
    for (const one of [person, program]) {
      await server.make.joinTeam(team.id, one)
      await server.make.joinChannel(team.offTopic, one)
    }
    await post(person)
    await post(program, {}, '?set_online=false')
    const status = (one: Person) => server.app.statuses.statusOf(one.id)
    expect(status(person).status).toBe('online')
    expect(status(program)).toMatchObject({ status: 'offline', lastActivityAt: expect.toSatisfy((at) => at > 0) })
    await socket.settle()
    expect(socket.named('posted').map((data) => data.set_online)).toEqual([true, false])
    socket.close()
  })

  test('a refused post makes nobody online', async () => {
    const outsider = await server.make.user()
    expect((await post(outsider)).status).toBe(403)
    expect(server.app.statuses.statusOf(outsider.id).status).toBe('offline')
  })
})

describe('the session', () => {
  const age = async (token: string) => {
    const expiresat = Date.now() + 24 * HOUR
    const times = { expiresat, createat: Date.now() - 48 * HOUR, lastactivityat: Date.now() - HOUR }
    await server.app.db.updateTable('sessions').set(times).where('token', '=', token).execute()
    await server.app.delivery.deliver([{ kind: 'session', token, userId: anna.id }], [])
    return expiresat
  }
  const expiry = async (token: string) =>
    (await server.app.db.selectFrom('sessions').select('expiresat').where('token', '=', token).execute())[0]!.expiresat!
  const calls: [string, string, () => unknown][] = [
    ['writing', '/posts', () => ({ channel_id: team.offTopic, message: 'hi' })],
    ['opening a channel', '/channels/members/me/view', () => ({ channel_id: team.offTopic })],
    ['reading channels', '/channels/members/me/mark_read', () => [team.offTopic]],
  ]

  test.each(calls)('%s extends it, and a browser gets its cookies again', async (_name, path, body) => {
    const browser = { 'X-Requested-With': 'XMLHttpRequest' }
    const credentials = { login_id: anna.username, password: PASSWORD }
    const login = await server.as().post('/users/login', credentials, browser)
    const token = login.headers.get('token')!
    const before = await age(token)
    const jar = cookiesOf(login.headers)
    const Cookie = [...jar].map(([name, { value }]) => `${name}=${value}`).join('; ')
    const answer = await server.as().post(path, body(), { ...browser, Cookie })
    expect(answer.status).toBeLessThan(300)
    expect(await expiry(token)).toBeGreaterThan(before)
    expect(cookiesOf(answer.headers).get('MMAUTHTOKEN')?.value).toBe(token)
    const again = await server.as().post(path, body(), { ...browser, Cookie })
    expect(cookiesOf(again.headers).size).toBe(0)
  })
})

describe('the draft', () => {
  const draft = (channelId: string, rootId = '') =>
    server.as(anna).post('/drafts', { channel_id: channelId, root_id: rootId, message: 'begun', file_ids: [] })
  const places = async () => {
    const { body } = await server.as(anna).get(`/users/me/teams/${team.id}/drafts`)
    return body.map((one: { channel_id: string; root_id: string }) => `${one.channel_id} ${one.root_id}`)
  }

  test('of this place is gone with the post, and only that; other clients hear of it', async () => {
    const root = (await post(ben)).body.id
    const [tab, other, bens] = [await server.socket(anna), await server.socket(anna), await server.socket(ben)]
    for (const [channelId, rootId] of [[team.offTopic], [team.townSquare], [team.offTopic, root]] as const) {
      expect((await draft(channelId, rootId)).status).toBe(201)
    }
    const connection = (await tab.heard('hello')).data.connection_id
    await post(anna, {}, '', { 'Connection-Id': connection })
    const { data } = await other.heard('draft_deleted')
    expect(JSON.parse(data.draft)).toMatchObject({ channel_id: team.offTopic, root_id: '', message: 'begun' })
    expect((await places()).toSorted()).toEqual([`${team.townSquare} `, `${team.offTopic} ${root}`].toSorted())
    await post(anna, { root_id: root })
    await post(ben, { channel_id: team.townSquare })
    expect(await places()).toEqual([`${team.townSquare} `])
    for (const socket of [tab, bens]) {
      await socket.settle()
      const drafts = socket.named('draft_deleted').map((one) => JSON.parse(one.draft).root_id)
      expect(drafts).toEqual(socket === tab ? [root] : [])
    }
    for (const socket of [tab, other, bens]) socket.close()
  })

  test('stays when the post is refused', async () => {
    await draft(team.offTopic)
    expect((await post(anna, { message: 'x'.repeat(100_000) })).status).toBe(400)
    expect(await places()).toContain(`${team.offTopic} `)
  })
})

test('a plain post is one statement', async () => {
  const channel = await server.make.channel(team.id, [ben])
  for (const message of ['warm', 'still warm']) await post(ben, { channel_id: channel.id, message })
  await Promise.all([server.app.indexer.flush(), server.app.statuses.flush()])
  let status = 0
  const statements = await queriesOf(server, async () => {
    status = (await post(ben, { channel_id: channel.id, message: 'measured' })).status
  })
  expect(status).toBe(201)
  expect(statements.filter((text) => !text.includes('post_search'))).toHaveLength(1)
})
