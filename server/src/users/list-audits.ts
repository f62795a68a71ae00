import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import { findAudits } from './audits.store.ts'
import type { Audit } from './audits.store.ts'
import { selfOrEditor } from './user-access.ts'

/** What was done by an account, newest first. Throws 403, 404. */
export async function listAudits(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  userId: string,
  page: { offset: number; limit: number },
): Promise<Audit[]> {
  await selfOrEditor(app, session, userId)
  return findAudits(app.db, { userId, ...page })
}

/** What was done by everybody, newest first. That the caller may read it, his action has checked. */
export function listAllAudits(app: Pick<App, 'db'>, page: { offset: number; limit: number }): Promise<Audit[]> {
  return findAudits(app.db, page)
}
