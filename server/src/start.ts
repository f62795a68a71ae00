import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { createApp, createHttp, createRealtime } from './app.ts'
import { ConfigStore } from './config/config-store.ts'
import { startEmbedded } from './database/embedded.ts'
import { migrate } from './database/migrator.ts'
import { openDatabase } from './database/pool.ts'
import { openLocalFileStore } from './files/local-file-store.ts'

/** A running server. */
export interface Running {
  readonly url: string
  stop(): Promise<void>
}

/**
 * Starts the whole server from its home folder: configuration, database, HTTP and WebSocket. Rejects with an error
 * whose message is one clear sentence when something on the machine stands in the way.
 */
export async function startServer(home: string, env: NodeJS.ProcessEnv): Promise<Running> {
  await mkdir(home, { recursive: true })
  const config = await ConfigStore.open({ file: env.MM_CONFIG ?? join(home, 'config.json'), env })
  const log = pino({ level: (env.OUTPOST_LOG_LEVEL ?? 'info').toLowerCase() })
  const external = config.get().SqlSettings.DataSource
  const embedded = external ? undefined : await startEmbedded({ home, log })
  const dataSource = external || embedded!.dataSource
  await migrate(dataSource, { log })
  const database = openDatabase(dataSource, { log, maxConnections: config.get().SqlSettings.MaxOpenConns })
  const directory = resolve(home, config.get().FileSettings.Directory || 'data')
  const app = await createApp({ config, database, files: await openLocalFileStore(directory), log })
  const http = createHttp(app)
  await http.ready()
  const realtime = createRealtime(app, http)
  const url = await listen(http, config.get().ServiceSettings.ListenAddress)
  const stop = async () => {
    realtime.close()
    await http.close()
    await app.close()
    await database.close()
    await embedded?.stop()
  }
  return { url, stop }
}

/** Listens at Mattermost's form of an address: `:8065`, `127.0.0.1:8065` or `[::1]:8065`. */
async function listen(http: FastifyInstance, address: string): Promise<string> {
  const at = address.lastIndexOf(':')
  const host = address.slice(0, at).replace(/^\[|\]$/g, '') || '0.0.0.0'
  return http.listen({ host, port: Number(address.slice(at + 1)) })
}
