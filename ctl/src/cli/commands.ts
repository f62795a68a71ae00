import type { Context } from '../context.ts'

/** What a command's file exports: does the work, answers the exit code. */
export type Run = (context: Context, args: string[]) => Promise<number>

export interface Command {
  readonly name: string
  /** arguments, as in `[SERVICE]`; '' = takes none */
  readonly usage: string
  /** what it does, for the list of commands */
  readonly summary: string
  readonly run: Run
}

/** Commands by heading, each with its arguments and what it does, in the order in which help lists them. */
const table: Record<string, [name: string, usage: string, summary: string][]> = {
  Settings: [
    [
      'reconfigure',
      '[--dry-run] [--config FILE] [--gitlab-token-file FILE]',
      'make this machine what the settings say',
    ],
    ['show-config', '[--secrets] [--config FILE]', 'print the settings as they are understood'],
    ['check-config', '[--version X.Y] [-n]', 'name settings that a version no longer knows'],
    ['diff-config', '', 'compare the settings with the template'],
    ['import-config', '[FILE]', 'turn a config.json into lines of the settings file'],
    ['import-smtp', '[FILE]', "turn the mail server of GitLab's settings into lines of the settings file"],
    ['generate-secrets', '-f FILE', 'write fresh secrets into a file'],
  ],
  Services: [
    ['status', '[SERVICE ...]', 'show which services run'],
    ['service-list', '', 'list the services; * marks those that are to run'],
    ['start', '[SERVICE ...]', 'start services'],
    ['stop', '[SERVICE ...]', 'stop services'],
    ['restart', '[SERVICE ...]', 'stop services and start them again'],
    ['restart-except', 'SERVICE [SERVICE ...]', 'restart all services but these'],
    ['once', '[SERVICE ...]', 'start services; one that ends is not started again'],
    ['hup', '[SERVICE ...]', 'send HUP'],
    ['int', '[SERVICE ...]', 'send INT'],
    ['term', '[SERVICE ...]', 'send TERM'],
    ['kill', '[SERVICE ...]', 'send KILL'],
    ['usr1', '[SERVICE ...]', 'send USR1'],
    ['usr2', '[SERVICE ...]', 'send USR2'],
    ['graceful-kill', '[SERVICE ...]', 'stop services; kill what does not end'],
    ['tail', '[SERVICE or FILE]', 'follow the logs'],
  ],
  Care: [
    ['doctor', '[--json]', 'look for what is wrong with this machine'],
    ['psql', '[arguments of psql]', 'open the database; also as outpost-psql'],
    ['backup', '[-p DIR] [--keep N] [--two-files]', 'write one archive of everything'],
    [
      'restore',
      '[--check] [--stop] [--settings] [--overwrite] [--keep-old] FILE [FILE]',
      "bring an archive, or the two files of GitLab's guide, back",
    ],
    [
      'adopt',
      '[--dry-run] [--copy] [--database FILE] [--files FILE or DIR] [--gitlab-rb FILE] [--edit-gitlab-rb] | --undo',
      "take over the chat of GitLab's package",
    ],
    ['backup-etc', '[-p DIR] [--[no-]delete-old-backups]', 'write an archive of the settings and secrets'],
    ['renew-le-certs', '', "renew the certificate of Let's Encrypt if it is due"],
    ['remove-accounts', '', "delete the services' accounts"],
    ['uninstall', '', 'stop all services and their supervision; data stays'],
    ['cleanse', '[yes]', 'delete all data, settings and logs'],
    ['timer', 'logrotate DIR | letsencrypt', 'wait and do what is due; started by a service'],
  ],
}

const VERBS = new Set(['status', 'start', 'stop', 'restart', 'once', 'hup', 'int', 'term', 'kill', 'usr1', 'usr2'])

/** A command's file is loaded when it is wanted: `status` must not wait for everything else. */
function runnerOf(name: string): Run {
  if (VERBS.has(name))
    return async (context, args) => (await import('../commands/service-command.ts')).serviceCommand(context, name, args)
  return async (context, args) => {
    const module = (await import(new URL(`../commands/${name}.ts`, import.meta.url).href)) as { run: Run }
    return module.run(context, args)
  }
}

/** The commands under each heading. */
export const groups: ReadonlyMap<string, readonly Command[]> = new Map(
  Object.entries(table).map(([heading, rows]) => [
    heading,
    rows.map(([name, usage, summary]) => ({ name, usage, summary, run: runnerOf(name) })),
  ]),
)

export const commands: readonly Command[] = [...groups.values()].flat()
