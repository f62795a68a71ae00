import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createTestDatabase } from '../../testkit/database.ts'
import type { TestDatabase } from '../../testkit/database.ts'
import { freePort } from '../start/instance.fixture.ts'

const MAIN = resolve(import.meta.dirname, '../../server/src/main.ts')

/** A server that is a process of its own, so that it can be killed and come back on the same port with its data. */
export class ServerProcess {
  readonly url: string
  readonly #port: number
  readonly #home: string
  readonly #database: TestDatabase
  #child: ChildProcess | undefined

  private constructor(port: number, home: string, database: TestDatabase) {
    this.url = `http://127.0.0.1:${port}`
    this.#port = port
    this.#home = home
    this.#database = database
  }

  static async start(): Promise<ServerProcess> {
    const home = await mkdtemp(join(tmpdir(), 'outpost-process-'))
    const server = new ServerProcess(await freePort(), home, await createTestDatabase())
    await server.comeBack()
    return server
  }

  /** Runs it again; with another folder of the web client, as after an upgrade. */
  async comeBack(web?: string): Promise<void> {
    this.#child = await this.#run(this.#port, web)
  }

  /** As the kernel kills it: no farewell to anybody. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    if (!child) return
    child.kill('SIGKILL')
    await once(child, 'close')
  }

  /** The same data for a while at another address: what happens there, no page at the old one hears of. */
  async elsewhere(happens: (url: string) => Promise<void>): Promise<void> {
    const port = await freePort()
    const child = await this.#run(port)
    await happens(`http://127.0.0.1:${port}`).finally(() => child.kill('SIGKILL'))
  }

  async stop(): Promise<void> {
    await this.kill()
    await this.#database.drop()
    await rm(this.#home, { recursive: true, force: true })
  }

  async #run(port: number, web?: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        OUTPOST_HOME: this.#home,
        MM_SERVICESETTINGS_LISTENADDRESS: `127.0.0.1:${port}`,
        MM_SQLSETTINGS_DATASOURCE: this.#database.dataSource,
        MM_TEAMSETTINGS_ENABLEOPENSERVER: 'true',
        ...(web && { OUTPOST_WEB_DIST: web }),
      },
    })
    let said = ''
    for await (const text of child.stdout!) {
      said += String(text)
      if (said.includes('Stop with Ctrl+C')) return child
    }
    throw new Error(`The server ended before it listened: ${said}`)
  }
}
