import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { requireLogs } from './read-log.ts'
import { systemError } from './system.errors.ts'

/** The log file as it is now. `content` must be read or destroyed. Throws 403, 500 when there is none or it is unreadable. */
export async function downloadLog(
  app: Pick<App, 'access' | 'host'>,
  session: Session,
): Promise<{ name: string; content: Readable }> {
  requireLogs(app, session)
  const { logFile } = app.host
  if (logFile === undefined) throw systemError('api.admin.file_read_error', {}, 'LogSettings.EnableFile is false')
  const file = await open(logFile).catch((error: unknown) => {
    throw systemError('api.admin.file_read_error', {}, String(error))
  })
  return { name: basename(logFile), content: file.createReadStream() }
}
