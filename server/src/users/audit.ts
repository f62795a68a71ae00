import type { App } from '../app.ts'
import { newId } from '../ids.ts'
import type { Call } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import { insertAudit } from './audits.store.ts'

/**
 * Writes down what somebody did to an account: `action` is the API path, `extra` free text without secrets. The row is
 * for people to read later, so a failure is logged and does not fail what was done.
 */
export async function audit(
  app: Pick<App, 'unitOfWork' | 'log'>,
  session: Pick<Session, 'id' | 'userId'>,
  action: string,
  extra: string,
  ip = '',
): Promise<void> {
  const row = {
    id: newId(),
    createat: Date.now(),
    userid: session.userId,
    sessionid: session.id,
    action: pathOf(action).slice(0, 512),
    extrainfo: extra.slice(0, 1024),
    ipaddress: ip.slice(0, 64),
  }
  try {
    await app.unitOfWork((tx) => insertAudit(tx.db, row))
  } catch (error) {
    app.log.error({ err: error, action }, 'an audit row could not be written')
  }
}

/** A query may hold secrets such as an invitation token. */
const pathOf = (action: string): string => action.split('?')[0]!

/** Who changed which account, for the audit table. */
export async function note(
  app: App,
  call: Pick<Call<'session'>, 'session' | 'params' | 'request' | 'ip'>,
  what: string,
): Promise<void> {
  await audit(app, call.session, call.request.url, `user_id=${call.params.user_id!} ${what}`, call.ip)
}
