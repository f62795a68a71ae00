import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { clientConfig, parseDataSource } from '../server/src/database/data-source.ts'
import { migrate } from '../server/src/database/migrator.ts'
import { canEnter, chooseAccount, prepareBinaries } from '../server/src/database/postgres-binaries.ts'
import {
  initCluster,
  makeClusterFolder,
  makeSocketFolder,
  startCluster,
} from '../server/src/database/postgres-cluster.ts'

/** A database of one test file: Mattermost's schema at level 141 with the rows of a fresh server. */
export interface TestDatabase {
  dataSource: string
  /** Ends all sessions on it and removes it. */
  drop(): Promise<void>
}

interface ClusterState {
  socketDir: string
  port: number
}

const ROOT = resolve(fileURLToPath(import.meta.url), '../..')
/** Everything the template database is made from. */
const SOURCES = ['server/migrations', 'server/src/database/seed.ts', 'server/src/database/migrator.ts']

/** Speed instead of safety: this data is made again in a second. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: 200,
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '1GB',
  checkpoint_timeout: '1h',
  autovacuum: 'off',
  jit: 'off',
  // Tests provoke deadlocks; PostgreSQL looks for one only after this time.
  deadlock_timeout: '50ms',
  timezone: 'UTC',
  log_min_messages: 'log',
}

/** A fresh database, cloned from the template. Starts the test cluster and builds the template when needed. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const state = await ensureTestCluster()
  const template = await ensureTemplate(state)
  const name = `test_${Date.now()}_${randomBytes(5).toString('hex')}`
  await asSuperuser(state, (client) => createFrom(client, name, template))
  return { dataSource: dataSourceOf(state, name), drop: () => dropDatabase(state, name) }
}

/** A database without any table, for tests of the migrator itself. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const state = await ensureTestCluster()
  const name = `test_${Date.now()}_${randomBytes(5).toString('hex')}`
  await asSuperuser(state, (client) => client.query(`CREATE DATABASE ${name} OWNER outpost`))
  return { dataSource: dataSourceOf(state, name), drop: () => dropDatabase(state, name) }
}

/**
 * One PostgreSQL server for all test runs of this checkout. It keeps running after a run, so that the next one starts
 * at once; a killed one is replaced. Returns where it listens.
 */
export async function ensureTestCluster(): Promise<ClusterState> {
  const folder = clusterFolder()
  const running = await readState(folder)
  if (running) return running
  return withLock(`${folder}.lock`, async () => {
    const meanwhile = await readState(folder)
    if (meanwhile) return meanwhile
    try {
      return await start(folder)
    } catch {
      // Made by another version, or damaged by a power cut: nothing in it is worth keeping.
      await rm(join(folder, 'data'), { recursive: true, force: true })
      return start(folder)
    }
  })
}

function clusterFolder(): string {
  const account = chooseAccount([])
  const inCheckout = join(ROOT, '.cache', 'postgres')
  if (canEnter(account, ROOT)) return inCheckout
  return join(tmpdir(), `outpost-test-${createHash('sha256').update(ROOT).digest('hex').slice(0, 12)}`)
}

async function start(folder: string): Promise<ClusterState> {
  const account = chooseAccount([join(folder, 'data')])
  await mkdir(resolve(folder, '..'), { recursive: true })
  await makeClusterFolder(folder, account)
  const socketDir = await makeSocketFolder(folder, account)
  const bin = await prepareBinaries(account, tmpdir())
  const cluster = { folder, bin, account, socketDir, port: await freePort() }
  // The socket lies in a folder that only this account and we can enter.
  await initCluster(cluster, randomBytes(18).toString('hex'), ['--auth-local=trust', '--no-sync'])
  await startCluster(cluster, SETTINGS)
  const state: ClusterState = { socketDir, port: cluster.port }
  await asSuperuser(state, async (client) => {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'outpost'`)
    if (!rowCount) await client.query('CREATE ROLE outpost LOGIN')
    await dropOld(client, Date.now())
  })
  await writeFile(join(folder, 'state.json.new'), JSON.stringify(state))
  await rename(join(folder, 'state.json.new'), join(folder, 'state.json'))
  return state
}

async function readState(folder: string): Promise<ClusterState | undefined> {
  try {
    const state = JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as ClusterState
    await asSuperuser(state, (client) => client.query('SELECT 1'))
    return state
  } catch (error) {
    // Too many connections is not dead.
    if ((error as { code?: string }).code === '53300') throw error
    return undefined
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}

function dataSourceOf(state: ClusterState, database: string, user = 'outpost'): string {
  return `postgres://${user}@/${database}?host=${encodeURIComponent(state.socketDir)}&port=${state.port}&sslmode=disable`
}

async function asSuperuser<T>(state: ClusterState, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(clientConfig(parseDataSource(dataSourceOf(state, 'postgres', 'postgres'), {})))
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function createFrom(client: pg.Client, name: string, template: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      // Copying files is twice as fast as the default, which writes every page to the log.
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy OWNER outpost`)
      return
    } catch (error) {
      // 55006: the source is being accessed by another session.
      if (attempt >= 50 || (error as { code?: string }).code !== '55006') throw error
      await sleep(20 + Math.random() * 80)
    }
  }
}

async function dropDatabase(state: ClusterState, name: string): Promise<void> {
  await asSuperuser(state, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))
}

let template: Promise<string> | undefined

function ensureTemplate(state: ClusterState): Promise<string> {
  return (template ??= buildTemplate(state).catch((error) => {
    template = undefined
    throw error
  }))
}

async function buildTemplate(state: ClusterState): Promise<string> {
  const name = `template_${hashOfSources()}`
  const exists = (client: pg.Client): Promise<pg.QueryResult> =>
    client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
  await asSuperuser(state, async (client) => {
    if ((await exists(client)).rowCount) return
    await client.query('SELECT pg_advisory_lock(141)')
    if ((await exists(client)).rowCount) return
    const draft = `building_${randomBytes(5).toString('hex')}`
    await client.query(`CREATE DATABASE ${draft} OWNER outpost`)
    await migrate(dataSourceOf(state, draft))
    // Closed to connections, so that nobody is ever "accessing the source database".
    await client.query(`ALTER DATABASE ${draft} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`)
    await dropOld(client, Date.now() - 3_600_000)
  })
  return name
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const source of SOURCES.map((path) => join(ROOT, path)))
    for (const file of source.endsWith('.ts')
      ? [source]
      : readdirSync(source)
          .map((name) => join(source, name))
          .sort())
      hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex').slice(0, 16)
}

/** Removes templates of other schemas and what killed runs left: half-built ones and databases made before `time`. */
async function dropOld(client: pg.Client, time: number): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE datname ~ '^(test|building|template)_'`,
  )
  const current = `template_${hashOfSources()}`
  const isOld = (name: string): boolean => !name.startsWith('test_') || Number(name.split('_')[1]) < time
  for (const { datname } of rows.filter((row) => row.datname !== current && isOld(row.datname))) {
    // Somebody may just be cloning it; then it goes the next time.
    await client
      .query(`ALTER DATABASE ${datname} WITH IS_TEMPLATE false`)
      .then(() => client.query(`DROP DATABASE ${datname}`))
      .catch(() => undefined)
  }
}

/** One process at a time; a lock whose holder is dead is taken over. */
async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  await mkdir(resolve(path, '..'), { recursive: true })
  for (;;) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = Number(await readFile(path, 'utf8').catch(() => ''))
      if (holder && !isAlive(holder)) await rm(path, { force: true })
      await sleep(50)
    }
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
