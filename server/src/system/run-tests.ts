import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { guardedFetch } from '../outgoing/guarded-fetch.ts'
import { OutgoingError } from '../outgoing/outgoing-error.ts'
import type { Session } from '../sessions/session.ts'
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
