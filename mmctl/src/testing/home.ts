import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { run } from '../run.ts'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly env?: Record<string, string>
  /** what is typed or piped in */
  readonly input?: string
  readonly uid?: number
  /** stdout claims to be a terminal of so many rows */
  readonly rows?: number
}

/** A home folder for mmctl, run inside of the test. */
export class TestHome {
  readonly home: string
  /** where mmctl looks for the local socket */
  readonly socket: string

  constructor(home: string) {
    this.home = home
    this.socket = join(home, 'local.socket')
  }

  static async make(): Promise<TestHome> {
    return new TestHome(await mkdtemp(join(tmpdir(), 'mmctl-test-')))
  }

  async remove(): Promise<void> {
    await rm(this.home, { recursive: true, force: true })
  }

  /** Runs mmctl with these words. */
  async run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const stdin = new PassThrough()
    stdin.end(options.input ?? '')
    const stdout = new Sink(options.rows)
    const stderr = new Sink(options.rows)
    const env = { MMCTL_LOCAL_SOCKET_PATH: this.socket, XDG_CONFIG_HOME: join(this.home, 'config'), ...options.env }
    const uid = options.uid ?? process.getuid?.()
    const code = await run(argv, { env, stdin, stdout, stderr, home: this.home, uid })
    return { code, out: stdout.text, err: stderr.text }
  }
}

class Sink extends Writable {
  text = ''
  readonly isTTY: boolean
  readonly rows: number | undefined

  constructor(rows: number | undefined) {
    super()
    this.isTTY = rows !== undefined
    this.rows = rows
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}
