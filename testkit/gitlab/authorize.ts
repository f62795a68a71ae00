import { signedIn } from './instance.ts'
import type { Instance } from './instance.ts'
import { consentPage, errorPage, redirectPage } from './pages.ts'
import { sessionOf } from './sign-in.ts'
import type { ApplicationRow, GitLabUser } from './store.ts'
import { html, redirect } from './web.ts'
import type { WebAnswer, WebRequest } from './web.ts'

/** What an application asks for; the same fields come back with the consent form. */
interface Asked {
  readonly application: ApplicationRow
  readonly redirectUri: string
  readonly state: string
  readonly scopes: string
}

/** What applications may ask for. */
export const SCOPES = new Set(['api', 'read_user', 'read_api', 'openid', 'profile', 'email'])

/** `/oauth/authorize`: GET asks, POST allows, DELETE denies. */
export async function authorize(instance: Instance, request: WebRequest): Promise<WebAnswer> {
  const { session, headers } = sessionOf(instance, request)
  const user = await signedIn(instance, session)
  if (!user) {
    session.returnTo = request.method === 'GET' ? `${request.path}?${request.query.toString()}` : '/'
    return redirect('/users/sign_in', headers)
  }
  if (!user.confirmed)
    return html(403, errorPage('Verify the email address in your account profile before you sign in.'))
  const fields = request.method === 'GET' ? request.query : request.form
  const asked = await check(instance, fields)
  if (typeof asked === 'string') return html(asked === UNKNOWN ? 401 : 400, errorPage(asked))
  if (request.method === 'GET') return ask(instance, user, asked, session.csrf)
  if (fields.get('authenticity_token') !== session.csrf) return html(422, errorPage('The form has expired.'))
  if (request.method === 'DELETE') return redirect(denied(asked))
  return redirect(await allowed(instance, user, asked))
}

const UNKNOWN = 'Client authentication failed due to unknown client.'

/** Mistakes of the application end here: an address that is not registered must never be redirected to. */
async function check(instance: Instance, fields: URLSearchParams): Promise<Asked | string> {
  const application = await instance.store.application(fields.get('client_id') ?? '')
  if (!application) return UNKNOWN
  const redirectUri = fields.get('redirect_uri') ?? ''
  if (!application.redirectUris.includes(redirectUri)) return 'The redirect URI included is not valid.'
  if (fields.get('response_type') !== 'code') return 'The authorization server does not support this response type.'
  const scopes = fields.get('scope')?.trim() || 'api'
  const listed = (scope: string) => application.scopes.length === 0 || application.scopes.includes(scope)
  if (!scopes.split(/\s+/).every((scope) => SCOPES.has(scope) && listed(scope))) {
    return 'The requested scope is invalid, unknown, or malformed.'
  }
  return { application, redirectUri, state: fields.get('state') ?? '', scopes }
}

async function ask(instance: Instance, user: GitLabUser, asked: Asked, csrf: string): Promise<WebAnswer> {
  const { application, scopes } = asked
  const consented =
    application.confidential && (await instance.store.hasConsent(user.id, application.id, scopes, instance.now()))
  if (application.trusted || consented) return html(200, redirectPage(await allowed(instance, user, asked)))
  const fields = {
    client_id: application.uid,
    redirect_uri: asked.redirectUri,
    state: asked.state,
    response_type: 'code',
    scope: scopes,
    authenticity_token: csrf,
  }
  return html(200, consentPage(application.name, scopes, fields))
}

async function allowed(instance: Instance, user: GitLabUser, asked: Asked): Promise<string> {
  const grant = {
    userId: user.id,
    applicationId: asked.application.id,
    redirectUri: asked.redirectUri,
    scopes: asked.scopes,
  }
  const code = await instance.store.addGrant(grant, instance.now())
  return withQuery(asked.redirectUri, { code, state: asked.state })
}

function denied(asked: Asked): string {
  const error_description = 'The resource owner or authorization server denied the request.'
  return withQuery(asked.redirectUri, { error: 'access_denied', error_description, state: asked.state })
}

function withQuery(address: string, fields: Record<string, string>): string {
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(fields).toString()}`
}

/**
 * What GitLab does for its own slash-command set-up: it allows the request of an authorize address for one of its
 * people without a browser or a question. Answers where the code goes.
 */
export async function authorizeInternally(instance: Instance, userId: number, address: string): Promise<string> {
  const user = await instance.store.user(userId)
  if (!user) throw new Error(`GitLab refuses its own authorization: it has no user ${userId}.`)
  const asked = await check(instance, new URL(address).searchParams)
  if (typeof asked === 'string') throw new Error(`GitLab refuses its own authorization: ${asked}`)
  return allowed(instance, user, asked)
}
