import { createHash, randomBytes } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { clientConfig, parseDataSource } from './data-source.ts'
import type { DatabaseLog } from './pool.ts'
import { canEnter, chooseAccount, DatabaseStartError, prepareBinaries, type Account } from './postgres-binaries.ts'
import { initCluster, makeClusterFolder, makeSocketFolder, startCluster, startError } from './postgres-cluster.ts'
import type { Cluster, RunningCluster } from './postgres-cluster.ts'

export { DatabaseStartError } from './postgres-binaries.ts'

export interface EmbeddedOptions {
  /** The instance's folder; the database lives in `<home>/postgres`. */
  home: string
  log: DatabaseLog
  /** Called when PostgreSQL ends although nobody asked it to. */
  onExit?: () => void
}

export interface EmbeddedDatabase {
  /** For `openDatabase`. Holds a password: never log it. */
  dataSource: string
  /** Ends all sessions, writes everything out, returns when PostgreSQL is gone. Safe to call twice. */
  stop(): Promise<void>
}

interface Passwords {
  superuser: string
  owner: string
}

/** Where root keeps what an unprivileged account could not reach below a folder such as /root. */
const ROOT_FOLDER = '/var/lib/outpost'

const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: 100,
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '512MB',
  // Chat queries are short: compiling them or splitting them over workers costs more than it saves.
  jit: 'off',
  max_parallel_workers_per_gather: 0,
  random_page_cost: 1.1,
  // A new server fills its tables within minutes: until they are analysed, statements are planned for empty ones.
  autovacuum_naptime: '20s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Only its own start, stop and recovery: failed statements reach the server as errors and hold people's words.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/**
 * Starts the bundled PostgreSQL for one instance and creates its data the first time. Durable (every commit is on
 * disk), reachable through a unix socket in a private folder and by password only. What a killed instance left
 * running is stopped first. Throws DatabaseStartError with one sentence for the person at the keyboard.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const folder = join(resolve(options.home), 'postgres')
  const account = chooseAccount([join(folder, 'data'), options.home])
  try {
    return await start(options, folder, account)
  } catch (error) {
    if (error instanceof DatabaseStartError) throw error
    throw startError({ folder, account }, (error as Error).message)
  }
}

async function start(options: EmbeddedOptions, folder: string, account?: Account): Promise<EmbeddedDatabase> {
  await mkdir(options.home, { recursive: true })
  const real = await clusterFolder(folder, account, options.log)
  checkOwner(real, account)
  await makeClusterFolder(real, account)
  await claim(real)
  const passwords = await loadPasswords(real)
  const socketDir = await makeSocketFolder(real, account)
  const bin = await prepareBinaries(account, ROOT_FOLDER)
  const cluster: Cluster = { folder: real, bin, account, socketDir, port: 5432 }
  const fresh = await initCluster(cluster, passwords.superuser, ['--data-checksums'])
  if (fresh) options.log.info(`Created a database in ${folder}.`)
  const running = await startCluster(cluster, SETTINGS)
  try {
    await ensureOwner(socketDir, passwords)
  } catch (error) {
    await running.stop()
    throw error
  }
  return supervise(running, sourceOf(socketDir, 'outpost', passwords.owner, 'outpost'), real, options)
}

function supervise(
  running: RunningCluster,
  dataSource: string,
  folder: string,
  options: EmbeddedOptions,
): EmbeddedDatabase {
  let stopping = false
  void running.exited.then(() => {
    if (stopping) return
    options.log.error(`PostgreSQL ended unexpectedly; see ${join(folder, 'postgres.log')}.`)
    options.onExit?.()
  })
  return {
    dataSource,
    async stop() {
      stopping = true
      await running.stop()
      await rm(join(folder, 'instance.json'), { force: true })
    },
  }
}

/**
 * `<home>/postgres` itself, or, when the account cannot get there, a folder of its own below /var/lib/outpost with a
 * link in its place.
 */
