import type { Command } from '../cli/command.ts'
import { bool, command, exactly, group, int, string } from '../cli/declare.ts'

const licenses = () => import('../commands/license/license.ts')

/** The licence, which this server does not need. */
export const license = group('license', 'Manage the licence of servers that need one', [
  command('get', 'Show the licence', { single: true }, async () => (await licenses()).get),
  command('upload', 'Hand over a licence file', { usage: '[license]' }, async () => (await licenses()).upload),
  command(
    'upload-string',
    'Hand over a licence as text',
    { usage: '[license]' },
    async () => (await licenses()).uploadString,
  ),
  command('remove', 'Remove the licence', {}, async () => (await licenses()).remove),
])

/** Commands about the server that stand by themselves. */
export const alone: readonly Command[] = [
  command(
    'logs',
    'Show the newest lines of the log',
    {
      flags: [
        int('number', 'How many lines', { short: 'n', default: '200' }),
        bool('logrus', 'Print fields as key=value', { short: 'l' }),
      ],
    },
    async () => (await import('../commands/general/logs.ts')).logs,
  ),
  command(
    'websocket',
    'Print events as they come, one JSON a line',
    {},
    async () => (await import('../commands/general/websocket.ts')).websocket,
  ),
  command(
    'integrity',
    'Look for lost rows in the database (local mode only)',
    {
      count: exactly(0),
      flags: [bool('confirm', 'Do not ask'), bool('verbose', 'Show each of them', { short: 'v' })],
    },
    async () => (await import('../commands/general/integrity.ts')).integrity,
  ),
  command(
    'version',
    'Show the version of mmctl',
    { single: true },
    async () => (await import('../commands/general/version.ts')).version,
  ),
]

const noDescriptions = bool('no-descriptions', 'Offer words without saying what they do')

/** Prints scripts for shells. */
export const completion = group(
  'completion',
  'Print a script that completes mmctl in a shell',
  ['bash', 'zsh', 'fish', 'powershell'].map((shell) =>
    command(shell, `The script for ${shell}`, { count: exactly(0), flags: [noDescriptions] }, async () =>
      (await import('../commands/general/completion.ts')).completion(shell),
    ),
  ),
)

/** Commands about the tree of commands itself, which they get handed. */
export const aboutTree = (root: () => Command): readonly Command[] => [
  command('help', 'Show how a command is used', { usage: '[command]' }, async () =>
    (await import('../commands/general/help.ts')).helpOn(root()),
  ),
  command(
    'docs',
    'Write a page of Markdown for each command',
    { count: exactly(0), flags: [string('directory', 'Where to', { short: 'd', default: 'docs' })] },
    async () => (await import('../commands/general/docs.ts')).docs(root()),
  ),
  command('__complete', 'Answer completion scripts', { hidden: true }, async () =>
    (await import('../commands/general/complete.ts')).complete(root()),
  ),
]
