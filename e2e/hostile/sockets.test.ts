import { connect } from 'node:net'
import { encode } from '@msgpack/msgpack'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { TestServer } from '../../testkit/server.ts'
import type { TestSocket } from '../../testkit/socket.ts'
import { openServer } from '../access/server.ts'
import { makeWorld } from '../access/world.ts'
import type { World } from '../access/world.ts'

let server: TestServer
let world: World
beforeAll(async () => {
  server = await openServer()
  world = await makeWorld(server)
})
afterAll(() => server.stop())

const isAlive = async () => (await server.as().get('/system/ping')).status === 200

/** Sends bytes to the server's port and resolves with what comes back until it closes. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve) => {
    let heard = ''
    const socket = connect(Number(port), hostname, () => socket.write(text))
    socket.on('data', (data) => (heard += data))
    socket.on('error', () => resolve(heard))
    socket.on('close', () => resolve(heard))
  })
}

const upgrade = (path: string, more = '') =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${more}\r\n`

describe('the handshake', () => {
  test('addresses that cannot be read do not end the server', async () => {
    for (const path of ['//[', 'http://[', '//', '*', '/%', 'http://a:99999/', '/api/v4/websocket%00', '\\']) {
      expect([path, await raw(upgrade(path))]).toEqual([path, expect.stringContaining('HTTP/1.1 4')])
    }
    expect(await isAlive()).toBe(true)
  })

  test('a page of another site is refused', async () => {
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`, 'http://127.0.0.1:1']) {
      const answer = await raw(upgrade('/api/v4/websocket', `Origin: ${origin}\r\n`))
      expect([origin, answer]).toEqual([origin, expect.stringContaining('403')])
    }
  })

  test('malformed resume parameters end the socket, nothing else', async () => {
    const id = 'a'.repeat(26)
    const ends = async (query: string) => {
      const headers = { Authorization: `Bearer ${world.people.member.token}` }
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/v4/websocket?${query}`, { headers })
      await new Promise((resolve) => socket.once('close', resolve).once('error', resolve))
    }
    for (const query of ['connection_id=%00', `connection_id=${id}`, `connection_id=${id}&sequence_number=-1`]) {
      await ends(query)
    }
    expect(await isAlive()).toBe(true)
  })

  test('nobody resumes another’s connection', async () => {
    const mine = await server.socket(world.people.member)
    const id = (await mine.heard('hello')).data.connection_id
    mine.socket.terminate()
    await new Promise((resolve) => mine.socket.once('close', resolve))
    await server.as(world.people.bot).post('/posts', { channel_id: world.channel, message: 'missed by the owner' })
    const thief = await server.socket(world.people.outsider, `?connection_id=${id}&sequence_number=1`)
    expect((await thief.heard('hello')).data.connection_id).not.toBe(id)
    await thief.settle()
    expect(thief.named('posted')).toEqual([])
    thief.close()
  })
})

describe('frames', () => {
  const ended = (socket: TestSocket) => new Promise((resolve) => socket.socket.once('close', resolve))

  test('what is no request ends the socket, and only that one', async () => {
    const other = await server.socket(world.people.outsider)
    const frames: (string | Buffer)[] = [
      '',
      'x',
      '[]',
      'null',
      '1',
      '"a"',
      '{',
      'x'.repeat(9e3),
      JSON.stringify({
        seq: 1,
        action: 'x'.repeat(9e3),
      }),
      Buffer.from([193]),
      Buffer.alloc(0),
      Buffer.from(encode([1, 2])),
      Buffer.alloc(2e4),
      Buffer.from([221, 255, 255, 255, 255]),
    ]
    for (const frame of frames) {
      const socket = await server.socket(world.people.member)
      const gone = ended(socket)
      socket.socket.send(frame)
      await gone
    }
    await other.settle()
    expect(await isAlive()).toBe(true)
    other.close()
  })

  test('requests with fields of any other type get an error, never silence or an end', async () => {
    const socket = await server.socket(world.people.member)
    const values = [null, {}, [], 1, true, 'x', 'x'.repeat(300), '\ud800', '\0', { a: { b: [] } }, -1, 1e300]
    const actions = [
      'user_typing',
      'user_update_active_status',
      'get_statuses',
      'get_statuses_by_ids',
      'presence',
      'posted_notify_ack',
    ]
    const fields = [
      'channel_id',
      'parent_id',
      'user_is_active',
      'manual',
      'user_ids',
      'team_id',
      'thread_channel_id',
      'post_id',
      'status',
    ]
    const asked: ReturnType<TestSocket['request']>[] = []
    for (const action of actions) {
      for (const value of values) {
        const same = Object.fromEntries(fields.map((name) => [name, value]))
        asked.push(
          socket.request(action, same),
          socket.request(action, { ...same, user_ids: [value], channel_id: world.channel }),
        )
        asked.push(socket.request(action, value as object))
      }
    }
    for (const action of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nonsense', '\0'])
      asked.push(socket.request(action))
    const replies = await Promise.all(asked)
    const broken = replies.filter((one) => one.error?.id === 'api.internal_error')
    expect(broken).toEqual([])
    for (const one of replies.slice(-6)) expect(one).toMatchObject({ status: 'FAIL' })
    socket.close()
  })

  test('a flood of requests ends the socket that sends it and does not starve the others', async () => {
    const flooder = await server.socket(world.people.member)
    const gone = ended(flooder)
    for (let seq = 1000; seq < 9000; seq++) flooder.socket.send(JSON.stringify({ seq, action: 'get_statuses' }))
    const other = await server.socket(world.people.outsider)
    await other.settle()
    expect(await isAlive()).toBe(true)
    // Requests that wait for their answer take memory; who sends ever more of them is sent away.
    await gone
    other.close()
  })
})

describe('who hears what', () => {
  /** Everything that each of these heard while `work` ran. */
  async function overheard(people: { token: string }[], work: () => Promise<unknown>): Promise<string[]> {
    const sockets = await Promise.all(people.map((one) => server.socket(one)))
    for (const one of sockets) one.clear()
    await work()
    await Promise.all(sockets.map((one) => one.settle()))
    const heard = sockets.map((one) => JSON.stringify(one.events))
    for (const one of sockets) one.close()
    return heard
  }

  test('nothing of a private channel reaches people outside', async () => {
    const { member, outsider, guest, teamAdmin, bot } = world.people
    const [first, second, third, inside] = await overheard([outsider, guest, teamAdmin, bot], async () => {
      const me = server.as(member)
      const post = await me.post('/posts', { channel_id: world.channel, message: 'top secret words' })
      await me.put(`/posts/${post.body.id}/patch`, { message: 'top secret edit' })
      await me.post('/reactions', { user_id: member.id, post_id: post.body.id, emoji_name: 'eyes' })
      await me.post(`/posts/${post.body.id}/pin`)
      await me.post('/posts', { channel_id: world.channel, root_id: world.post, message: 'top secret reply' })
      await me.put(`/channels/${world.channel}/patch`, { header: 'top secret header' })
      await me.post(`/channels/${world.channel}/bookmarks`, {
        display_name: 'top secret',
        link_url: 'https://a.example',
        type: 'link',
      })
      await me.post('/users/me/typing', { channel_id: world.channel })
      await me.post('/drafts', { channel_id: world.channel, message: 'top secret draft' })
      await me.delete(`/posts/${post.body.id}`)
      const socket = await server.socket(member)
      await socket.request('user_typing', { channel_id: world.channel })
      socket.close()
    })
    for (const heard of [first, second, third]) {
      expect(heard).not.toContain('top secret')
      expect(heard).not.toContain(world.channel)
    }
    expect(inside).toContain('top secret edit')
    // A draft is its writer's own.
    expect(inside).not.toContain('top secret draft')
  })

  test('direct and group channels are heard by those in them', async () => {
    const { member, admin, outsider, bot, teamAdmin, guest } = world.people
    const [first, second] = await overheard([outsider, guest], async () => {
      const me = server.as(member)
      const direct = await me.post('/channels/direct', [member.id, admin.id])
      await me.post('/posts', { channel_id: direct.body.id, message: 'between us' })
      const group = await me.post('/channels/group', [member.id, admin.id, bot.id, teamAdmin.id])
      await me.post('/posts', { channel_id: group.body.id, message: 'between us' })
    })
    expect(first + second!).not.toContain('between us')
    expect(first + second!).not.toMatch(/direct_added|group_added/)
  })

  test('a changed profile: addresses and private fields stay with those who may see them', async () => {
    const { member, outsider, guest } = world.people
    const [stranger, visitor, self] = await overheard([outsider, guest, member], () =>
      server.as(member).put(`/users/${member.id}/patch`, {
        nickname: 'changed',
        notify_props: { email: 'false', mention_keys: 'private-word' },
      }),
    )
    expect(stranger).toContain('user_updated')
    expect(stranger).not.toMatch(/private-word|notify_props|auth_data":"[^"]|password|mfa_secret|last_password_update/)
    expect(visitor).not.toContain(member.id)
    expect(self).toContain('private-word')
  })

  test('who deleted a post is told to administrators alone', async () => {
    const other = await makeWorld(server)
    const { member, bot, admin } = other.people
    await server.make.joinChannel(other.channel, { ...admin })
    const [plain, boss] = await overheard([bot, admin], () => server.as(member).delete(`/posts/${other.post}`))
    expect(plain).toContain('post_deleted')
    expect(plain).not.toContain('delete_by')
    expect(boss).toContain('delete_by')
    expect(boss!.match(/"event":"post_deleted"/g)).toHaveLength(1)
  })

  test('somebody who was removed hears no more, from the same moment', async () => {
    const other = await makeWorld(server)
    const { member, bot } = other.people
    const socket = await server.socket(bot)
    await server.as(member).delete(`/channels/${other.channel}/members/${bot.id}`)
    await server.as(member).post('/posts', { channel_id: other.channel, message: 'now that they are gone' })
    await socket.settle()
    expect(JSON.stringify(socket.events)).not.toContain('now that they are gone')
    socket.close()
  })

  test('tokens of teams, secrets of invitations and addresses are in no event', async () => {
    const { teamAdmin, member } = world.people
    const [heard] = await overheard([member], async () => {
      await server.as(teamAdmin).post(`/teams/${world.team}/regenerate_invite_id`)
      await server.as(teamAdmin).put(`/teams/${world.team}/patch`, { description: 'new' })
    })
    const team = await server.app.db
      .selectFrom('teams')
      .selectAll()
      .where('id', '=', world.team)
      .executeTakeFirstOrThrow()
    expect(heard).toContain('update_team')
    expect(heard).not.toContain(team.inviteid)
    expect(heard).not.toContain(world.inviteId)
  })
})

