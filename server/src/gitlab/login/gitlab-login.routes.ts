import type { App } from '../../app.ts'
import { invalidParam } from '../../http/errors.ts'
import { route, SENT } from '../../http/route.ts'
import type { Call, Route } from '../../http/route.ts'
import { isId } from '../../ids.ts'
import { confirmLogin } from './complete-login.ts'
import { sendLoginError, signedErrorAddress } from './error-page.ts'
import { finishLogin } from './finish-login.ts'
import { gitlabAdminRoutes } from './gitlab-admin.routes.ts'
import { gitlabLoginError } from './gitlab-login.errors.ts'
import { decodeState } from './login-state.ts'
import { signInPerson } from './sign-in-person.ts'
import { isAppAddress, siteOf, targetOf } from './site.ts'
import { requireGitLab, startLogin } from './start-login.ts'
import type { LoginStart } from './start-login.ts'
import { switchToGitLab } from './switch-to-gitlab.ts'

type PublicCall = Call<'public'>

/** Bytes. It travels inside the state, and the whole callback address must stay below MaximumURLLength (2048). */
const MAX_REDIRECT = 1000

/** Addresses that GitLab may send people back to; older clients and set-ups know each of them. */
const CALLBACKS = [
  '/signup/:service/complete',
  '/login/:service/complete',
  '/oauth/:service/complete',
  '/api/v3/oauth/:service/complete',
  '/api/v4/oauth/gitlab/complete',
]

/** Signing in with GitLab: the pages that browsers go through, and what administrators manage. */
export function gitlabLoginRoutes(app: App): Route[] {
  return [
    ...startRoutes(app, 'login', (call) => webStart(app, call, 'login')),
    ...startRoutes(app, 'signup', (call) => signupStart(app, call)),
    ...startRoutes(app, 'mobile_login', (call) => mobileStart(app, call)),
    ...CALLBACKS.map((path) => page(app, path, (call) => complete(app, call))),
    ...gitlabAdminRoutes(app),
  ]
}

function startRoutes(app: App, name: string, read: (call: PublicCall) => LoginStart): Route[] {
  const paths = [`/oauth/:service/${name}`, `/api/v4/oauth/gitlab/${name}`]
  return paths.map((path) =>
    page(app, path, async (call) => {
      requireGitLab(app, call.params.service)
      void call.reply.redirect(await startLogin(app, call, read(call)), 302)
    }),
  )
}

/** A route for browsers: its errors are pages. */
function page(app: App, path: string, handler: (call: PublicCall) => Promise<void>): Route {
  return route({
    method: 'GET',
    path,
    access: 'public',
    noStore: true,
    limit: { perSecond: 10, burst: 50 },
    handler: async (call) => {
      try {
        await handler(call)
      } catch (error) {
        await sendLoginError(app, call, error, appAddressOf(path, call))
      }
      return SENT
    },
  })
}

/** Where an app waits for the end of this sign-in, '' in a browser. */
function appAddressOf(path: string, call: PublicCall): string {
  if (path.endsWith('/mobile_login')) return call.query.text('redirect_to') || 'unknown'
  const state = path.endsWith('/complete') ? decodeState(call.query.text('state')) : null
  return state?.isMobile ? state.redirectTo || 'unknown' : ''
}

function webStart(app: App, call: PublicCall, action: 'login' | 'signup'): LoginStart {
  const asked = call.query.text('redirect_to')
  // People who came by a very long link are better off on the first page than on an error.
  const redirectTo = Buffer.byteLength(asked) > MAX_REDIRECT ? '' : asked
  if (redirectTo !== '' && targetOf(siteOf(app, call.request), redirectTo) === null) {
    throw gitlabLoginError('api.invalid_redirect_url')
  }
  const desktopToken = call.query.text('desktop_token')
  if (desktopToken !== '' && !/^(dev-)?[A-Za-z0-9]{1,128}$/.test(desktopToken)) throw invalidParam('desktop_token')
  return { action, redirectTo, desktopToken, loginHint: call.query.text('login_hint').slice(0, 200), ...invited(call) }
}

function signupStart(app: App, call: PublicCall): LoginStart {
  if (!app.config.get().TeamSettings.EnableUserCreation) {
    throw gitlabLoginError('api.oauth.singup_with_oauth.disabled.app_error')
  }
  return { ...webStart(app, call, 'signup'), redirectTo: '', loginHint: '' }
}

function mobileStart(app: App, call: PublicCall): LoginStart {
  const redirectTo = call.query.text('redirect_to')
  if (redirectTo !== '' && !isAppAddress(app, redirectTo)) throw gitlabLoginError('api.invalid_custom_url_scheme')
  return { action: 'mobile', redirectTo, isMobile: true, ...invited(call) }
}

/** An invitation on the way through GitLab; what cannot be one is dropped, for the address must not become too long. */
function invited(call: PublicCall): Pick<LoginStart, 'inviteToken' | 'inviteId'> {
  const token = call.query.text('t')
  const id = call.query.text('id')
  return { inviteToken: /^[A-Za-z0-9]{64}$/.test(token) ? token : '', inviteId: isId(id) ? id : '' }
}

async function complete(app: App, call: PublicCall): Promise<void> {
  requireGitLab(app, call.params.service)
  const code = call.query.text('code')
  const denied = call.query.text('error')
  if (denied === 'access_denied' || code === '') {
    if (denied !== 'access_denied') {
      app.log.warn({ error: denied.slice(0, 100) }, 'GitLab sent somebody back without a code')
    }
    const type = denied === 'access_denied' ? 'oauth_access_denied' : 'oauth_missing_code'
    const address = await signedErrorAddress(app, call, { type, service: 'Gitlab' })
    return void call.reply.redirect(address, 307)
  }
  const { state, begun, person, tokens } = await confirmLogin(app, call, code)
  if (begun.action === 'email_to_sso') {
    await switchToGitLab(app, begun, person, tokens)
    return void call.reply.redirect(`${siteOf(app, call.request).url}/login?extra=signin_change`, 307)
  }
  const { inviteToken, inviteId } = state
  const userId = await signInPerson(app, person, tokens, { inviteToken, inviteId, sync: begun.action !== 'signup' })
  await finishLogin(app, call, state, userId)
}
