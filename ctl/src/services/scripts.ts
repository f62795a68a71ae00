import { join } from 'node:path'
import type { Settings } from '../settings/settings.ts'
import { installation } from './places.ts'

/** What runs one service: the text of its scripts, by their name in its folder. */
export interface Definition {
  readonly name: string
  /** texts of executable files */
  readonly scripts: Readonly<Record<string, string>>
  /** where its output goes; undefined where nobody writes any */
  readonly logDirectory: string
}

/** Quotes a word for sh. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A command over several lines. */
const command = (...words: string[]): string => words.join(' \\\n  ')

/** The chat server. Its environment is read anew at each start. */
export function outpostService({ account, directories }: Settings): Definition {
  const run = [
    '#!/bin/sh',
    'exec 2>&1',
    'umask 022',
    'ulimit -c 0',
    'ulimit -n 50000 2>/dev/null || ulimit -n "$(ulimit -Hn)"',
    `cd ${shellWord(installation)} || exit 1`,
    `exec ${command(
      'chpst -P',
      `-e ${shellWord(directories.env)}`,
      `-u ${shellWord(`${account.username}:${account.group}`)}`,
      `env OUTPOST_HOME=${shellWord(directories.home)} MM_CONFIG=${shellWord(directories.configFile)}`,
      `${shellWord(process.execPath)} --disable-warning=ExperimentalWarning server/src/main.ts`,
    )}`,
    '',
  ]
  return { name: 'outpost', scripts: { run: run.join('\n') }, logDirectory: directories.logs }
}

/** nginx in the foreground; runit restarts it when it dies. */
export function nginxService({ nginx }: Settings, program: string): Definition {
  const words = [
    shellWord(program),
    '-p',
    shellWord(`${nginx.directory}/`),
    '-c',
    shellWord(`${nginx.directory}/conf/nginx.conf`),
  ]
  const run = ['#!/bin/sh', 'exec 2>&1', 'ulimit -n 50000 2>/dev/null', `exec chpst -P ${words.join(' ')}`, '']
  return { name: 'nginx', scripts: { run: run.join('\n') }, logDirectory: nginx.logDirectory }
}

/** Outpost's own PostgreSQL. Told to stop, it does not wait for the clients to go by themselves. */
export function postgresqlService({ database: { local } }: Settings, bin: string, logs: string): Definition {
  const words = [shellWord(join(bin, 'postgres')), '-D', shellWord(join(local.directory, 'data'))]
  const account = shellWord(`${local.username}:${local.group}`)
  const run = ['#!/bin/sh', 'exec 2>&1', 'umask 077', `exec chpst -P -u ${account} ${words.join(' ')}`, '']
  const stop = ['#!/bin/sh', 'exec kill -INT "$(cat supervise/pid)"', '']
  return {
    name: 'postgresql',
    scripts: { run: run.join('\n'), 'control/t': stop.join('\n') },
    logDirectory: join(logs, 'postgresql'),
  }
}

/** Runs a command of outpost-ctl at certain times: cron is not on every machine. */
export function timerService(name: string, arguments_: readonly string[], logs: string): Definition {
  const words = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    join(installation, 'ctl/src/main.ts'),
    ...arguments_,
  ]
  const run = ['#!/bin/sh', 'exec 2>&1', `exec chpst -P ${words.map(shellWord).join(' ')}`, '']
  return { name, scripts: { run: run.join('\n') }, logDirectory: join(logs, name) }
}

/** Where svlogd writes what the service says. */
export function logScript(definition: Definition): string {
  return `#!/bin/sh\nexec svlogd -tt ${shellWord(definition.logDirectory)}\n`
}

/** svlogd's own settings: when it begins a new file, how many it keeps, and what happens with old ones. */
export function logConfig({ logging: { svlogd } }: Settings): string {
  const { size, num, timeout, filter, udp, prefix } = svlogd
  return [
    `s${size}`,
    `n${num}`,
    `t${timeout}`,
    filter !== '' && `!${filter}`,
    udp !== '' && `u${udp}`,
    prefix !== '' && `p${prefix}`,
  ]
    .filter((line) => line !== false)
    .map((line) => `${line}\n`)
    .join('')
}
