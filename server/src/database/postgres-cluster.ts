import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync, statfsSync } from 'node:fs'
import { chmod, chown, lchown, mkdir, mkdtemp, open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { asAccount, DatabaseStartError, type Account } from './postgres-binaries.ts'

const exec = promisify(execFile)

/** One PostgreSQL data directory and how to run it. */
export interface Cluster {
  /** Holds `data/`, `postgres.log` and usually `run/`; see makeClusterFolder. */
  folder: string
  /** Where `postgres` and `initdb` are. */
  bin: string
  account: Account | undefined
  /** Folder of the unix socket: short and private. */
  socketDir: string
  port: number
}

/** A running server. `exited` settles when the process is gone, for whatever reason. */
export interface RunningCluster {
  pid: number
  exited: Promise<void>
  /** Fast shutdown: sessions are ended, everything is written out. Safe to call twice. */
  stop(): Promise<void>
}

const MEGABYTE = 1024 * 1024

const dataOf = (cluster: { folder: string }): string => join(cluster.folder, 'data')
const logOf = (cluster: { folder: string }): string => join(cluster.folder, 'postgres.log')

/** Makes a folder that only the account can enter. */
export async function makePrivateFolder(path: string, account: Account | undefined): Promise<void> {
  await makeFolder(path, 0o700, account?.uid ?? process.getuid?.(), account?.gid ?? process.getgid?.())
}

/**
 * Makes the folder that holds a cluster. When root runs PostgreSQL under another account the folder stays root's:
 * that account could otherwise lay links in it and have root write where they point.
 */
export async function makeClusterFolder(path: string, account: Account | undefined): Promise<void> {
  await makeFolder(path, account ? 0o711 : 0o700, process.getuid?.(), process.getgid?.())
}

async function makeFolder(path: string, mode: number, uid = -1, gid = -1): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await lchown(path, uid, gid)
  // Following a link somebody else laid out would open the folder it points to.
  if (lstatSync(path).isSymbolicLink()) throw new DatabaseStartError(`${path} is a link; remove it.`)
  await chmod(path, mode)
}

/**
 * The folder for the unix socket of a cluster: `run` inside it, or, when that path is too long for a socket (107
 * bytes), a private folder below /run, $XDG_RUNTIME_DIR or the temporary directory.
 */
export async function makeSocketFolder(folder: string, account: Account | undefined): Promise<string> {
  const inside = join(folder, 'run')
  if (Buffer.byteLength(inside) <= 80) {
    await makePrivateFolder(inside, account)
    return inside
  }
  const base = process.getuid?.() === 0 && existsSync('/run') ? '/run' : (process.env.XDG_RUNTIME_DIR ?? tmpdir())
  const outside = join(base, `outpost-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`)
  await mkdir(outside, { mode: 0o700 }).catch(() => undefined)
  const found = existsSync(outside) ? lstatSync(outside) : undefined
  const ours = [process.getuid?.(), account?.uid]
  // Someone else may have made a folder of this name in /tmp in order to listen in our place.
  const trusted = found?.isDirectory() && ours.includes(found.uid) && !(found.mode & 0o077)
  const chosen = trusted ? outside : await mkdtemp(join(tmpdir(), 'outpost-'))
  await makePrivateFolder(chosen, account)
  return chosen
}

/**
 * Creates the data directory if it is not there: UTF-8, byte order for sorting, a character type that knows accents,
 * password login for every connection. Done beside and renamed, so a crash half-way leaves nothing behind.
 */
export async function initCluster(cluster: Cluster, superuserPassword: string, extra: string[] = []): Promise<boolean> {
  if (existsSync(join(dataOf(cluster), 'PG_VERSION'))) return false
  // Asked beforehand: initdb on a full disk dies of a follow-up error, tidies up and hides the cause.
  if (freeBytes(cluster.folder) < 64 * MEGABYTE) throw startError(cluster, 'ENOSPC')
  // A name of its own: the initdb of a starter that was killed may still be at work, and removes its folder at the end.
  const draft = join(cluster.folder, `data.new-${randomBytes(4).toString('hex')}`)
  const passwordFile = join(cluster.folder, 'initdb-password')
  await removeDrafts(cluster.folder)
  try {
    await makePrivateFolder(draft, cluster.account)
    await writeFile(passwordFile, superuserPassword, { mode: 0o600 })
    if (cluster.account) await chown(passwordFile, cluster.account.uid, cluster.account.gid)
    await initdb(cluster, ['-D', draft, '--username=postgres', `--pwfile=${passwordFile}`, ...extra])
    await rename(draft, dataOf(cluster))
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string }
    throw startError(cluster, stderr || message)
  } finally {
    await rm(passwordFile, { force: true }).catch(() => undefined)
    await rm(draft, { recursive: true, force: true }).catch(() => undefined)
  }
  return true
}

/** What starts that were cut short left behind; one that is still being written goes with its writer. */
async function removeDrafts(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter((one) => one.startsWith('data.new')))
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
}

async function initdb(cluster: Cluster, args: string[]): Promise<void> {
  const auth = ['--auth-local=scram-sha-256', '--auth-host=scram-sha-256']
  const common = ['--encoding=UTF8', '--locale=C', '--text-search-config=english', ...auth, ...args]
  const run = (ctype: string[]): Promise<unknown> =>
    exec(join(cluster.bin, 'initdb'), [...common, ...ctype], asAccount(cluster.account))
  // Without a UTF-8 character type lower() leaves É alone. Which name exists depends on the system.
  for (const name of ['C.UTF-8', 'en_US.UTF-8']) {
    try {
      await run([`--lc-ctype=${name}`])
      return
    } catch (error) {
      if (!/invalid locale name/.test((error as { stderr?: string }).stderr ?? '')) throw error
    }
  }
  await run([])
}

