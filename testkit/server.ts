import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, createHttp, createRealtime } from '../server/src/app.ts'
import type { App } from '../server/src/app.ts'
import { ConfigStore } from '../server/src/config/config-store.ts'
import type { ConfigPatch } from '../server/src/config/config-store.ts'
import { openDatabase } from '../server/src/database/pool.ts'
import { openFileStorage } from '../server/src/files/file-storage.ts'
import { openLog } from '../server/src/log.ts'
import { Builders } from './builders.ts'
import { Client } from './client.ts'
import { createTestDatabase } from './database.ts'
import { testServerFiles } from './file-storage.ts'
import { TestSocket } from './socket.ts'

export interface TestServerOptions {
  readonly config?: ConfigPatch
  readonly env?: Record<string, string>
}

/** A whole server on a database of its own, listening on a free port. Log lines of level warn and above go to stderr. */
export class TestServer {
  readonly app: App
  readonly url: string
  /** makes people, teams and channels without going through the API */
  readonly make: Builders
  readonly #stop: () => Promise<void>

  private constructor(app: App, url: string, stop: () => Promise<void>) {
    this.app = app
    this.url = url
    this.make = new Builders(app)
    this.#stop = stop
  }

  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const home = await mkdtemp(join(tmpdir(), 'outpost-test-'))
    const database = await createTestDatabase()
    const config = await ConfigStore.open({ file: join(home, 'config.json'), env: options.env ?? {} })
    const fileTest = await testServerFiles()
    const fileSettings = { ...fileTest.patch, ...options.config?.FileSettings }
    if (options.config || fileTest.patch.DriverName)
      await config.patch({ ...options.config, FileSettings: fileSettings })
    const terminal = { OUTPOST_LOG_LEVEL: process.env.OUTPOST_TEST_LOG ?? 'error' }
    const log = await openLog(home, config.get().LogSettings, terminal)
    const opened = openDatabase(database.dataSource, { maxConnections: 8 })
    const files = await openFileStorage({ config, home, log: log.logger })
    // This process belongs to the tests and cannot begin anew; e2e/start does that with one of its own.
    const host = { logFile: log.file, restart: () => undefined }
    const app = await createApp({ config, database: opened, files, log: log.logger, host })
    const http = createHttp(app)
    await http.ready()
    const realtime = createRealtime(app, http)
    const url = await http.listen({ host: '127.0.0.1', port: 0 })
    return new TestServer(app, url, async () => {
      realtime.close()
      await http.close()
      await app.close()
      await files.close()
      await fileTest.stop()
      await opened.close()
      await log.close()
      await database.drop()
      await rm(home, { recursive: true, force: true })
    })
  }

  /** A client with somebody's token, or nobody's. Every answer it gets is checked against the contract. */
  as(person?: { token: string }): Client {
    return new Client(this.url, person?.token ?? '')
  }

  /** An open, authenticated socket. Every event it hears is checked against the contract. */
  socket(person: { token: string }, query = ''): Promise<TestSocket> {
    return TestSocket.open(this.url, person.token, query)
  }

  stop(): Promise<void> {
    return this.#stop()
  }
}
