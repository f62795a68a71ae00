import { runCommandLine } from './cli/main-command.ts'
import { machineContext } from './context.ts'

// Whoever reads our output may go away, as in `outpost-ctl status | head -1`.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
process.exitCode = await runCommandLine(machineContext(), process.argv.slice(2))
