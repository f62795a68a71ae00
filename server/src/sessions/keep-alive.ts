import type { App } from '../app.ts'
import { readCookieToken } from '../http/credentials.ts'
import type { Call } from '../http/route.ts'
import { sendCookies } from './answer-login.ts'

/**
 * Notes that a person is using his session (posting, looking at a channel): its idle time begins anew, and it is
 * extended when ExtendSessionLengthWithActivity says so; a browser then gets its cookies again. Call it before the
 * answer is sent.
 */
export async function keepSessionAlive(
  app: Pick<App, 'sessions' | 'config'>,
  call: Pick<Call<'session'>, 'session' | 'request' | 'reply'>,
): Promise<void> {
  const extended = await app.sessions.touch(call.session)
  if (extended !== null && readCookieToken(call.request.headers) === call.session.token) {
    sendCookies(app, call, call.session)
  }
}
