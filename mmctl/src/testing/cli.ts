import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { createHttp } from '../../../server/src/app.ts'
import { openLocalSocket } from '../../../server/src/http/local-socket.ts'
import { TestServer } from '../../../testkit/server.ts'
import type { TestServerOptions } from '../../../testkit/server.ts'
import { run } from '../run.ts'
import { TestHome } from './home.ts'

/** A server with its local socket, and mmctl run inside of the test with a home folder of its own. */
export class TestCli extends TestHome {
  readonly server: TestServer
  readonly #closeSocket: () => Promise<void>

  private constructor(server: TestServer, home: string, closeSocket: () => Promise<void>) {
    super(home)
    this.server = server
    this.#closeSocket = closeSocket
  }

  static async start(options: TestServerOptions = {}): Promise<TestCli> {
    const server = await TestServer.start(options)
    const { home, socket } = await TestHome.make()
    return new TestCli(server, home, await openLocalSocket(createHttp(server.app, true), socket))
  }

  async stop(): Promise<void> {
    await this.#closeSocket()
    await this.server.stop()
    await this.remove()
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