/** Starts the server and waits until it accepts connections. Leftovers of a killed one are cleared first. */
export async function startCluster(
  cluster: Cluster,
  settings: Record<string, string | number>,
): Promise<RunningCluster> {
  await clearLeftovers(cluster)
  const args = ['-D', dataOf(cluster), '-k', cluster.socketDir, '-p', String(cluster.port)]
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
  await rename(logOf(cluster), `${logOf(cluster)}.1`).catch(() => undefined)
  const log = await open(logOf(cluster), 'w', 0o600)
  try {
    const child = spawn(join(cluster.bin, 'postgres'), args, {
      ...asAccount(cluster.account),
      // Of its own session: Ctrl-C in a terminal must reach the server first, which then stops PostgreSQL.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    child.unref()
    await untilReady(cluster, child)
    return { pid: child.pid!, exited, stop: () => stopProcess(cluster, child.pid!) }
  } finally {
    await log.close()
  }
}

async function untilReady(cluster: Cluster, child: ChildProcess): Promise<void> {
  const file = join(dataOf(cluster), 'postmaster.pid')
  let failed: Error | undefined
  child.once('error', (error) => (failed = error))
  // No limit: after a crash PostgreSQL replays its log first, which may take minutes and must not be cut off.
  for (;;) {
    if (failed) throw startError(cluster, failed.message)
    if (child.exitCode !== null || child.signalCode !== null)
      throw startError(cluster, await readFile(logOf(cluster), 'utf8').catch(() => ''))
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === 'ready') return
    await sleep(15)
  }
}

/** The process that serves this data directory now, if any. */
export function postmasterOf(folder: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    return processesIn(join(folder, 'data')).includes(pid) ? pid : undefined
  } catch {
    return undefined
  }
}

/** Processes whose working directory is `data`: the server and its children. Empty where there is no /proc. */
function processesIn(data: string): number[] {
  if (!existsSync('/proc/self/cwd') || !existsSync(data)) return []
  const real = realpathSync(data)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => worksIn(pid, real))
}

/** A process that has ended but was not reaped (containers without an init) has no working directory any more. */
function worksIn(pid: number, realData: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realData
  } catch {
    return false
  }
}

/** Stops a server whose starter was killed, and removes the pid file of one that was killed itself. */
async function clearLeftovers(cluster: Cluster): Promise<void> {
  const orphan = postmasterOf(cluster.folder)
  if (orphan) await stopProcess(cluster, orphan)
  // Children of a killed server end by themselves as soon as they notice; a new server must not start before.
  for (let waited = 0; processesIn(dataOf(cluster)).length > 0; waited += 50) {
    if (waited > 5_000) for (const pid of processesIn(dataOf(cluster))) signal(pid, 'SIGKILL')
    if (waited > 10_000) throw startError(cluster, 'processes of an earlier PostgreSQL do not end')
    await sleep(50)
  }
  // Its number may meanwhile belong to another program, or to a dead process that nobody reaped (containers without
  // an init), and PostgreSQL would then refuse to start.
  const socket = join(cluster.socketDir, `.s.PGSQL.${cluster.port}`)
  for (const file of [join(dataOf(cluster), 'postmaster.pid'), `${socket}.lock`, socket])
    await rm(file, { force: true }).catch(() => undefined)
}

async function stopProcess(cluster: Cluster, pid: number): Promise<void> {
  const real = realpathSync(dataOf(cluster))
  const alive = (): boolean => (existsSync('/proc/self/cwd') ? worksIn(pid, real) : signal(pid, 0))
  if (!alive()) return
  signal(pid, 'SIGINT')
  for (let waited = 0; alive(); waited += 20) {
    // Immediate shutdown loses nothing either: the log is replayed at the next start.
    if (waited === 30_000) signal(pid, 'SIGQUIT')
    if (waited > 40_000) throw startError(cluster, `the process ${pid} does not end`)
    await sleep(20)
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** One sentence for what PostgreSQL or the system said. */
export function startError(cluster: { folder: string; account?: Account }, said: string): DatabaseStartError {
  const { folder, account } = cluster
  // On a full disk PostgreSQL may not even manage to write down why it failed.
  if (/No space left|ENOSPC|Disk quota|EDQUOT/i.test(said) || freeBytes(folder) < 8 * MEGABYTE)
    return new DatabaseStartError(`There is no space left on the disk that holds the database in ${folder}.`)
  if (/Read-only file system|EROFS/i.test(said))
    return new DatabaseStartError(`The disk that holds the database in ${folder} is read-only.`)
  if (/Permission denied|EACCES|EPERM|wrong ownership|not permitted/i.test(said))
    return new DatabaseStartError(
      `The account ${account?.name ?? process.getuid?.()} may not use the database folder ${folder}; make it the owner of that folder and everything in it.`,
    )
  if (/incompatible with server|was initialized by PostgreSQL/i.test(said))
    return new DatabaseStartError(`The database in ${folder} was made by another version of PostgreSQL.`)
  const fatal = said.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? said.trim().split('\n').at(-1)
  return new DatabaseStartError(
    `PostgreSQL did not start: ${fatal?.trim() || 'it said nothing'} (see ${join(folder, 'postgres.log')}).`,
  )
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return Infinity
  }
}
