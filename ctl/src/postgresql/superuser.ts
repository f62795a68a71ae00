import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../cli/problem.ts'
import { findUser } from '../resources/accounts.ts'
import type { Numbers } from '../resources/run-as.ts'
import { tryCommand, type CommandResult } from '../resources/run-command.ts'
import type { LocalCluster } from '../settings/settings.ts'
import { exists, programFolder } from './programs.ts'

/** Asks the local cluster as its superuser: a unix account that PostgreSQL recognises by itself. */
export class Superuser {
  readonly cluster: LocalCluster
  readonly #gitlabDirectory: string
  /** the cluster will be made by this very run: nobody can be asked yet */
  readonly isPlanned: boolean

  constructor(cluster: LocalCluster, gitlabDirectory: string, isPlanned = false) {
    this.cluster = cluster
    this.#gitlabDirectory = gitlabDirectory
    this.isPlanned = isPlanned
  }

  /** psql of GitLab's package, else of the version that runs here, else the one in the path. */
  async psql(): Promise<string> {
    const bundled = join(this.#gitlabDirectory, 'embedded/bin/psql')
    if (await exists(bundled)) return bundled
    const folder = await programFolder('psql', join(this.cluster.directory, 'data')).catch(() => undefined)
    return folder ? join(folder, 'psql') : 'psql'
  }

  /** The account's numbers; none when we are that account ourselves. */
  async numbers(): Promise<Numbers> {
    const user = await findUser(this.cluster.username)
    if (!user) throw new Problem(`The account ${this.cluster.username} does not exist.`, 'Run outpost-ctl reconfigure.')
    return user.uid === process.geteuid?.() ? {} : { uid: user.uid, gid: user.gid }
  }

  /** Rows of the answer, columns separated by `|`. A failure is a Problem with PostgreSQL's words. */
  async query(sql: string, database = 'postgres'): Promise<string[]> {
    const { code, stdout, stderr } = await this.#run(sql, database)
    if (code === 0) return stdout.split('\n').filter(Boolean)
    if (isUnreachable(stderr)) throw this.#unreachable(stderr)
    throw new Problem(`PostgreSQL refused: ${firstLine(stderr)}`, 'Remove the cause, then run the command again.')
  }

  /** Whether the cluster answers; waits for one that is just starting. `patience` in seconds. */
  async waitUntilUp(patience: number): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const { code, stderr } = await this.#run('SELECT 1', 'postgres')
      if (code === 0) return
      if (!isUnreachable(stderr) || attempt >= patience * 4) throw this.#unreachable(stderr)
      await sleep(250)
    }
  }

  /** A standby takes no changes. */
  async isReadOnly(): Promise<boolean> {
    return (await this.query('SELECT pg_is_in_recovery()'))[0] === 't'
  }

  async #run(sql: string, database: string): Promise<CommandResult> {
    const { socketDirectory, port, username } = this.cluster
    const place = ['-h', socketDirectory, '-p', String(port), '-U', username, '-d', database]
    const args = ['-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', ...place, '-f', '-']
    const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', PGCONNECT_TIMEOUT: '10' }
    return tryCommand(await this.psql(), args, { ...(await this.numbers()), env, cwd: '/', input: sql })
  }

  #unreachable(said: string): Problem {
    const { socketDirectory, port } = this.cluster
    return new Problem(
      `PostgreSQL at ${socketDirectory}, port ${port}, does not answer: ${firstLine(said)}`,
      'Start it (gitlab-ctl start postgresql, or outpost-ctl start postgresql), then run the command again.',
    )
  }
}

const isUnreachable = (said: string): boolean =>
  /could not connect|connection to server .* failed|starting up|shutting down/.test(said)

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''
