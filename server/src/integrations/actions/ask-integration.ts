import { Value } from '@sinclair/typebox/value'
import type { App } from '../../app.ts'
import { parseJson } from '../../http/body.ts'
import { AppError, generalError } from '../../http/errors.ts'
import { guardedFetch } from '../../outgoing/guarded-fetch.ts'
import { OutgoingError } from '../../outgoing/outgoing-error.ts'
import { actionError } from './actions.errors.ts'
import { IntegrationAnswerBody } from './actions.schemas.ts'
import type { IntegrationAnswer } from './actions.schemas.ts'

/** Bytes of an answer: room for the props that a post may have. */
const MAX_ANSWER = 1024 * 1024

const failed = (why: string): AppError => actionError('api.post.do_action.action_integration.app_error', {}, why)

/**
 * Tells an integration of a click and reads what it answers; no body is an answer too. Whoever wrote the post chose the
 * address, so private networks are closed. Throws 400 for an address that may not be called and for an answer that is
 * late, too large or none, 501 for addresses of plugins.
 */
export async function askIntegration(
  app: Pick<App, 'config'>,
  url: string,
  request: object,
): Promise<IntegrationAnswer> {
  const { ServiceSettings } = app.config.get()
  if (isPluginAddress(url, ServiceSettings.SiteURL)) {
    throw generalError('api.not_available.app_error', { Name: 'plugins' })
  }
  try {
    const { status, body } = await guardedFetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(request),
      timeoutMs: ServiceSettings.OutgoingIntegrationRequestsTimeout * 1000,
      maxBytes: MAX_ANSWER,
      trust: 'member',
      allowedInternal: ServiceSettings.AllowedUntrustedInternalConnections,
      insecureTls: ServiceSettings.EnableInsecureOutgoingConnections,
    })
    if (status !== 200) throw failed(`status ${status}`)
    return body.length === 0 ? {} : answerOf(body)
  } catch (error) {
    throw error instanceof OutgoingError ? failed(error.message) : error
  }
}

function answerOf(bytes: Buffer): IntegrationAnswer {
  let answer: unknown
  try {
    answer = parseJson(bytes)
  } catch (error) {
    throw error instanceof AppError ? failed('the answer is not JSON that can be kept') : error
  }
  if (!Value.Check(IntegrationAnswerBody, answer)) throw failed('the answer has fields of other types')
  return answer
}

function isPluginAddress(url: string, siteUrl: string): boolean {
  const site = siteUrl.replace(/\/+$/, '')
  const path = site !== '' && url.startsWith(`${site}/`) ? url.slice(site.length) : url
  return /^\/?plugins\//.test(path)
}
