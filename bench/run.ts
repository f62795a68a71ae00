/**
 * Measures the server in this checkout against the physical limit of this machine, in one run: `node bench/run.ts`.
 * The database lies in a cluster of its own without fsync, so that CPU cost is measured and not the disk of the day.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { createEmptyDatabase } from '../testkit/database.ts'

const PORT = 8097
const URL = `http://127.0.0.1:${PORT}`
const root = join(import.meta.dirname, '..')

const database = await createEmptyDatabase()
const home = await mkdtemp(join(tmpdir(), 'outpost-bench-'))
const dsn = database.dataSource
const env = {
  ...process.env,
  OUTPOST_HOME: home,
  MM_SERVICESETTINGS_LISTENADDRESS: `127.0.0.1:${PORT}`,
  MM_SQLSETTINGS_DATASOURCE: dsn,
}
const pool = new pg.Pool({ connectionString: dsn, max: 1 })
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
  await database.drop()
  await rm(home, { recursive: true, force: true })
}
