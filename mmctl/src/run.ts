import type { Context } from './cli/command.ts'
import { helpText } from './cli/help.ts'
import { parse } from './cli/parse.ts'
import type { Invocation } from './cli/parse.ts'
import { UsageError } from './cli/usage-error.ts'
import type { Connection } from './connect/connection.ts'
import { Printer } from './output/printer.ts'
import { sanitize } from './output/sanitize.ts'
import { Prompt } from './prompt/prompt.ts'
import { root } from './tree/root.ts'
import type { World } from './world.ts'

/** Runs mmctl with the words of a command line. Resolves with the exit status: 0, or 1 after an error. */
export async function run(argv: readonly string[], world: World): Promise<0 | 1> {
  try {
    const invocation = parse(root, argv, world.env)
    if (invocation.wantsHelp) world.stdout.write(helpText(invocation.path))
    else await act(invocation, world)
    return 0
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    world.stderr.write(`Error: ${sanitize(text)}\n`)
    if (error instanceof UsageError) world.stderr.write(`Run '${error.command} --help' for usage.\n`)
    return 1
  }
}

async function act({ path, args, flags }: Invocation, world: World): Promise<void> {
  const command = path.at(-1)!
  const format = flags.text('format')
  if (format !== 'plain' && format !== 'json') throw new UsageError(`unknown format "${format}": use plain or json`)
  const out = new Printer({
    json: flags.bool('json') || format === 'json',
    quiet: flags.bool('quiet'),
    single: command.single ?? false,
    shortStat: flags.bool('short-stat'),
    noStat: flags.bool('no-stat'),
    pager: flags.bool('disable-pager') ? '' : (world.env.PAGER ?? ''),
    stdout: world.stdout,
    stderr: world.stderr,
  })
  const prompt = new Prompt(world)
  let connection: Promise<Connection> | undefined
  const open = async () => (await import('./connect/connection.ts')).connect(flags, world, out)
  const context: Context = { args, flags, out, prompt, world, connect: () => (connection ??= open()) }
  const action = await command.load!()
  try {
    await action(context)
  } catch (error) {
    // What was done before the failure is told, too.
    await out.finish()
    throw error
  } finally {
    prompt.close()
  }
  const server = await connection
  await out.finish(server && countLine(path, server))
}

/** Lists end with a line on stderr; those of stored credentials have none, because no server is asked. */
function countLine(path: Invocation['path'], { where }: Connection): ((items: number) => string) | undefined {
  const parent = path.at(-2)
  if (path.at(-1)!.name !== 'list' || !parent || parent.name === 'auth') return undefined
  const plural = parent.name.endsWith('s') ? parent.name : `${parent.name}s`
  return (items) => `There are ${items} ${plural} on ${where}`
}
