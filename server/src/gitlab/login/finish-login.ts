import type { App } from '../../app.ts'
import type { Tx } from '../../database/unit-of-work.ts'
import type { Call } from '../../http/route.ts'
import { sendCookies } from '../../sessions/answer-login.ts'
import { createSession } from '../../sessions/create-session.ts'
import { makeDesktopToken } from '../../sessions/desktop-login.ts'
import type { Session } from '../../sessions/session.ts'
import { loginError } from '../../sessions/sessions.errors.ts'
import { clientNames, isMobileAgent } from '../../sessions/user-agent.ts'
import { audit } from '../../users/audit.ts'
import { localeOf } from './error-page.ts'
import { noteLogin } from './gitlab-accounts.store.ts'
import { gitlabLoginError } from './gitlab-login.errors.ts'
import type { LoginState } from './login-state.ts'
import { appPage, sendPage } from './pages.ts'
import { isAppCallback, siteOf, targetOf } from './site.ts'

type AnsweredCall = Pick<Call, 'request' | 'reply' | 'ip'>

/** Begins what the sign-in was for: a session of this browser or of an app, or the hand-over to the desktop app. */
export async function finishLogin(app: App, call: AnsweredCall, state: LoginState, userId: string): Promise<void> {
  // In memory before the transaction: looked up inside it, it would need a second connection.
  await app.access.user(userId)
  if (state.desktopToken !== '') return toDesktop(app, call, state, userId)
  const mobile = state.action === 'mobile' || state.isMobile
  const toApp = mobile && state.redirectTo !== ''
  // Before a session exists: it would be handed to whatever the state names, and anybody can write a state.
  if (toApp && !isAppCallback(app, state.redirectTo)) throw gitlabLoginError('api.invalid_custom_url_scheme')
  const session = await app.unitOfWork(async (tx) => {
    await note(tx, userId)
    return beginSession(app, tx, call, userId, mobile)
  })
  await audit(app, session, '/signup/gitlab/complete', 'signed in with gitlab', call.ip)
  // GitLab itself reads this header when it acts here in somebody's name.
  call.reply.header('Token', session.token)
  sendCookies(app, call, session)
  const site = siteOf(app, call.request)
  if (toApp) {
    const { token } = session
    const query = new URLSearchParams({ MMAUTHTOKEN: token, MMCSRF: session.props.csrf ?? '', srv: site.url })
    return sendPage(call.reply, 200, appPage(localeOf(call), `${state.redirectTo}?${query.toString()}`))
  }
  if (mobile) return void call.reply.code(200).send('')
  const target = state.redirectTo === '' ? null : targetOf(site, state.redirectTo)
  void call.reply.redirect(target ?? site.url, 307)
}

function beginSession(app: App, tx: Tx, call: AnsweredCall, userId: string, mobile: boolean): Promise<Session> {
  const agent = call.request.headers['user-agent'] ?? ''
  const props = {
    ...clientNames(agent),
    isMobile: String(mobile || isMobileAgent(agent)),
    isOAuthUser: 'true',
    isSaml: 'false',
  }
  return createSession(app, tx, userId, { props })
}

/** The desktop app opened this browser: it gets the session, the browser does not. */
async function toDesktop(app: App, call: AnsweredCall, state: LoginState, userId: string): Promise<void> {
  const token = await app.unitOfWork(async (tx) => {
    await note(tx, userId)
    return makeDesktopToken(tx, userId)
  })
  const site = siteOf(app, call.request)
  const target = state.redirectTo === '' ? null : targetOf(site, state.redirectTo)
  const query = new URLSearchParams({
    client_token: state.desktopToken,
    server_token: token,
    ...(target && { redirect_to: target.slice(site.origin.length) }),
    ...(state.desktopToken.startsWith('dev-') && { isDesktopDev: 'true' }),
  })
  void call.reply.redirect(`${site.url}/login/desktop?${query.toString()}`, 307)
}

async function note(tx: Tx, userId: string): Promise<void> {
  if (!(await noteLogin(tx.db, userId, Date.now()))) throw loginError('api.user.login.inactive.app_error')
}