describe('sessions of sockets', () => {
  test('a session that ended is heard of no more', async () => {
    const other = await makeWorld(server)
    const { member, bot } = other.people
    const socket = await server.socket(member)
    const gone = new Promise((resolve) => socket.socket.once('close', resolve))
    await server.as(member).post('/users/logout')
    await server.as(bot).post('/posts', { channel_id: other.channel, message: 'after signing out' })
    await gone
    expect(JSON.stringify(socket.events)).not.toContain('after signing out')
  })

  test('without the second factor that the server demands nothing is heard or answered', async () => {
    const other = await makeWorld(server)
    const { member, bot } = other.people
    await server.app.config.patch({ ServiceSettings: { EnforceMultifactorAuthentication: true } })
    const headers = { Authorization: `Bearer ${member.token}` }
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/v4/websocket`, { headers })
    const heard: string[] = []
    socket.on('message', (data: Buffer) => heard.push(data.toString()))
    await new Promise((resolve) => socket.once('open', resolve))
    const reply = new Promise((resolve) =>
      socket.on('message', (data: Buffer) => data.toString().includes('seq_reply') && resolve(0)),
    )
    expect((await server.as(member).get(`/posts/${other.post}`)).status).toBe(403)
    await server.as(bot).post('/posts', { channel_id: other.channel, message: 'behind the factor' })
    socket.send(JSON.stringify({ seq: 1, action: 'get_statuses' }))
    await reply
    await server.app.config.patch({ ServiceSettings: { EnforceMultifactorAuthentication: false } })
    socket.terminate()
    expect(heard.join()).not.toContain('behind the factor')
    expect(heard.join()).toContain('api.web_socket_router.not_authenticated.app_error')
  })
})
