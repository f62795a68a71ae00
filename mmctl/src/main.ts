import { run } from './run.ts'
import { processWorld } from './world.ts'

// Replaces the command line that other accounts see in the list of processes: it may hold a password or a token.
process.title = 'mmctl'
// Whoever reads the output may stop reading, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await run(process.argv.slice(2), processWorld())