async function clusterFolder(folder: string, account: Account | undefined, log: DatabaseLog): Promise<string> {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (existsSync(folder)) return realpathSync(folder)
    throw new DatabaseStartError(`${folder} is a link to a folder that is no longer there.`)
  }
  if (canEnter(account, resolve(folder, '..'))) return folder
  if (existsSync(join(folder, 'data')))
    throw new DatabaseStartError(
      `The account ${account?.name} cannot enter the folder ${folder}; open the folders above it.`,
    )
  const elsewhere = join(ROOT_FOLDER, createHash('sha256').update(folder).digest('hex').slice(0, 12))
  await mkdir(ROOT_FOLDER, { recursive: true, mode: 0o755 })
  await makeClusterFolder(elsewhere, account)
  await rm(folder, { recursive: true, force: true })
  await symlink(elsewhere, folder)
  log.warn(`The account ${account?.name} cannot enter ${folder}; the database is kept in ${elsewhere}.`)
  return elsewhere
}

function checkOwner(folder: string, account: Account | undefined): void {
  const data = join(folder, 'data')
  const mine = account?.uid ?? process.getuid?.()
  if (mine === undefined || !existsSync(data)) return
  const { uid } = statSync(data)
  if (uid === mine) return
  throw new DatabaseStartError(
    `The database in ${folder} belongs to another account (number ${uid}); start Outpost as that account, or run: chown -R ${account?.name ?? mine} ${data}`,
  )
}

/** Refuses while another living process uses this folder: starting would stop its database. */
async function claim(folder: string): Promise<void> {
  const file = join(folder, 'instance.json')
  const text = await readFile(file, 'utf8').catch(() => '{}')
  const holder = parseOr<{ pid?: number; born?: string }>(text, {})
  if (holder.pid && holder.pid !== process.pid && holder.born && bornAt(holder.pid) === holder.born)
    throw new DatabaseStartError(`Another Outpost (process ${holder.pid}) is using the database in ${folder}.`)
  await writeFile(`${file}.new`, JSON.stringify({ pid: process.pid, born: bornAt(process.pid) }), { mode: 0o600 })
  await rename(`${file}.new`, file)
}

/** Tells a process from a later one with the same number: its start time in kernel ticks. */
function bornAt(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

async function loadPasswords(folder: string): Promise<Passwords> {
  const file = join(folder, 'passwords.json')
  const stored = parseOr<Partial<Passwords>>(await readFile(file, 'utf8').catch(() => '{}'), {})
  if (stored.superuser && stored.owner) return { superuser: stored.superuser, owner: stored.owner }
  if (existsSync(join(folder, 'data', 'PG_VERSION')))
    throw new DatabaseStartError(`The file ${file} with the database passwords is missing; restore it from a backup.`)
  const made: Passwords = { superuser: randomBytes(24).toString('hex'), owner: randomBytes(24).toString('hex') }
  await writeFile(`${file}.new`, JSON.stringify(made), { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return made
}

/** The server works as a role that owns its database and nothing else: it cannot read files or start programs. */
async function ensureOwner(socketDir: string, passwords: Passwords): Promise<void> {
  const source = sourceOf(socketDir, 'postgres', passwords.superuser, 'postgres')
  const client = new pg.Client(clientConfig(parseDataSource(source, {})))
  await client.connect()
  try {
    const { rows } = await client.query<{ role: boolean; database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'outpost') AS role,
         EXISTS (SELECT FROM pg_database WHERE datname = 'outpost') AS database`,
    )
    if (!rows[0]!.role) await client.query(`CREATE ROLE outpost LOGIN PASSWORD '${passwords.owner}'`)
    if (!rows[0]!.database) await client.query('CREATE DATABASE outpost OWNER outpost')
  } finally {
    await client.end()
  }
}

function sourceOf(socketDir: string, user: string, password: string, database: string): string {
  return `postgres://${user}:${password}@/${database}?host=${encodeURIComponent(socketDir)}&port=5432&sslmode=disable`
}

function parseOr<T>(text: string, fallback: T): T {
  try {
    return JSON.parse(text) as T
  } catch {
    return fallback
  }
}
