import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { createHttp } from '../../../server/src/app.ts'
import { openLocalSocket } from '../../../server/src/http/local-socket.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { TestServerOptions } from '../../../testkit/server.ts'
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

/** A server with its local socket, and mmctl run inside of the test with a home folder of its own. */
export class TestCli {
  readonly server: TestServer
  readonly home: string
  readonly socket: string
  readonly #closeSocket: () => Promise<void>

  private constructor(server: TestServer, home: string, socket: string, closeSocket: () => Promise<void>) {
    this.server = server
    this.home = home
    this.socket = socket
    this.#closeSocket = closeSocket
  }

  static async start(options: TestServerOptions = {}): Promise<TestCli> {
    const server = await TestServer.start(options)
    const home = await mkdtemp(join(tmpdir(), 'mmctl-test-'))
    const socket = join(home, 'local.socket')
    return new TestCli(server, home, socket, await openLocalSocket(createHttp(server.app, true), socket))
  }

  async stop(): Promise<void> {
    await this.#closeSocket()
    await this.server.stop()
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

  /** Runs it with stored credentials while it goes on printing: what it prints, piece by piece, and how it ends. */
  follow(argv: readonly string[]): { printed: AsyncIterator<Buffer>; ended: Promise<number> } {
    const stdout = new PassThrough()
    const env = { XDG_CONFIG_HOME: join(this.home, 'config') }
    const [stdin, stderr] = [new PassThrough(), new PassThrough()]
    const printed = stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    return { printed, ended: run(argv, { env, stdin, stdout, stderr, home: this.home, uid: process.getuid?.() }) }
  }

  /** Runs it over the local socket; a failure fails the test. */
  async local(...argv: string[]): Promise<string> {
    const { code, out, err } = await this.run(['--local', ...argv])
    if (code !== 0) throw new Error(err)
    return out
  }

  /** The same, with the JSON that it prints. */
  async json<T>(...argv: string[]): Promise<T> {
    return JSON.parse(await this.local('--json', ...argv)) as T
  }

  /** What it says on stderr over the local socket when it fails; success fails the test. */
  async failure(...argv: string[]): Promise<string> {
    const { code, out, err } = await this.run(['--local', ...argv])
    if (code !== 1) throw new Error(`no failure: ${out}`)
    return err
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
