import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { encode } from '@msgpack/msgpack'
import type { Person } from '../../../testkit/builders.ts'
import { TestServer } from '../../../testkit/server.ts'

let server: TestServer
let anna: Person
let ben: Person
let team: { id: string; townSquare: string; offTopic: string }

beforeAll(async () => {
  server = await TestServer.start()
  ;[anna, ben] = await Promise.all([server.make.user(), server.make.user()])
  team = await server.make.team([anna, ben])
})
afterAll(() => server.stop())

const say = (person: Person, message: string, channel_id = team.townSquare) =>
  server.as(person).post('/posts', { channel_id, message })

/** A bare socket: what a hostile or broken client would use. */
function bare(options: { headers?: Record<string, string>; query?: string } = {}): WebSocket {
  const { headers, query = '' } = options
  return new WebSocket(`${server.url.replace('http', 'ws')}/api/v4/websocket${query}`, { headers })
}
const opened = (socket: WebSocket) => new Promise<void>((resolve) => socket.once('open', resolve))
const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve))

interface Frame {
  readonly event?: string
  readonly seq_reply?: number
  readonly data?: Record<string, unknown>
}

const frames = (socket: WebSocket, count: number) =>
  new Promise<Frame[]>((resolve) => {
    const heard: Frame[] = []
    socket.on('message', (data: Buffer) => {
      heard.push(JSON.parse(data.toString()))
      if (heard.length === count) resolve(heard)
    })
  })

test('the first event is hello with number 0', async () => {
  const socket = await server.socket(anna)
  const hello = await socket.heard('hello')
  expect(hello.seq).toBe(0)
  expect(hello.data.connection_id).toMatch(/^[a-z0-9]{26}$/)
  expect(hello.data.server_version).toMatch(/^10\.11\.20\./)
  socket.close()
})

test('a challenge after opening authenticates: hello, then the reply', async () => {
  const socket = bare()
  await opened(socket)
  const heard = frames(socket, 2)
  socket.send(JSON.stringify({ seq: 1, action: 'authentication_challenge', data: { token: anna.token } }))
  const [hello, reply] = await heard
  expect(hello?.event).toBe('hello')
  expect(reply).toEqual({ status: 'OK', seq_reply: 1 })
  socket.close()
})

test.each([
  ['no such token', 'x'.repeat(26)],
  ['an empty one', ''],
  ['an object', {}],
])('a challenge with %s ends the socket without a word', async (_name, token) => {
  const socket = bare()
  await opened(socket)
  let said = 0
  socket.on('message', () => said++)
  socket.send(JSON.stringify({ seq: 1, action: 'authentication_challenge', data: { token } }))
  await closed(socket)
  expect(said).toBe(0)
})

test('nothing is served before authentication', async () => {
  const socket = bare()
  await opened(socket)
  let said = 0
  socket.on('message', () => said++)
  socket.send(JSON.stringify({ seq: 1, action: 'ping' }))
  socket.send(JSON.stringify({ seq: 2, action: 'get_statuses' }))
  socket.send(JSON.stringify({ seq: 3, action: 'authentication_challenge', data: { token: 'wrong' } }))
  await closed(socket)
  expect(said).toBe(0)
})

test.each([
  ['text that is not JSON', 'hello'],
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '[]'],
  ['broken msgpack', Buffer.from([0xc1])],
])('%s ends the socket', async (_name, frame) => {
  const socket = bare({ headers: { Authorization: `Bearer ${anna.token}` } })
  await opened(socket)
  socket.send(frame)
  expect(await closed(socket)).toBeGreaterThanOrEqual(1000)
})

test('a frame beyond 8 KiB ends the socket', async () => {
  const socket = bare({ headers: { Authorization: `Bearer ${anna.token}` } })
  await opened(socket)
  socket.send(JSON.stringify({ seq: 1, action: 'ping', data: { filler: 'x'.repeat(9000) } }))
  expect(await closed(socket)).toBeGreaterThanOrEqual(1000)
})

test('requests in msgpack are understood', async () => {
  const socket = bare({ headers: { Authorization: `Bearer ${anna.token}` } })
  await opened(socket)
  const heard = frames(socket, 2)
  socket.send(encode({ seq: 5, action: 'ping' }))
  const reply = (await heard).find((frame) => frame.seq_reply === 5)
  expect(reply?.data?.text).toBe('pong')
  socket.close()
})

test('wrong requests are answered with their error', async () => {
  const socket = await server.socket(anna)
  expect((await socket.request('no_such_action')).error.id).toBe('api.web_socket_router.bad_action.app_error')
  expect((await socket.request('constructor')).error.id).toBe('api.web_socket_router.bad_action.app_error')
  expect((await socket.request('user_typing', { channel_id: {} })).error.id).toBe(
    'api.websocket_handler.invalid_param.app_error',
  )
  socket.close()
})

