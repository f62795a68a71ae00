import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { chmod, chown, lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { postmasterOf } from '../../server/src/database/postgres-cluster.ts'

/** The repository's root. */
export const ROOT = resolve(import.meta.dirname, '../..')

export const isRoot = process.getuid?.() === 0

/** An account that owns nothing; undefined when the tests themselves run without rights. */
export const unprivileged = isRoot ? { uid: 65_534, gid: 65_534 } : undefined

export interface LaunchOptions {
  readonly home: string
  readonly port: number
  readonly env?: Record<string, string>
  readonly account?: { uid: number; gid: number }
  /** killed after this long, whatever happens; default 60 s */
  readonly timeoutMs?: number
}

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** One `bin/start` that has been run. */
export interface Instance {
  readonly home: string
  readonly url: string
  /** number of the server's process, which leads its process group */
  readonly pid: number
  /** resolves when it says that it runs; rejects, with everything it said, when it ends before */
  readonly ready: Promise<void>
  readonly ended: Promise<Ending>
  /** everything it wrote to the terminal */
  output(): string
  kill(signal: NodeJS.Signals): void
}

const launched: { child: ChildProcess; home: string }[] = []
const folders: string[] = []
let isOver = false

/** A folder of its own that every account can enter. */
export async function makeFolder(name = 'home', owner?: { uid: number; gid: number }): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `outpost-e2e-${name}-`))
  folders.push(folder)
  await chmod(folder, 0o755)
  if (owner) await chown(folder, owner.uid, owner.gid)
  return folder
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => done(port))
    })
  })
}

/** Runs `bin/start` as a person would, from some other folder. */
export function launch(options: LaunchOptions): Instance {
  // A test that ran out of time goes on until it notices; what it starts now nobody would end.
  if (isOver) throw new Error('the test is over')
  const { home, port, account } = options
  const inherited = Object.entries(process.env).filter(([name]) => !/^(MM_|OUTPOST_|NODE_|VITEST|PG)/.test(name))
  const child = spawn(join(ROOT, 'bin/start'), {
    ...account,
    cwd: '/',
    // Of its own process group, so that a test can kill all of it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...Object.fromEntries(inherited),
      OUTPOST_HOME: home,
      MM_SERVICESETTINGS_LISTENADDRESS: `127.0.0.1:${port}`,
      ...options.env,
    },
  })
  launched.push({ child, home })
  let said = ''
  const timer = setTimeout(() => killHome(child, home), options.timeoutMs ?? 60_000)
  const ended = new Promise<Ending>((done) => {
    child.once('error', (error) => (said += error.message))
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      done({ code, signal })
    })
  })
  const ready = new Promise<void>((done, failed) => {
    const hear = (text: Buffer): void => {
      said += text.toString()
      if (said.includes('Stop with Ctrl+C')) done()
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    void ended.then(({ code, signal }) => failed(new Error(`bin/start ended (${code ?? signal}): ${said}`)))
  })
  // Most tests await one of the two promises only.
  ready.catch(() => undefined)
  const kill = (signal: NodeJS.Signals): void => void child.kill(signal)
  return { home, url: `http://127.0.0.1:${port}`, pid: child.pid!, ready, ended, output: () => said, kill }
}

/** Runs `bin/start` and waits until it answers. */
export async function start(options: LaunchOptions): Promise<Instance> {
  const instance = launch(options)
  await instance.ready
  return instance
}

/** Stops it as a service manager does. */
export async function stop(instance: Instance): Promise<Ending> {
  instance.kill('SIGTERM')
  return instance.ended
}

/** The process of the embedded database of a home, if it runs. */
export function postmaster(home: string): number | undefined {
  return postmasterOf(join(home, 'postgres'))
}

/** Every process that works in the home's database folder. */
export function databaseProcesses(home: string): number[] {
  const folder = realpathOf(join(home, 'postgres/data'))
  if (!folder) return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => readLink(`/proc/${pid}/cwd`) === folder)
}

/** Where to reach a running embedded database, as the server's own role. */
export function embeddedSource(home: string): string {
  const folder = realpathSync(join(home, 'postgres'))
  const { owner } = JSON.parse(readFileSync(join(folder, 'passwords.json'), 'utf8')) as { owner: string }
  const host = encodeURIComponent(join(folder, 'run'))
  return `postgres://outpost:${owner}@/outpost?host=${host}&port=5432&sslmode=disable`
}

/** Whether there is something at a path. */
export const exists = existsSync

/** The numbers of the accounts that own a folder and everything in it. */
export async function ownersBelow(folder: string): Promise<number[]> {
  const names = await readdir(folder, { recursive: true })
  const paths = [folder, ...names.map((name) => join(folder, name))]
  const owners = await Promise.all(
    paths.map((path) =>
      lstat(path).then(
        (one) => one.uid,
        () => undefined,
      ),
    ),
  )
  return [...new Set(owners)].filter((uid) => uid !== undefined)
}

/** Sends a signal to a process or, with a negative number, to a group; one that is gone is fine. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Waits until `holds`, for things that nothing announces. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 45_000): Promise<void> {
  const deadline = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain until ${what}`)
    await sleep(20)
  }
}

/** Ends everything that was launched, then does `before` and removes the folders. For afterAll. */
export async function cleanUp(before?: () => Promise<void>): Promise<void> {
  isOver = true
  const ended = launched.splice(0)
  for (const { child, home } of ended) killHome(child, home)
  for (const { home } of ended) await forget(home)
  await before?.()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}

async function forget(home: string): Promise<void> {
  await until(`nobody uses ${home}`, () => databaseProcesses(home).length === 0)
  const database = realpathOf(join(home, 'postgres'))
  // Where root keeps a database whose home the database's account cannot enter.
  if (database?.startsWith('/var/lib/outpost/')) await rm(database, { recursive: true, force: true })
}

function killHome(child: ChildProcess, home: string): void {
  if (child.exitCode === null && child.signalCode === null) send(-child.pid!, 'SIGKILL')
  for (const pid of databaseProcesses(home)) send(pid, 'SIGKILL')
}

function readLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

function realpathOf(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
