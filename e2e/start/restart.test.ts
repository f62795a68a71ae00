import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { TestSocket } from '../../testkit/socket.ts'
import * as bin from './instance.fixture.ts'
import { signUp } from './world.fixture.ts'

afterAll(() => bin.cleanUp())

test('an administrator restarts the server: settings count, everything is there, and it is the same process', async () => {
  const where = { home: await bin.makeFolder('restart'), port: await bin.freePort() }
  const instance = await bin.start(where)
  const admin = await signUp(instance.url, 'admin')
  const database = bin.postmaster(where.home)
  const socket = await TestSocket.open(instance.url, admin.token)
  // Counts from the next start only.
  await admin.client.put('/config/patch', { LogSettings: { FileJson: false } })
  expect((await admin.client.post('/restart')).body).toEqual({ status: 'OK' })
  await bin.until('it is back', () => instance.output().split('is running at').length === 3)
  expect(socket.socket.readyState).toBe(3)
  expect(bin.postmaster(where.home)).not.toBe(database)
  expect((await admin.client.get('/users/me')).body.id).toBe(admin.id)
  const lines = (await readFile(join(where.home, 'logs/outpost.log'), 'utf8')).trimEnd().split('\n')
  const at = lines.findIndex((line) => line.includes('"stopped"'))
  expect(JSON.parse(lines[at]!)).toMatchObject({ level: 'info', msg: 'stopped' })
  expect(lines.at(-1)).toMatch(/^info {2}\[\d{4}-\d\d-\d\d [\d:.]+ Z\] listening url="http/)
  // The process of before answers for the one of now: a supervisor sees no end, and its signals arrive.
  expect(await bin.stop(instance)).toEqual({ code: 0, signal: null })
  expect(bin.databaseProcesses(where.home)).toEqual([])
})
