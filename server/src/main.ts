import { startServer } from './start.ts'

const running = await startServer(process.env.OUTPOST_HOME ?? 'var', process.env)
console.log(running.url)
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void running.stop().then(() => process.exit(0)))
