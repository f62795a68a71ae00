import { spawn } from 'node:child_process'
import { Problem } from '../cli/problem.ts'

export interface CommandOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly uid?: number
  readonly gid?: number
  /** written to the standard input, which is closed afterwards */
  readonly input?: string
  /** ms until the command is killed; default 60 s */
  readonly timeout?: number
}

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Enough for every answer we ask for; a runaway command must not fill the memory. */
const MAX_OUTPUT = 4_000_000

/**
 * Runs a program without a shell and gathers what it says. A program that cannot be started is a Problem that names
 * it; one that fails is not. One that outlives the timeout is killed and has the code 124.
 */
export function tryCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const { input = '', timeout = 60_000, env = process.env, cwd, uid, gid } = options
  return new Promise((done, fail) => {
    const child = spawn(program, args, { env, cwd, uid, gid, stdio: 'pipe' })
    const chunks = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (chunks[name].length < MAX_OUTPUT) chunks[name] += text
      })
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, timeout)
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      fail(error.code === 'ENOENT' ? missing(program, error) : error)
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      done({ code: late ? 124 : (code ?? 1), ...chunks })
    })
    child.stdin.on('error', () => undefined).end(input)
  })
}

/** Like tryCommand, but any exit code except 0 is a Problem with the last lines of what the program said. */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await tryCommand(program, args, options)
  if (result.code === 0) return result.stdout
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-8).join('\n')
  const why = result.code === 124 ? 'did not end in time' : `failed with code ${result.code}`
  throw new Problem(`${program} ${why}: ${said || 'it said nothing'}`, 'Remove the cause, then run the command again.')
}

function missing(program: string, cause: Error): Problem {
  const package_ = PACKAGES[program.split('/').at(-1)!]
  const how = package_ ? `Install it: apt-get install ${package_}` : 'Install the package that brings it.'
  return new Problem(`The program ${program} is missing.`, how, { cause })
}

const PACKAGES: Record<string, string> = {
  nginx: 'nginx',
  runsvdir: 'runit',
  sv: 'runit',
  chpst: 'runit',
  svlogd: 'runit',
  psql: 'postgresql-client',
  postgres: 'postgresql',
  initdb: 'postgresql',
  useradd: 'passwd',
  groupadd: 'passwd',
  usermod: 'passwd',
  groupmod: 'passwd',
  logrotate: 'logrotate',
  openssl: 'openssl',
}
