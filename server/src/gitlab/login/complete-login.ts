import type { App } from '../../app.ts'
import { readCookie } from '../../http/credentials.ts'
import type { AppError } from '../../http/errors.ts'
import type { Call } from '../../http/route.ts'
import { exchangeCode, fetchPerson } from './gitlab-client.ts'
import type { Failed, GitLabTokens } from './gitlab-client.ts'
import { gitlabLoginError, hintId } from './gitlab-login.errors.ts'
import type { Hint } from './gitlab-login.errors.ts'
import type { GitLabPerson } from './gitlab-profile.ts'
import { decodeState, dropPending, LOGIN_COOKIE, LOGIN_COOKIE_LIFE, pendingOf } from './login-state.ts'
import type { LoginState } from './login-state.ts'
import { findLoginToken, takeLoginToken } from './login-tokens.store.ts'
import type { LoginToken } from './login-tokens.store.ts'
import { setLoginCookie } from './start-login.ts'
import { redirectUri, siteOf } from './site.ts'

/** A sign-in that GitLab has confirmed. */
export interface Confirmed {
  readonly state: LoginState
  readonly begun: LoginToken
  readonly person: GitLabPerson
  readonly tokens: GitLabTokens
}

type AnsweredCall = Pick<Call, 'request' | 'reply' | 'query'>

/**
 * Finishes what `startLogin` began: checks that this browser began it, uses it up, and asks GitLab who the person is.
 * Throws 400 for a sign-in of another browser, one that is used or too old, and 500 when GitLab does not play along.
 */
export async function confirmLogin(app: App, call: AnsweredCall, code: string): Promise<Confirmed> {
  const state = decodeState(call.query.text('state'))
  if (!state) throw gitlabLoginError('api.user.authorize_oauth_user.invalid_state.app_error')
  const begun = await useUp(app, call, state)
  const tokens = await exchangeCode(app, code, redirectUri(siteOf(app, call.request)))
  if (!tokens.ok) throw tokenError(app, call, tokens)
  const person = await fetchPerson(app, tokens.value.access)
  if (!person.ok) throw personError(app, person)
  return { state, begun, person: person.value, tokens: tokens.value }
}

/** The order of these checks is the reference's: people report problems by the error they saw. */
async function useUp(app: App, call: AnsweredCall, state: LoginState): Promise<LoginToken> {
  const begun = await findLoginToken(app.db, state.token)
  if (!begun) throw gitlabLoginError('api.oauth.invalid_state_token.app_error')
  const cookie = readCookie(call.request.headers, LOGIN_COOKIE)
  const mine = pendingOf(cookie).includes(begun.secret)
  const same = begun.email === state.email && begun.action === state.action
  const emailMissing = state.action === 'email_to_sso' && state.email === ''
  if (!mine || !same || emailMissing) {
    if (!mine) app.log.warn(cookieProblem(app, call, cookie))
    throw gitlabLoginError('api.user.authorize_oauth_user.invalid_state.app_error')
  }
  const taken = await app.unitOfWork.single((tx) => takeLoginToken(tx.db, begun.token))
  setLoginCookie(app, call, dropPending(cookie, begun.secret))
  // The cookie ends by itself in a browser; somebody who kept its value must not come later.
  const old = Date.now() - begun.createAt > LOGIN_COOKIE_LIFE * 1000
  if (!taken || old) throw gitlabLoginError('api.oauth.invalid_state_token.app_error')
  return begun
}

function cookieProblem(app: App, call: AnsweredCall, cookie: string): string {
  const { SiteURL } = app.config.get().ServiceSettings
  const came = call.request.host
  const elsewhere = URL.parse(SiteURL)?.host !== came
  const why = elsewhere
    ? `people use this server as ${came}, but ServiceSettings.SiteURL is ${SiteURL || 'empty'}; cookies do not pass between two addresses.`
    : 'it was begun in another browser, or more than 30 minutes ago, or cookies are blocked.'
  return `A sign-in with GitLab came back with${cookie ? ' the wrong' : 'out its'} cookie: ${why}`
}

function tokenError(app: App, call: AnsweredCall, failed: Failed): AppError {
  app.log.error({ gitlab: failed.failure }, failed.log)
  if (failed.failure === 'bad_token' || failed.failure === 'missing') {
    return gitlabLoginError(`api.user.authorize_oauth_user.${failed.failure}.app_error`, {}, failed.log)
  }
  const params = { Hint: hintOf(failed), RedirectURI: redirectUri(siteOf(app, call.request)) }
  const id = failed.transport ? 'token_failed' : 'bad_response'
  return gitlabLoginError(`api.user.authorize_oauth_user.${id}.app_error`, params, failed.log)
}

function personError(app: App, failed: Failed): AppError {
  app.log.error({ gitlab: failed.failure }, failed.log)
  if (failed.failure === 'terms') {
    const { origin } = new URL(app.config.get().GitLabSettings.AuthEndpoint)
    return gitlabLoginError('oauth.gitlab.tos.error', { URL: origin }, failed.log)
  }
  const id = failed.transport ? 'service' : 'response'
  return gitlabLoginError(`api.user.authorize_oauth_user.${id}.app_error`, { Hint: hintOf(failed) }, failed.log)
}

/** The text that people see; `localised` puts it in their language. */
function hintOf({ failure }: Failed): string {
  const known: Partial<Record<Failed['failure'], Hint>> = {
    unreachable: 'unreachable',
    certificate: 'certificate',
    clock: 'clock',
    wrong_client: 'wrong_client',
    invalid_grant: 'invalid_grant',
    moved: 'moved',
    scope: 'scope',
    refused: 'refused',
    profile: 'profile',
  }
  return hintId(known[failure] ?? 'broken')
}
