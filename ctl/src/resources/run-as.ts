import { fork } from 'node:child_process'
import { Problem } from '../cli/problem.ts'
import { installation } from '../services/places.ts'

/** The account in whose name a piece of work is done; undefined numbers mean our own. */
export interface Numbers {
  readonly uid?: number
  readonly gid?: number
}

/** ms; the work is a question to a database, and somebody waits before a terminal */
const TIMEOUT = 60_000

/**
 * Runs the module's exported function `work` in a process of another account and resolves with its result. PostgreSQL
 * asks the system who we are, so a question in somebody's name needs a process in his name. Input and result are plain
 * data and travel through a pipe that nobody else sees.
 */
export function runAs<Result>(account: Numbers, module: URL, input: unknown): Promise<Result> {
  const runner = new URL('run-as-child.ts', import.meta.url)
  return new Promise((done, fail) => {
    const child = fork(runner, [module.href], {
      ...account,
      cwd: '/',
      execArgv: ['--disable-warning=ExperimentalWarning'],
      // Nothing of root's own environment, where passwords may stand.
      env: { PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2000)))
    const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT)
    child.once('error', fail)
    child.once('message', (answer: Answer) => {
      if ('result' in answer) return done(answer.result as Result)
      fail(answer.repair === undefined ? new Error(answer.message) : new Problem(answer.message, answer.repair))
    })
    child.once('exit', (code, signal) => {
      clearTimeout(timer)
      fail(cannotRun(account, said, signal ?? code))
    })
    child.send({ input })
  })
}

/** What the child answers. */
export type Answer = { result: unknown } | { message: string; repair?: string }

function cannotRun({ uid }: Numbers, said: string, end: number | string | null): Problem {
  const reason =
    said
      .trim()
      .split('\n')
      .find((line) => /Error/.test(line)) ?? said.trim().split('\n')[0]
  return new Problem(
    `A program could not be run as the account ${uid ?? 'of the caller'} (${end}): ${reason || 'it said nothing'}`,
    `Every account must be able to read ${installation} and the folders above it.`,
  )
}
