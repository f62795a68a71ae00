import { createPrivateKey, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { App } from '../../app.ts'
import { AppError, errorText, generalError } from '../../http/errors.ts'
import { acceptedLocale } from '../../http/reply.ts'
import type { Call } from '../../http/route.ts'
import { messagePage, sendPage } from './pages.ts'
import type { NextPlace } from './pages.ts'
import { isAppAddress, siteOf } from './site.ts'
import { findSigningKey } from './signing-key.store.ts'

type AnsweredCall = Pick<Call, 'request' | 'reply'>

/**
 * The web client's error page with a query that it shows only because we signed it: otherwise anybody could put words
 * into this server's mouth by a link.
 */
export async function signedErrorAddress(
  app: App,
  call: AnsweredCall,
  params: Record<string, string>,
): Promise<string> {
  const { path, url } = siteOf(app, call.request)
  const query = new URLSearchParams(params)
  query.sort()
  const key = privateKeyOf(await findSigningKey(app.db))
  // Signed as base64url with padding, over the path and query as they stand in the address.
  const signature = key && sign('sha256', Buffer.from(`${path}/error?${query.toString()}`), key).toString('base64')
  const suffix = signature ? `&s=${signature.replaceAll('+', '-').replaceAll('/', '_')}` : ''
  return `${url}/error?${query.toString()}${suffix}`
}

/** Tells a person in his browser, or a program in its way, that the sign-in failed. `appAddress`: where an app waits. */
export async function sendLoginError(app: App, call: AnsweredCall, error: unknown, appAddress: string): Promise<void> {
  const { request, reply } = call
  const known = localised(error instanceof AppError ? error : unexpected(app, call, error), localeOf(call))
  if (request.headers['x-mobile-app'] !== undefined || request.url.startsWith('/api/')) throw known
  const message = errorText(known.id, known.params, localeOf(call))
  if (appAddress !== '') {
    const back = isAppAddress(app, appAddress) ? appAddress : siteOf(app, request).url
    return sendPage(reply, known.status, messagePage(localeOf(call), message, { href: back, how: 'back' }))
  }
  const next = await placeAfter(app, call, message)
  sendPage(reply, known.status, messagePage(localeOf(call), message, next))
}

/**
 * The web client's own page, which looks better. Browsers let it check our signature only over https or on the machine
 * itself; elsewhere it would show no reason, so people stay here.
 */
async function placeAfter(app: App, call: AnsweredCall, message: string): Promise<NextPlace> {
  const { url } = siteOf(app, call.request)
  const { protocol, hostname } = new URL(url)
  const checks = protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname)
  if (!checks) return { href: `${url}/login`, how: 'on' }
  return { href: await signedErrorAddress(app, call, { message }), how: 'forward' }
}

/** The language of the browser: nobody is signed in yet. */
export const localeOf = (call: Pick<Call, 'request'>): string => acceptedLocale(call.request.headers['accept-language'])

/** Puts the text of a hint in its place; elsewhere parameters are no texts. */
function localised(error: AppError, locale: string): AppError {
  const hint = error.params.Hint
  if (typeof hint !== 'string') return error
  const params = { ...error.params, Hint: errorText(hint, error.params, locale) }
  return new AppError(error.id, error.status, params, error.detail)
}

function unexpected(app: App, call: AnsweredCall, error: unknown): AppError {
  app.log.error({ err: error, requestId: call.request.id }, 'a sign-in with GitLab failed')
  return generalError('api.internal_error', {}, String(error))
}

function privateKeyOf(text: string): KeyObject | null {
  // Numbers of 77 digits: their text is kept, a JavaScript number would round them.
  const keep = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value
  const stored = text ? (JSON.parse(text, keep) as { ecdsa_key?: { x: string; y: string; d?: string } }) : {}
  const { ecdsa_key: key } = stored
  if (!key?.d) return null
  const part = (digits: string) =>
    Buffer.from(BigInt(digits).toString(16).padStart(64, '0'), 'hex').toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: part(key.x), y: part(key.y), d: part(key.d) }
  return createPrivateKey({ key: jwk, format: 'jwk' })
}
