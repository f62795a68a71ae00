import { flushCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { startProblem } from './start-error.ts'
import { startServer } from './start.ts'
import type { Running } from './start.ts'

const home = resolve(process.env.OUTPOST_HOME ?? 'var')

function lost(): void {
  console.error('The database has ended. Start again; what was acknowledged is safe.')
  process.exit(1)
}

const unwanted = new AbortController()
let running: Running | undefined
let stopped: Promise<void> | undefined
// To try signing in with GitLab without having one; nothing of it is loaded otherwise.
const withGitLab = process.argv.includes('--with-gitlab')
const sample = withGitLab ? (await import('../../testkit/gitlab/sample.ts')).sampleGitLab(process.env) : undefined

/** Also for a second Ctrl+C: ending the process before its database is down would leave the database behind. */
function stop(): void {
  unwanted.abort()
  end(() => process.exit(0))
}

/** Under the same process id, so that it makes no difference whether somebody supervises this process. */
function restart(): void {
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)]
  end(() => (unwanted.signal.aborted ? process.exit(0) : process.execve!(process.execPath, again, process.env)))
}

/** Ends the server, once, and then the process or this life of it. */
function end(last: () => never): void {
  const server = running
  if (server) stopped ??= (sample?.close() ?? Promise.resolve()).then(() => server.stop()).then(last, fail)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
process.on('SIGHUP', () => void running?.reload().catch((error: Error) => console.error(error.message)))
// Whoever reads our output may go away, as in `bin/start | head`; the server stays.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  const env = { ...process.env, ...sample?.env }
  running = await startServer({ home, env, onLost: lost, onRestart: restart, signal: unwanted.signal })
  greet(running)
  if (sample) console.log(await sample.start(running))
  // Written now, because a killed process writes nothing: the next start then compiles nothing.
  flushCompileCache()
  if (unwanted.signal.aborted) stop()
} catch (error) {
  if (error === unwanted.signal.reason) process.exit(0)
  fail(error)
}

function greet({ url, isNew }: Running): void {
  const seconds = (performance.now() / 1000).toFixed(1)
  console.log(`Outpost is running at ${url} (started in ${seconds} s)`)
  if (isNew) console.log('  Open it in a browser: the first account becomes the administrator.')
  else console.log('  Open it in a browser, or give the address to an app made for Mattermost.')
  console.log(`  Everything is kept in ${home}. Stop with Ctrl+C.`)
}

function fail(error: unknown): never {
  console.error(startProblem(error) ?? error)
  process.exit(1)
}
