import type { App } from '../app.ts'
import { cookieScope, setSessionCookies } from '../http/session-cookies.ts'
import type { Call } from '../http/route.ts'
import type { Session } from './session.ts'

type AnsweredCall = Pick<Call, 'request' | 'reply'>

/**
 * Hands a new session to the client: header `Token` for programs, cookies too for a browser, which says with
 * X-Requested-With that the request comes from a page's script.
 */
export function handOverSession(app: Pick<App, 'config'>, call: AnsweredCall, session: Session): void {
  call.reply.header('Token', session.token)
  if (call.request.headers['x-requested-with'] === 'XMLHttpRequest') sendCookies(app, call, session)
}

/** Sets the cookies of a session; they last as long as a web session, counted from now. */
export function sendCookies(app: Pick<App, 'config'>, call: AnsweredCall, session: Session): void {
  const { ServiceSettings } = app.config.get()
  const maxAge = ServiceSettings.SessionLengthWebInHours * 3600
  setSessionCookies(call.request, call.reply, cookieScope(ServiceSettings), session, maxAge)
}
