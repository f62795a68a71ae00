/**
 * Measures the server in this checkout against the physical limit of this machine, in one run: `node bench/run.ts`.
 * The database is the embedded one with its usual settings.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseDataSource } from '../server/src/database/data-source.ts'
import { startEmbedded } from '../server/src/database/embedded.ts'
import { createPool } from '../server/src/database/pool.ts'

const PORT = 8097
const URL = `http://127.0.0.1:${PORT}`
const root = join(import.meta.dirname, '..')

// In memory where the machine offers it: what is measured is the code, not the disk of the day.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
const home = await mkdtemp(join(memory, 'outpost-bench-'))
await chmod(home, 0o755)
const quiet = { info: () => undefined, warn: console.error, error: console.error }
const database = await startEmbedded({ home, log: quiet })
const source = parseDataSource(database.dataSource)
const socket = `host=${encodeURIComponent(source.host)}&port=${source.port}`
const dsn = `postgres://${source.user}:${source.password}@localhost/${source.database}?${socket}&sslmode=disable`
const env = {
  ...process.env,
  OUTPOST_HOME: home,
  OUTPOST_LOG_LEVEL: 'warn',
  MM_SERVICESETTINGS_LISTENADDRESS: `127.0.0.1:${PORT}`,
  MM_SQLSETTINGS_DATASOURCE: database.dataSource,
}
const pool = createPool(source, { maxConnections: 1 })
let server: ChildProcess | undefined

async function restart(): Promise<void> {
  await stop()
  server = spawn(process.execPath, ['server/src/main.ts'], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
  for (let tries = 0; tries < 200; tries++) {
    await sleep(50)
    const answer = await fetch(`${URL}/api/v4/system/ping`).catch(() => undefined)
    if (answer?.ok) return
  }
  throw new Error('the server did not answer within 10 s')
}

/** The postmaster's process, for the CPU figures. */
function databasePid(): string {
  return readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0] ?? '0'
}

async function stop(): Promise<void> {
  const running = server
  server = undefined
  if (!running || running.exitCode !== null) return
  const gone = new Promise((done) => running.once('exit', done))
  running.kill('SIGTERM')
  await gone
}

async function measure(scenarios: string, ...more: string[]): Promise<void> {
  const pid = String(server?.pid ?? 0)
  const args = [
    'bench/chat-bench.mjs',
    '--url',
    URL,
    '--admin',
    'bench:Bench-pass-1',
    '--bootstrap',
    '--dsn',
    dsn,
    '--pid',
    pid,
    '--db-pid',
    databasePid(),
  ]
  const child = spawn(process.execPath, [...args, '--scenarios', scenarios, ...more], { cwd: root, stdio: 'inherit' })
  await new Promise((done) => child.once('exit', done))
}

/** Rows that were written behind the server's back are indexed after a start; searching before that would be unfair. */
async function indexed(): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { rows } = await pool.query<{ rest: number }>(
      "SELECT (SELECT count(*) FROM posts WHERE deleteat = 0 AND type NOT LIKE 'system%')::int - (SELECT count(*) FROM outpost.post_search)::int AS rest",
    )
    if ((rows[0]?.rest ?? 0) <= 0) return
    await sleep(500)
  }
}

try {
  await restart()
  await measure('http,post,fanout-max,mixed', '--limit')
  await measure('history', '--seed-sql')
  await restart()
  await indexed()
  await pool.query('VACUUM ANALYZE')
  process.stderr.write('# history again, now with its index\n')
  await measure('history')
  await restart()
  await measure('connections', '--limit', '--conns', '2000')
} finally {
  await stop()
  await pool.end()
  await database.stop()
  await rm(home, { recursive: true, force: true })
}
