import type { App } from '../app.ts'
import { ping } from '../database/pool.ts'
import type { Session } from '../sessions/session.ts'

/** What monitors and mobile apps learn of the server's state. */
export interface Health {
  readonly status: 'OK' | 'UNHEALTHY'
  readonly database_status?: 'OK' | 'UNHEALTHY'
  readonly filestore_status?: 'OK' | 'UNHEALTHY'
}

/** Clients of the apps ask with the device they would like to be notified on. */
export interface PingQuery {
  readonly withParts: boolean
  readonly deviceId: string
}

/** A part that says nothing for so long (ms) is not well: monitors themselves wait little longer. */
const PATIENCE = 5_000

let running: Promise<Health> | undefined

/**
 * The answer of GET /system/ping: the oldest app versions that are welcome, and, when asked, whether database and file
 * storage work. `CanReceiveNotifications` is "unknown" until a push has really been delivered.
 */
export async function pingServer(
  app: Pick<App, 'access' | 'config' | 'db' | 'files'>,
  session: Session | undefined,
  query: PingQuery,
): Promise<Health & Record<string, unknown>> {
  const { ClientRequirements, EmailSettings } = app.config.get()
  const health: Health = query.withParts ? await checkHealth(app) : { status: 'OK' }
  const administrator = session !== undefined && app.access.can(session, 'manage_system')
  return {
    ...health,
    AndroidLatestVersion: ClientRequirements.AndroidLatestVersion,
    AndroidMinVersion: ClientRequirements.AndroidMinVersion,
    IosLatestVersion: ClientRequirements.IosLatestVersion,
    IosMinVersion: ClientRequirements.IosMinVersion,
    ActiveSearchBackend: 'database',
    ...(query.deviceId && { CanReceiveNotifications: EmailSettings.SendPushNotifications ? 'unknown' : 'false' }),
    ...(query.withParts && administrator && { root_status: process.getuid?.() === 0 }),
  }
}

/** Shared by everyone who asks at the same moment: the page is open to anybody, and the check writes to the disk or asks a storage elsewhere. */
async function checkHealth(app: Pick<App, 'db' | 'files'>): Promise<Health> {
  running ??= measure(app).finally(() => (running = undefined))
  return running
}

async function measure(app: Pick<App, 'db' | 'files'>): Promise<Health> {
  const [database, filestore] = await Promise.all([stateOf(ping(app.db)), stateOf(app.files.check())])
  const status = database === 'OK' && filestore === 'OK' ? 'OK' : 'UNHEALTHY'
  return { status, database_status: database, filestore_status: filestore }
}

async function stateOf(work: Promise<unknown>): Promise<'OK' | 'UNHEALTHY'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => (timer = setTimeout(reject, PATIENCE, new Error('no answer'))))
  try {
    await Promise.race([work, late])
    return 'OK'
  } catch {
    return 'UNHEALTHY'
  } finally {
    clearTimeout(timer)
  }
}