test('a client that comes back resumes where it stopped', async () => {
  const first = await server.socket(ben)
  const id = (await first.heard('hello')).data.connection_id
  await say(anna, 'before')
  const seen = await first.heard('posted')
  const gone = closed(first.socket)
  first.socket.terminate()
  await gone
  await say(anna, 'while away')
  const back = await server.socket(ben, `?connection_id=${id}&sequence_number=${seen.seq + 1}`)
  const missed = await back.heard('posted')
  expect(back.events[0]!.seq).toBe(seen.seq + 1)
  expect(back.events.map((event) => event.seq)).toEqual(back.events.map((_, i) => seen.seq + 1 + i))
  expect(JSON.parse(missed.data.post).message).toBe('while away')
  expect(back.named('hello')).toEqual([])
  back.close()
})

test('a client that asks for more than is kept starts anew', async () => {
  const first = await server.socket(ben)
  const id = (await first.heard('hello')).data.connection_id
  const gone = closed(first.socket)
  first.socket.terminate()
  await gone
  const back = await server.socket(ben, `?connection_id=${id}&sequence_number=9999`)
  const hello = await back.heard('hello')
  expect(hello.seq).toBe(0)
  expect(hello.data.connection_id).not.toBe(id)
  back.close()
})

test("nobody resumes another person's connection", async () => {
  const first = await server.socket(ben)
  const id = (await first.heard('hello')).data.connection_id
  const gone = closed(first.socket)
  first.socket.terminate()
  await gone
  const thief = await server.socket(anna, `?connection_id=${id}&sequence_number=0`)
  const hello = await thief.heard('hello')
  expect(hello.data.connection_id).not.toBe(id)
  thief.close()
})

test('a malformed resume request ends the socket', async () => {
  for (const query of [
    '?connection_id=short&sequence_number=0',
    `?connection_id=${'a'.repeat(26)}&sequence_number=x`,
  ]) {
    const socket = bare({ headers: { Authorization: `Bearer ${anna.token}` }, query })
    expect(await closed(socket)).toBeGreaterThanOrEqual(1000)
  }
})

test('typing reaches the others in the channel, not the one who types, and not those who look elsewhere', async () => {
  const [typist, reader, elsewhere] = await Promise.all([server.socket(anna), server.socket(ben), server.socket(ben)])
  await elsewhere.request('presence', { channel_id: team.offTopic })
  await typist.request('user_typing', { channel_id: team.townSquare, parent_id: '' })
  expect((await reader.heard('typing')).data).toEqual({ user_id: anna.id, parent_id: '' })
  await Promise.all([typist.settle(), elsewhere.settle()])
  expect(typist.named('typing')).toEqual([])
  expect(elsewhere.named('typing')).toEqual([])
  for (const socket of [typist, reader, elsewhere]) socket.close()
})

test('someone taken out of a channel hears nothing of it from that moment on', async () => {
  const channel = await server.make.channel(team.id, [anna, ben], { type: 'P' })
  const socket = await server.socket(ben)
  await say(anna, 'heard', channel.id)
  await socket.heard('posted')
  await server.as(anna).delete(`/channels/${channel.id}/members/${ben.id}`)
  await say(anna, 'not heard', channel.id)
  await socket.settle()
  const messages = socket.named('posted').map((data) => JSON.parse(data.post).message)
  expect(messages).not.toContain('not heard')
  socket.close()
})

test('a session that ends closes its socket', async () => {
  const person = await server.make.user()
  const socket = await server.socket(person)
  const gone = closed(socket.socket)
  await server.as(person).post('/users/logout')
  expect(await gone).toBeGreaterThanOrEqual(1000)
})

test('a page of another site may not open a socket', async () => {
  const socket = bare({ headers: { Origin: 'https://evil.example', Authorization: `Bearer ${anna.token}` } })
  const status = await new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode))
    socket.on('error', () => undefined)
  })
  expect(status).toBe(403)
  const own = bare({ headers: { Origin: server.url, Authorization: `Bearer ${anna.token}` } })
  await opened(own)
  own.close()
})

test('event numbers have no gaps under load', async () => {
  const socket = await server.socket(ben)
  await Promise.all(Array.from({ length: 50 }, (_, i) => say(anna, `load ${i}`)))
  await socket.settle()
  expect(socket.events.map((event) => event.seq)).toEqual(socket.events.map((_, i) => i))
  expect(socket.named('posted')).toHaveLength(50)
  socket.close()
})
