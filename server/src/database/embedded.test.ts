import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { clientConfig, parseDataSource } from './data-source.ts'
import { DatabaseStartError, startEmbedded, type EmbeddedDatabase } from './embedded.ts'

let folder: string
let started: EmbeddedDatabase[]
const log = { info: () => {}, warn: () => {}, error: () => {} }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-embedded-'))
  await chmod(folder, 0o755)
  started = []
})
afterEach(async () => {
  for (const database of started) await database.stop()
  await rm(folder, { recursive: true, force: true })
})

async function start(name: string): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ home: join(folder, name), log })
  started.push(database)
  return database
}

async function query(dataSource: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(clientConfig(parseDataSource(dataSource, {})))
  await client.connect()
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.map((row) => row[0])
  } finally {
    await client.end()
  }
}

// Creating a data directory and the crash recovery take a second each; they cannot be shared between these steps.
test('data survives kill -9 of the starter, of PostgreSQL, and a clean stop', async () => {
  const home = join(folder, 'one')
  const starter = spawn(process.execPath, ['--input-type=module', '-e', STARTER, home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [first] = (await once(starter.stdout, 'data')) as [Buffer]
  await query(String(first).trim(), 'CREATE TABLE kept AS SELECT 1 AS n')
  await expect(startEmbedded({ home, log })).rejects.toThrow(/Another Outpost \(process \d+\) is using/)
  starter.kill('SIGKILL')
  await once(starter, 'exit')

  const second = await start('one')
  await query(second.dataSource, 'INSERT INTO kept VALUES (2)')
  const pid = Number((await readFile(join(home, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(pid, 'SIGKILL')

  const third = await start('one')
  expect(await query(third.dataSource, 'SELECT n FROM kept ORDER BY n')).toEqual([1, 2])
  expect(
    await query(third.dataSource, `SELECT concat(current_setting('fsync'), current_setting('synchronous_commit'))`),
  ).toEqual(['onon'])
  await third.stop()
  // A pid file whose number meanwhile belongs to another program must not keep PostgreSQL from starting.
  await writeFile(join(home, 'postgres/data/postmaster.pid'), `${process.pid}\n`)
  const fourth = await start('one')
  expect(await query(fourth.dataSource, 'SELECT count(*)::int FROM kept')).toEqual([2])
})

const STARTER = `
const { startEmbedded } = await import(${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)})
const log = { info() {}, warn() {}, error() {} }
const database = await startEmbedded({ home: process.argv[1], log })
console.log(database.dataSource)
setInterval(() => {}, 1000)
`

test('two homes run side by side, closed to other users and to a wrong password', async () => {
  const [one, two] = await Promise.all([
    start('one'),
    start('a-home-with-a-very-long-name-'.repeat(3) + 'that-no-socket-path-holds'),
  ])
  await query(one!.dataSource, 'CREATE TABLE here (n int)')
  expect(await query(two!.dataSource, `SELECT to_regclass('here')::text`)).toEqual([null])
  for (const name of ['data', 'run']) expect((await stat(join(folder, 'one/postgres', name))).mode & 0o077).toBe(0)
  const wrong = one!.dataSource.replace(/:[^:@]*@/, ':wrong@')
  await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
  expect(await query(one!.dataSource, `SELECT rolsuper FROM pg_roles WHERE rolname = current_user`)).toEqual([false])
})

test('a home that cannot be used gives one sentence', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(startEmbedded({ home: join(file, 'x'), log })).rejects.toThrow(DatabaseStartError)
})

test.runIf(process.getuid?.() === 0)('data of another account is refused, with the command that helps', async () => {
  const home = join(folder, 'foreign')
  await mkdir(join(home, 'postgres/data'), { recursive: true })
  await chown(home, 1, 1)
  await expect(startEmbedded({ home, log })).rejects.toThrow(/belongs to another account \(number 0\).*chown -R/)
})
