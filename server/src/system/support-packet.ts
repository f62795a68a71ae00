import { arch, cpus, hostname, platform, release, totalmem } from 'node:os'
import type { Readable } from 'node:stream'
import yazl from 'yazl'
import type { App } from '../app.ts'
import { maskConfig } from '../config/mask.ts'
import { allRoles } from '../roles/read-roles.ts'
import type { Session } from '../sessions/session.ts'
import { VERSION } from '../version.ts'
import { readAnalytics } from './analytics.ts'
import { logTail } from './read-log.ts'
import { findDatabaseVersion, findMigrations, findSystemValue } from './system.store.ts'
import { yaml } from './yaml.ts'

const MAX_LOG_BYTES = 20 * 1024 * 1024

interface Section {
  readonly name: string
  /** undefined: there is nothing of it on this server */
  readonly text: () => Promise<string | undefined>
}

/** What somebody who helps needs to know of this server, as a zip file. Holds no secret of the configuration. */
export interface SupportPacket {
  readonly name: string
  readonly content: Readable
}

/**
 * Gathers a support packet under Mattermost's file names. A part that cannot be had is named in `warning.txt` instead of
 * spoiling the rest.
 */
export async function makeSupportPacket(app: App, session: Session, withLogs: boolean): Promise<SupportPacket> {
  const now = new Date()
  const zip = new yazl.ZipFile()
  const warnings: string[] = []
  for (const { name, text } of sections(app, session, withLogs, now)) {
    try {
      const content = await text()
      if (content !== undefined) zip.addBuffer(Buffer.from(content), name, { mtime: now })
    } catch (error) {
      warnings.push(`${name}: ${String(error)}`)
    }
  }
  if (warnings.length > 0) zip.addBuffer(Buffer.from(`${warnings.join('\n')}\n`), 'warning.txt', { mtime: now })
  zip.end()
  const minute = now.toISOString().slice(0, 16).replace(':', '-')
  return { name: `outpost_support_packet_${minute}.zip`, content: zip.outputStream as Readable }
}

function sections(app: App, session: Session, withLogs: boolean, now: Date): Section[] {
  return [
    { name: 'metadata.yaml', text: async () => yaml(await metadata(app, session, now)) },
    { name: 'diagnostics.yaml', text: async () => yaml(await diagnostics(app)) },
    { name: 'stats.yaml', text: async () => yaml(await figures(app, session)) },
    { name: 'permissions.yaml', text: async () => yaml(await permissions(app, session)) },
    { name: 'plugins.json', text: async () => json({ enabled: [], disabled: [] }) },
    { name: 'sanitized_config.json', text: async () => json(maskConfig(app.config.get())) },
    { name: 'outpost.log', text: async () => (withLogs ? logTail(app, MAX_LOG_BYTES) : undefined) },
  ]
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

async function metadata(app: App, session: Session, now: Date) {
  return {
    version: 1,
    type: 'support_packet',
    generated_at: now.getTime(),
    server_version: VERSION,
    server_id: await findSystemValue(app.db, 'DiagnosticId'),
    generated_by: session.userId,
  }
}

async function diagnostics(app: App) {
  const { FileSettings, SqlSettings, EmailSettings } = app.config.get()
  const [migration] = await findMigrations(app.db)
  const works = (work: Promise<void>) => work.then(() => 'OK').catch(String)
  return {
    server: {
      version: VERSION,
      hostname: hostname(),
      node: process.version,
      uptime_seconds: Math.floor(process.uptime()),
    },
    machine: { platform: platform(), release: release(), arch: arch(), cpus: cpus().length, memory_bytes: totalmem() },
    memory: process.memoryUsage(),
    config: { source: app.config.source, from_environment: Object.keys(flat(app.config.environmentOverrides())) },
    database: {
      type: 'postgres',
      bundled: SqlSettings.DataSource === '',
      version: await findDatabaseVersion(app.db),
      schema_version: migration?.version ?? 0,
      connections: app.pool.totalCount,
      connections_idle: app.pool.idleCount,
    },
    file_store: { driver: FileSettings.DriverName, status: await works(app.files.check()) },
    websocket: { connections: [...app.hub.connections()].length },
    mail: { server_set: EmailSettings.SMTPServer !== '', notifications: EmailSettings.SendEmailNotifications },
  }
}

const flat = (report: Record<string, Record<string, true>>): Record<string, true> =>
  Object.fromEntries(
    Object.entries(report).flatMap(([section, names]) =>
      Object.keys(names).map((name) => [`${section}.${name}`, true]),
    ),
  )

async function figures(app: App, session: Session): Promise<Record<string, number>> {
  const rows = [
    ...(await readAnalytics(app, session, 'standard', '')),
    ...(await readAnalytics(app, session, 'extra_counts', '')),
  ]
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

async function permissions(app: App, session: Session): Promise<Record<string, readonly string[]>> {
  const roles = await allRoles(app, session)
  return Object.fromEntries(roles.map((role) => [role.name, role.permissions]))
}
