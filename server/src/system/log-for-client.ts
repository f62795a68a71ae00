import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'

const MAX_BYTES = 400

/**
 * Writes what a client reports to the server's log. Without a session only in developer mode; a line of level ERROR,
 * which means that a person must act, only from an administrator. Answers the text as it was logged. Throws 403.
 */
export function logForClient(
  app: Pick<App, 'access' | 'config' | 'log'>,
  session: Session | undefined,
  report: { level: string; message: string; userAgent: string },
): string {
  if (!session && !app.config.get().ServiceSettings.EnableDeveloper) throw noPermission('a session')
  const message = `client says: ${cut(report.message)}`
  const line = { client: true, userAgent: cut(report.userAgent), userId: session?.userId ?? '' }
  const severe = report.level.toUpperCase() === 'ERROR' && session && app.access.can(session, 'manage_system')
  if (severe) app.log.error(line, message)
  else app.log.debug(line, message)
  return message
}

/** The first 400 bytes, without half a character at the end. */
const cut = (text: string): string =>
  Buffer.byteLength(text) <= MAX_BYTES
    ? text
    : new TextDecoder().decode(Buffer.from(text).subarray(0, MAX_BYTES), { stream: true })
