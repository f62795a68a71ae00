import { resolve } from 'node:path'
import { startProblem } from './start-error.ts'
import { startServer } from './start.ts'

const home = resolve(process.env.OUTPOST_HOME ?? 'var')

function lost(): void {
  console.error('The database has ended. Start again; what was acknowledged is safe.')
  process.exit(1)
}

try {
  const running = await startServer(home, process.env, lost)
  const seconds = (performance.now() / 1000).toFixed(1)
  console.log(`Outpost is running at ${running.url} (started in ${seconds} s)`)
  console.log('  Open it and create the first account: it becomes the administrator.')
  console.log(`  Everything is kept in ${home}. Stop with Ctrl+C.`)
  const stop = () => void running.stop().then(() => process.exit(0), fail)
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  process.on('SIGHUP', () => void running.reload().catch((error: Error) => console.error(error.message)))
} catch (error) {
  fail(error)
}

function fail(error: unknown): never {
  console.error(startProblem(error) ?? error)
  process.exit(1)
}
