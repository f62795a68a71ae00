import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { createApp, createHttp, createRealtime } from './app.ts'
import { ConfigStore } from './config/config-store.ts'
import { startEmbedded } from './database/embedded.ts'
import { describeDataSource } from './database/data-source.ts'
import { migrate } from './database/migrator.ts'
import { openDatabase } from './database/pool.ts'
import type { Database } from './database/pool.ts'
import { openLocalFileStore } from './files/local-file-store.ts'
import { sweepFiles } from './files/sweep-files.ts'
import { openLog } from './log.ts'
import type { Log } from './log.ts'
import { ScheduledPostSender } from './scheduled-posts/scheduled-post-sender.ts'
import { StartError } from './start-error.ts'

/** A running server. */
export interface Running {
  /** where a browser on this machine reaches it */
  readonly url: string
  /** reads config.json again; connections stay */
  reload(): Promise<void>
  /** finishes what is under way and ends everything that was started */
  stop(): Promise<void>
}

/**
 * Starts the whole server from its home folder: configuration, database, HTTP and WebSocket. `onLost` is called
 * when the embedded database ends by itself. Rejects with an error whose message is one clear sentence when
 * something on the machine stands in the way; then nothing is left running.
 */
export async function startServer(home: string, env: NodeJS.ProcessEnv, onLost: () => void): Promise<Running> {
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    return await startParts(home, env, onLost, undo, stop)
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}

async function startParts(
  home: string,
  env: NodeJS.ProcessEnv,
  onLost: () => void,
  undo: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Running> {
  await makeHome(home)
  const config = await ConfigStore.open({ file: env.MM_CONFIG ?? join(home, 'config.json'), env })
  const log = await openLog(home, config.get().LogSettings, env)
  undo.push(() => log.close())
  const database = await openAnyDatabase(home, config, log, onLost, undo)
  const directory = resolve(home, config.get().FileSettings.Directory || 'data')
  const files = await openLocalFileStore(directory)
  await sweepFiles(files)
  const app = await createApp({ config, database, files, log: log.logger })
  undo.push(() => app.close())
  const sender = new ScheduledPostSender(app)
  sender.start()
  undo.push(() => sender.stop())
  const http = createHttp(app)
  undo.push(() => http.close())
  await http.ready()
  const realtime = createRealtime(app, http)
  undo.push(async () => realtime.close())
  const port = await listen(http, config.get().ServiceSettings.ListenAddress)
  log.logger.info({ port }, 'listening')
  return { url: `http://localhost:${port}`, reload: async () => void (await config.reload()), stop }
}

async function makeHome(home: string): Promise<void> {
  try {
    await mkdir(home, { recursive: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(
      `The folder ${home} cannot be made (${code}). Set OUTPOST_HOME to a folder that may be written.`,
    )
  }
}

async function openAnyDatabase(
  home: string,
  config: ConfigStore,
  log: Log,
  onLost: () => void,
  undo: (() => Promise<void>)[],
): Promise<Database> {
  const { SqlSettings } = config.get()
  let dataSource = SqlSettings.DataSource
  if (!dataSource) {
    const embedded = await startEmbedded({ home, log: log.text, onExit: onLost })
    undo.push(() => embedded.stop())
    dataSource = embedded.dataSource
  }
  const database = openDatabase(dataSource, {
    log: log.text,
    maxConnections: Math.min(SqlSettings.MaxOpenConns, 50),
    maxLifetimeMs: SqlSettings.ConnMaxLifetimeMilliseconds,
  })
  undo.push(() => database.close())
  await migrate(dataSource, { log: log.text }).catch((error: NodeJS.ErrnoException) => {
    throw unreachable(error, database) ?? error
  })
  return database
}

/** Failures to connect, said for people; other errors are left as they are. */
function unreachable(error: NodeJS.ErrnoException, { source }: Database): StartError | undefined {
  const { code = '' } = error
  const isNetwork = /^(E[A-Z]+|08|28|3D000|57P03|53300)/.test(code) || /timeout|SSL|terminated/i.test(error.message)
  if (!isNetwork) return undefined
  return new StartError(
    `The database at ${describeDataSource(source)} cannot be used (${error.message}). Check SqlSettings.DataSource.`,
  )
}

/** Listens at Mattermost's form of an address: `:8065`, `127.0.0.1:8065` or `[::1]:8065`. Resolves with the port. */
async function listen(http: FastifyInstance, address: string): Promise<number> {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at).replace(/^\[|\]$/g, '')
  const port = Number(address.slice(at + 1))
  try {
    await listenOn(http, host, port)
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address)
  }
  const bound = http.server.address()
  return typeof bound === 'object' && bound ? bound.port : port
}

/** Without a host, both IPv6 and IPv4; only IPv4 on a machine without IPv6. */
async function listenOn(http: FastifyInstance, host: string, port: number): Promise<void> {
  if (host) return void (await http.listen({ host, port }))
  try {
    await http.listen({ host: '::', port })
  } catch (error) {
    if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    await http.listen({ host: '0.0.0.0', port })
  }
}

function listenError(error: NodeJS.ErrnoException, address: string): StartError {
  const other = 'Set another ServiceSettings.ListenAddress, for example MM_SERVICESETTINGS_LISTENADDRESS=:8066.'
  if (error.code === 'EADDRINUSE') return new StartError(`The address ${address} is already in use. ${other}`)
  if (error.code === 'EACCES') return new StartError(`This account may not listen at ${address}. ${other}`)
  return new StartError(`The server cannot listen at ${address} (${error.code ?? error.message}). ${other}`)
}
