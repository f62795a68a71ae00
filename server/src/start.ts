import { mkdir, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { createApp, createHttp, createRealtime } from './app.ts'
import { ConfigStore } from './config/config-store.ts'
import { startEmbedded } from './database/embedded.ts'
import { describeDataSource } from './database/data-source.ts'
import type { DataSource } from './database/data-source.ts'
import { migrate } from './database/migrator.ts'
import { openDatabase } from './database/pool.ts'
import type { Database } from './database/pool.ts'
import { openFileStorage } from './files/file-storage.ts'
import { GitLabWatch } from './gitlab/login/gitlab-watch.ts'
import { openLocalSocket } from './http/local-socket.ts'
import { openLog } from './log.ts'
import type { Log } from './log.ts'
import { MailWorker } from './notifications/email/mail-worker.ts'
import { trustExtraCertificates } from './outgoing/trusted-certificates.ts'
import { PersistentNotificationSender } from './posts/persistent-notification-sender.ts'
import { ReminderSender } from './reminders/reminder-sender.ts'
import { ScheduledPostSender } from './scheduled-posts/scheduled-post-sender.ts'
import { StartError } from './start-error.ts'

/** A running server. */
export interface Running {
  /** where a browser on this machine reaches it */
  readonly url: string
  /** nobody has an account yet: the first one becomes the administrator */
  readonly isNew: boolean
  /** the server's database; holds a password, never log it */
  readonly dataSource: DataSource
  /** reads config.json again; connections stay */
  reload(): Promise<void>
  /** finishes what is under way and ends everything that was started */
  stop(): Promise<void>
}

/** How long requests under way may take to be answered when the server stops. */
const DRAIN_MS = 3_000

export interface StartOptions {
  readonly home: string
  readonly env: NodeJS.ProcessEnv
  /** called when the embedded database ends by itself */
  readonly onLost: () => void
  /** called when an administrator asks for a restart */
  readonly onRestart: () => void
  /** aborted by whoever no longer wants the server while it is starting */
  readonly signal?: AbortSignal
}

/**
 * Starts the whole server from its home folder: configuration, database, HTTP and WebSocket. Rejects with an error
 * whose message is one clear sentence when something on the machine stands in the way, or with the signal's reason;
 * then nothing is left running.
 */
export async function startServer(options: StartOptions): Promise<Running> {
  const undo: Undo = []
  const stop = async () => {
    const failures: unknown[] = []
    // Whatever fails on the way, the database must not stay behind alone.
    for (const step of undo.splice(0).toReversed()) await step().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }
  try {
    return await startParts(options, undo, stop)
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}

type Undo = (() => Promise<void>)[]

async function startParts(options: StartOptions, undo: Undo, stop: () => Promise<void>): Promise<Running> {
  const { home, env, signal } = options
  await makeHome(home)
  const config = await ConfigStore.open({ file: env.MM_CONFIG ?? join(home, 'config.json'), env })
  const log = await openLog(home, config.get().LogSettings, env)
  undo.push(async () => {
    log.logger.info('stopped')
    await log.close()
  })
  trustExtraCertificates(env, (text) => log.text.warn(text))
  const database = await openAnyDatabase(options, config, log, undo)
  signal?.throwIfAborted()
  const files = await openFileStorage({ config, home, log: log.logger })
  undo.push(() => files.close())
  const host = { logFile: log.file, restart: options.onRestart }
  const app = await createApp({ config, database, files, log: log.logger, host })
  undo.push(() => app.close())
  for (const Sender of [ScheduledPostSender, ReminderSender, PersistentNotificationSender, GitLabWatch, MailWorker]) {
    const sender = new Sender(app)
    sender.start()
    undo.push(() => sender.stop())
  }
  const http = createHttp(app)
  http.addHook('preClose', () => finishRequests(http))
  undo.push(() => http.close())
  await http.ready()
  const realtime = createRealtime(app, http)
  undo.push(async () => realtime.close())
  const { EnableLocalMode, LocalModeSocketLocation } = config.get().ServiceSettings
  if (EnableLocalMode) undo.push(await openLocalSocket(createHttp(app, true), LocalModeSocketLocation))
  signal?.throwIfAborted()
  const url = await listen(http, config.get().ServiceSettings.ListenAddress)
  log.logger.info({ url }, 'listening')
  const isNew = app.clientSettings.limited().NoAccounts === 'true'
  return { url, isNew, dataSource: database.source, reload: async () => void (await config.reload()), stop }
}

/**
 * Lets requests under way be answered: a post that was written but not answered would be sent again by its client
 * and stand there twice.
 */
async function finishRequests({ server }: FastifyInstance): Promise<void> {
  const open = () => new Promise<number>((done) => server.getConnections((_error, count) => done(count)))
  for (const deadline = Date.now() + DRAIN_MS; Date.now() < deadline; await sleep(20)) {
    server.closeIdleConnections()
    if ((await open()) === 0) return
  }
}

async function makeHome(home: string): Promise<void> {
  try {
    await makeFolder(home)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(
      `The folder ${home} cannot be made (${code}). Set OUTPOST_HOME to a folder that may be written.`,
    )
  }
}

/** One level after the other: Node's own recursive form never returns below some folders of /proc. */
async function makeFolder(path: string): Promise<void> {
  if ((await stat(path).catch(() => undefined))?.isDirectory()) return
  await makeFolder(dirname(path))
  await mkdir(path)
}

async function openAnyDatabase(
  { home, onLost, signal }: StartOptions,
  config: ConfigStore,
  log: Log,
  undo: Undo,
): Promise<Database> {
  const { SqlSettings } = config.get()
  let dataSource = SqlSettings.DataSource
  let maxConnections = Math.min(SqlSettings.MaxOpenConns, 50)
  if (!dataSource) {
    // It shares the processors with this process: more statements at once would only take turns.
    maxConnections = Math.min(maxConnections, Math.max(6, availableParallelism() * 3))
    const embedded = await startEmbedded({ home, log: log.text, onExit: onLost })
    undo.push(() => embedded.stop())
    dataSource = embedded.dataSource
    signal?.throwIfAborted()
  }
  const database = openDatabase(dataSource, {
    log: log.text,
    maxConnections,
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

/** Listens at Mattermost's form of an address: `:8065`, `127.0.0.1:8065` or `[::1]:8065`. Resolves with the URL. */
async function listen(http: FastifyInstance, address: string): Promise<string> {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at).replace(/^\[|\]$/g, '')
  const port = Number(address.slice(at + 1))
  try {
    await listenOn(http, host, port)
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address)
  }
  const bound = http.server.address()
  const name = isAnywhere(host) ? 'localhost' : address.slice(0, at)
  return `http://${name}:${typeof bound === 'object' && bound ? bound.port : port}`
}

/** Addresses that `localhost` reaches too, and that read better so. */
function isAnywhere(host: string): boolean {
  return ['', '::', '0.0.0.0', '127.0.0.1', 'localhost'].includes(host)
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
