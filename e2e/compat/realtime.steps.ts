import { expect, makeChannel, newApi, PASSWORD, say, step, theme, watch, world } from './scenario.ts'
import type { Json } from './scenario.ts'
import { Socket } from './socket.ts'

/** The socket of the official client: what it is told, what it asks, and how it comes back. */
theme('realtime')

let channel: Json
const posts = (socket: Socket) => socket.named('posted').map((one) => JSON.parse(one.data.post).message)

step('hello comes first and tells version and connection', async () => {
  const socket = new Socket(watch)
  const hello = await socket.open(world.server.url, world.mina.api.getToken())
  expect(hello.seq).toBe(0)
  expect(hello.data.connection_id).toHaveLength(26)
  expect(hello.data.server_version).toBe(world.mina.api.getServerVersion())
  expect(socket.events[0]).toBe(hello)
  socket.close()
})
step('somebody is typing: the others see it, he does not', async () => {
  channel = await makeChannel(world.mina, 'wire', [world.jun])
  world.jun.socket.clear()
  world.mina.socket.clear()
  world.mina.socket.client.userTyping(channel.id, '', () => {})
  const { data } = await world.jun.socket.heard('typing')
  expect(data).toMatchObject({ user_id: world.mina.id, parent_id: '' })
  await world.mina.socket.settle()
  expect(world.mina.socket.named('typing')).toEqual([])
})
step('who looks at another channel is spared the typing', async () => {
  world.jun.socket.client.updateActiveChannel(world.townSquare.id, () => {})
  await world.jun.socket.settle()
  world.jun.socket.clear()
  world.mina.socket.client.userTyping(channel.id, '', () => {})
  await world.mina.socket.settle()
  await world.jun.socket.settle()
  expect(world.jun.socket.named('typing')).toEqual([])
  world.jun.socket.client.updateActiveChannel(channel.id, () => {})
})
step('a browser that is looked at is active', async () => {
  const answer = await new Promise<Json>((resolve) =>
    world.jun.socket.client.userUpdateActiveStatus(true, false, resolve),
  )
  expect(answer.status).toBe('OK')
})
step('the presence of some people is asked for over the socket', async () => {
  const ask = (resolve: (reply: Json) => void) =>
    world.jun.socket.client.getStatusesByIds([world.mina.id, world.jun.id], resolve)
  const { data } = await new Promise<Json>(ask)
  expect(data).toEqual({ [world.mina.id]: 'online', [world.jun.id]: 'online' })
})
step('the presence of everybody is asked for over the socket', async () => {
  const { data } = await new Promise<Json>((resolve) => world.jun.socket.client.getStatuses(resolve))
  expect(data).toMatchObject({ [world.mina.id]: 'online' })
})
step('a client confirms the notification that it showed', async () => {
  world.jun.socket.clear()
  await say(world.mina, channel, '@jun 봤어요?')
  const { data } = await world.jun.socket.heard('posted')
  const { id } = JSON.parse(data.post)
  world.jun.socket.client.acknowledgePostedNotification(id, 'success', '', data)
  await world.jun.socket.settle()
})
step('a short break loses nothing: the browser goes on where it was cut', async () => {
  const { socket } = world.jun
  socket.clear()
  const { connectionId } = socket
  const before = [socket.reconnects, socket.missed]
  socket.cut()
  for (const word of ['first', 'second', 'third']) await say(world.mina, channel, word)
  await socket.heard('posted', (one) => JSON.parse(one.data.post).message === 'third')
  expect(posts(socket)).toEqual(['first', 'second', 'third'])
  expect(socket.connectionId).toBe(connectionId)
  expect([socket.reconnects, socket.missed]).toEqual([before[0]! + 1, before[1]])
  expect(socket.named('hello')).toEqual([])
})
step('what it then hears has the next numbers', async () => {
  await say(world.mina, channel, 'fourth')
  await world.jun.socket.heard('posted', (one) => JSON.parse(one.data.post).message === 'fourth')
  const numbers = world.jun.socket.events.map((one) => one.seq)
  expect(numbers.every((seq, at) => at === 0 || seq === numbers[at - 1]! + 1)).toBe(true)
})
step('a client that proves itself later starts anew and knows that it missed something', async () => {
  const { socket } = world.mina
  socket.clear()
  const { connectionId } = socket
  socket.cut()
  await socket.heard('hello')
  expect(socket.missed).toBe(1)
  expect(socket.connectionId).not.toBe(connectionId)
  await say(world.jun, channel, 'welcome back')
  await socket.heard('posted', (one) => JSON.parse(one.data.post).message === 'welcome back')
})
step('somebody outside hears nothing of a channel', async () => {
  world.admin.socket.clear()
  await say(world.mina, channel, 'among us')
  await world.admin.socket.settle()
  expect(posts(world.admin.socket)).toEqual([])
})
step('a session that ended hears nothing more', async () => {
  const api = newApi()
  await api.login('jun', PASSWORD)
  const socket = new Socket(watch)
  await socket.open(world.server.url, api.getToken())
  await api.logout()
  socket.clear()
  await say(world.mina, channel, 'not for ended sessions')
  await world.jun.socket.heard('posted', (one) => JSON.parse(one.data.post).message === 'not for ended sessions')
  expect(posts(socket)).toEqual([])
  socket.close()
})
