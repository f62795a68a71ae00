import type { App } from '../app.ts'
import { generalError, invalidBody, noPermission } from '../http/errors.ts'
import { guardedFetch } from '../outgoing/guarded-fetch.ts'
import { OutgoingError } from '../outgoing/outgoing-error.ts'
import type { Session } from '../sessions/session.ts'
import { tryFileStore } from './ping.ts'
import { systemError } from './system.errors.ts'

const TIMEOUT = 10_000

/** Asks the server for its own state at the given site URL, as a client would. Throws 403, 400. */
export async function testSiteUrl(
  app: Pick<App, 'access' | 'config'>,
  session: Session,
  siteUrl: string,
): Promise<void> {
  if (!app.access.can(session, 'test_site_url')) throw noPermission('test_site_url')
  if (siteUrl === '') throw invalidBody('site_url')
  const { ServiceSettings } = app.config.get()
  const failed = (why: string) => systemError('app.admin.test_site_url.failure', {}, why)
  try {
    const answer = await guardedFetch(`${siteUrl.replace(/\/+$/, '')}/api/v4/system/ping`, {
      timeoutMs: TIMEOUT,
      maxBytes: 64 * 1024,
      trust: 'admin',
      allowedInternal: ServiceSettings.AllowedUntrustedInternalConnections,
      insecureTls: ServiceSettings.EnableInsecureOutgoingConnections,
    })
    if (answer.status !== 200) throw failed(`status ${answer.status}`)
  } catch (error) {
    throw error instanceof OutgoingError ? failed(error.message) : error
  }
}

/** Writes a test file to the file storage in use. Throws 403, 500 when that fails, 501 for a storage of another kind. */
export async function testFileStore(
  app: Pick<App, 'access' | 'files'>,
  session: Session,
  driver: unknown,
): Promise<void> {
  if (!app.access.can(session, 'test_s3')) throw noPermission('test_s3')
  if (driver === 'amazons3') throw generalError('api.not_available.app_error', { Name: 'file storage on S3' })
  try {
    await tryFileStore(app)
  } catch (error) {
    throw systemError('api.file.test_connection.app_error', {}, String(error))
  }
}
