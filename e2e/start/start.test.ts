import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Client } from '../../testkit/client.ts'
import { TestSocket } from '../../testkit/socket.ts'
import { canEnter } from '../../server/src/database/postgres-binaries.ts'
import * as bin from './instance.fixture.ts'
import { query, wrongCounters } from './recount.fixture.ts'
import { makeTeam, signIn, signUp } from './world.fixture.ts'
import { randomFrom, Writers } from './writers.fixture.ts'

const STOPPED = { code: 0, signal: null }

afterAll(() => bin.cleanUp())

// Creating a database takes two seconds; everything that a running server can do with signals shares one.
test('stops on SIGTERM, with every written post answered, and is back with its data in seconds', async () => {
  const where = { home: await bin.makeFolder(), port: await bin.freePort() }
  const first = await bin.start(where)
  expect(first.output()).toContain('the first account becomes the administrator')
  expect(first.output()).toContain(`is running at http://localhost:${where.port} `)
  const admin = await signUp(first.url, 'admin')
  const others = [await signUp(first.url, 'one', admin.client), await signUp(first.url, 'two', admin.client)]
  const { channels } = await makeTeam(admin, others)
  const socket = await TestSocket.open(first.url, admin.token)
  const writers = new Writers(first.url, channels, randomFrom(1))
  writers.begin([admin, ...others])
  await bin.until('something is posted', () => writers.acknowledged.length > 30)
  first.kill('SIGTERM')
  // An impatient second one must not end the server before its database is down.
  first.kill('SIGTERM')
  first.kill('SIGINT')
  expect(await first.ended).toEqual(STOPPED)
  await writers.end()
  expect(bin.databaseProcesses(where.home)).toEqual([])
  expect(socket.socket.readyState).toBe(3)
  expect((await readFile(join(where.home, 'logs/outpost.log'), 'utf8')).split('\n').at(-2)).toContain('stopped')

  const began = Date.now()
  const second = await bin.start(where)
  expect(Date.now() - began).toBeLessThan(10_000)
  expect(second.output()).not.toContain('curl')
  const again = await signIn(second.url, 'admin')
  expect(again.id).toBe(admin.id)
  // The session of before is still good, too.
  expect((await new Client(second.url, admin.token).get('/users/me')).status).toBe(200)
  const source = bin.embeddedSource(where.home)
  const rows = await query<{ message: string }>(source, `SELECT message FROM posts WHERE type = '' ORDER BY message`)
  expect(rows.map((row) => row.message)).toEqual(writers.acknowledged.map((one) => one.pendingId).toSorted())
  expect(await wrongCounters(source)).toEqual([])
  expect(await bin.stop(second)).toEqual(STOPPED)
})

test('a stop during the start, and a kill -9 while the database is created, leave nothing behind', async () => {
  const where = { home: await bin.makeFolder(), port: await bin.freePort() }
  const draft = () => bin.exists(join(where.home, 'postgres/initdb-password'))
  const killed = bin.launch(where)
  await bin.until('the database is being created', draft)
  bin.send(killed.pid, 'SIGKILL')
  await killed.ended
  const unwanted = bin.launch(where)
  await bin.until('the database runs', () => bin.postmaster(where.home) !== undefined)
  unwanted.kill('SIGTERM')
  expect(await unwanted.ended).toEqual(STOPPED)
  expect(unwanted.output()).not.toContain('is running')
  expect(bin.databaseProcesses(where.home)).toEqual([])
  const last = await bin.start(where)
  expect(await bin.stop(last)).toEqual(STOPPED)
})

test('two instances with homes and ports of their own know nothing of each other', async () => {
  const homes = [await bin.makeFolder('one'), await bin.makeFolder('two')]
  const [one, two] = await Promise.all(homes.map(async (home) => bin.start({ home, port: await bin.freePort() })))
  const admin = await signUp(one!.url, 'admin')
  await signUp(two!.url, 'admin')
  expect((await new Client(two!.url, admin.token).get('/users/me')).status).toBe(401)
  const clash = bin.launch({ home: homes[0]!, port: await bin.freePort() })
  expect((await clash.ended).code).toBe(1)
  expect(clash.output()).toMatch(/^Another Outpost \(process \d+\) is using the database in \S+\.\n$/)
  expect(await bin.stop(one!)).toEqual(STOPPED)
  expect((await new Client(two!.url, '').get('/system/ping')).status).toBe(200)
  expect(await bin.stop(two!)).toEqual(STOPPED)
})

test('SIGHUP rereads config.json: sockets stay and hear of it; a damaged file changes nothing', async () => {
  const where = { home: await bin.makeFolder(), port: await bin.freePort() }
  const instance = await bin.start(where)
  const admin = await signUp(instance.url, 'admin')
  const socket = await TestSocket.open(instance.url, admin.token)
  const file = join(where.home, 'config.json')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"SiteName": "', '"SiteName": "Renamed '))
  instance.kill('SIGHUP')
  const { data } = await socket.heard('config_changed')
  expect(data.config.SiteName).toMatch(/^Renamed /)
  expect((await admin.client.get('/config/client?format=old')).body.SiteName).toBe(data.config.SiteName)
  await writeFile(file, text.slice(0, -1))
  instance.kill('SIGHUP')
  await bin.until('the mistake is named', () =>
    /config\.json cannot be used because of line \d+/.test(instance.output()),
  )
  await socket.settle()
  expect(socket.named('config_changed')).toHaveLength(1)
  socket.close()
  expect(await bin.stop(instance)).toEqual(STOPPED)
})

const canUseCheckout = canEnter(bin.unprivileged && { ...bin.unprivileged, name: 'nobody' }, join(bin.ROOT, 'bin'))

test.runIf(bin.isRoot && canUseCheckout)('runs as a normal user, who owns everything it keeps', async () => {
  const home = await bin.makeFolder('normal', bin.unprivileged)
  const instance = await bin.start({ home, port: await bin.freePort(), account: bin.unprivileged })
  await signUp(instance.url, 'admin')
  expect(await bin.ownersBelow(home)).toEqual([bin.unprivileged!.uid])
  expect(await bin.stop(instance)).toEqual(STOPPED)
  expect(bin.databaseProcesses(home)).toEqual([])
})
