import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createEmptyDatabase } from '../../testkit/database.ts'
import type { TestDatabase } from '../../testkit/database.ts'
import { canEnter } from '../../server/src/database/postgres-binaries.ts'
import * as bin from './instance.fixture.ts'
import { query } from './recount.fixture.ts'
import { signIn, signUp } from './world.fixture.ts'

const databases: TestDatabase[] = []

afterAll(async () => {
  await bin.cleanUp()
  for (const database of databases) await database.drop()
})

async function emptyDatabase(): Promise<string> {
  const database = await createEmptyDatabase()
  databases.push(database)
  return database.dataSource
}

/** Runs `bin/start` to its end; one line on the terminal and exit code 1 is how it must fail. */
async function failure(options: Omit<bin.LaunchOptions, 'port'> & { port?: number }): Promise<string> {
  const instance = bin.launch({ port: 1, ...options })
  expect(await instance.ended, instance.output()).toEqual({ code: 1, signal: null })
  expect(bin.databaseProcesses(options.home)).toEqual([])
  expect(instance.output().trim().split('\n'), instance.output()).toHaveLength(1)
  return instance.output().trim()
}

const canUseCheckout = canEnter(bin.unprivileged && { ...bin.unprivileged, name: 'nobody' }, join(bin.ROOT, 'bin'))

test('a taken port is named, with what to set', async () => {
  const home = await bin.makeFolder()
  const holder = createServer()
  const port = await bin.freePort()
  await new Promise<void>((done) => holder.listen(port, '127.0.0.1', done))
  try {
    expect(await failure({ home, port })).toBe(
      `The address 127.0.0.1:${port} is already in use. Set another ServiceSettings.ListenAddress, for example MM_SERVICESETTINGS_LISTENADDRESS=:8066.`,
    )
  } finally {
    holder.close()
  }
})

test('a damaged config.json is named with line and character, and is left as it is', async () => {
  const home = await bin.makeFolder()
  const file = join(home, 'config.json')
  const text = '{\n  "TeamSettings": {\n    "SiteName": "One",,\n  }\n}\n'
  await writeFile(file, text)
  const said = await failure({ home })
  expect(said).toContain(`${file} cannot be used because of line 3, character 23: `)
  expect(said).toMatch(/Correct the file and try again\.$/)
  await writeFile(file, '{ "TeamSettings": { "MaxUsersPerTeam": "many" } }')
  expect(await failure({ home })).toMatch(/line 1, character \d+: TeamSettings\.MaxUsersPerTeam must be /)
  await writeFile(file, text)
  expect(await readFile(file, 'utf8')).toBe(text)
})

test.runIf(!bin.isRoot || canUseCheckout)(
  'a home that may not be written gives one sentence that names it',
  async () => {
    const folder = await bin.makeFolder('closed')
    await chmod(folder, 0o555)
    const account = bin.unprivileged
    const below = join(folder, 'home')
    expect(await failure({ home: below, account })).toBe(
      `The folder ${below} cannot be made (EACCES). Set OUTPOST_HOME to a folder that may be written.`,
    )
    expect(await failure({ home: folder, account })).toMatch(
      new RegExp(`^${folder}/config\\.json cannot be written because permission is denied\\. Give `),
    )
    await chmod(folder, 0o755)
    await writeFile(join(folder, 'file'), '')
    expect(await failure({ home: join(folder, 'file') })).toContain(
      `The folder ${join(folder, 'file')} cannot be made (EEXIST). Set OUTPOST_HOME`,
    )
  },
)

test('works on a PostgreSQL of its own: URL and keyword form, socket directory, sslmode=required', async () => {
  const url = await emptyDatabase()
  const home = await bin.makeFolder()
  const port = await bin.freePort()
  const first = await bin.start({ home, port, env: { MM_SQLSETTINGS_DATASOURCE: url } })
  await signUp(first.url, 'admin')
  expect(bin.exists(join(home, 'postgres'))).toBe(false)
  expect((await query(url, `SELECT username FROM users WHERE username = 'admin'`)).length).toBe(1)
  expect(await bin.stop(first)).toEqual({ code: 0, signal: null })
  const { host, port: socketPort, database } = partsOf(url)
  const keywords = `host=${host} port=${socketPort} user=outpost dbname=${database}  sslmode=required`
  const second = await bin.start({ home, port, env: { MM_SQLSETTINGS_DATASOURCE: keywords } })
  await signIn(second.url, 'admin')
  expect(await bin.stop(second)).toEqual({ code: 0, signal: null })
})

test('sslmode=required is taken as require and said; what cannot be reached is one sentence without the password', async () => {
  const home = await bin.makeFolder()
  const { port, database } = partsOf(await emptyDatabase())
  const source = `host=127.0.0.1 port=${port} user=outpost password=geheim dbname=${database} sslmode=required`
  const instance = bin.launch({ home, port: 1, env: { MM_SQLSETTINGS_DATASOURCE: source } })
  // The test cluster speaks no TLS, so that a server that asks for it must be refused.
  expect(await instance.ended).toEqual({ code: 1, signal: null })
  expect(instance.output()).toContain('sslmode=required; it is taken as sslmode=require')
  expect(instance.output()).toContain(`The database at 127.0.0.1:${port}/${database} cannot be used (`)
  expect(instance.output()).not.toContain('geheim')
  const nobody = await bin.freePort()
  const lost = `postgres://outpost:geheim@127.0.0.1:${nobody}/outpost?sslmode=disable`
  const said = await failure({ home, env: { MM_SQLSETTINGS_DATASOURCE: lost } })
  expect(said).toMatch(
    new RegExp(
      `^The database at 127\\.0\\.0\\.1:${nobody}/outpost cannot be used \\(.*ECONNREFUSED.*\\)\\. Check SqlS`,
    ),
  )
  expect(await failure({ home, env: { MM_SQLSETTINGS_DATASOURCE: 'host=one host' } })).toMatch(
    /^The data source cannot/,
  )
})

function partsOf(url: string): { host: string; port: string; database: string } {
  const [, database = '', query = ''] = /\/([^/?]+)\?(.*)$/.exec(url) ?? []
  const settings = new URLSearchParams(query)
  return { host: settings.get('host')!, port: settings.get('port')!, database }
}

test('folders below home are made with closed modes', async () => {
  const home = join(await bin.makeFolder(), 'deep/home')
  await mkdir(join(home, '..'))
  const instance = await bin.start({ home, port: await bin.freePort() })
  expect((await stat(join(home, 'config.json'))).mode & 0o777).toBe(0o600)
  expect((await stat(join(home, 'data'))).mode & 0o007).toBe(0)
  expect(await bin.stop(instance)).toEqual({ code: 0, signal: null })
})
