import type { App } from '../app.ts'
import { invalidParam } from '../http/errors.ts'
import { guardedFetch } from '../outgoing/guarded-fetch.ts'
import { OutgoingError } from '../outgoing/outgoing-error.ts'

/** Longer ones are of no use to a client. */
const MAX_LOCATION = 2100

/**
 * Where a shortened link leads, '' when it leads nowhere else; clients use it to show what is behind it. Private
 * networks are closed, and nothing is asked while link previews are off. Throws 400 without an address.
 */
export async function redirectLocation(app: Pick<App, 'config'>, url: string): Promise<string> {
  const { ServiceSettings, ExperimentalSettings } = app.config.get()
  if (url === '') throw invalidParam('url')
  if (!ServiceSettings.EnableLinkPreviews) return ''
  try {
    const answer = await guardedFetch(url, {
      method: 'HEAD',
      manualRedirects: true,
      timeoutMs: ExperimentalSettings.LinkMetadataTimeoutMilliseconds,
      maxBytes: 0,
      trust: 'member',
      allowedInternal: ServiceSettings.AllowedUntrustedInternalConnections,
      insecureTls: ServiceSettings.EnableInsecureOutgoingConnections,
    })
    const location = answer.headers.location ?? ''
    return location.length <= MAX_LOCATION ? location : ''
  } catch (error) {
    if (error instanceof OutgoingError) return ''
    throw error
  }
}
