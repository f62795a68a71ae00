import type { App } from '../app.ts'
import { newId } from '../ids.ts'
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
    ...{ id: newId(), createat: Date.now(), userid: session.userId, sessionid: session.id },
    ...{ action: action.slice(0, 512), extrainfo: extra.slice(0, 1024), ipaddress: ip.slice(0, 64) },
  }
  try {
    await app.unitOfWork((tx) => insertAudit(tx.db, row))
  } catch (error) {
    app.log.error({ err: error, action }, 'an audit row could not be written')
  }
}
