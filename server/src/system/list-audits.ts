import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Query } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import type { Audit } from '../users/audits.store.ts'
import { listAllAudits } from '../users/list-audits.ts'

const MAX_PER_PAGE = 10_000

/** What everybody did, newest first, up to 10000 a page. Throws 403. */
export async function listAudits(app: Pick<App, 'access' | 'db'>, session: Session, query: Query): Promise<Audit[]> {
  if (!app.access.can(session, 'read_audits')) throw noPermission('read_audits')
  const asked = query.int('logs_per_page', query.int('per_page', MAX_PER_PAGE))
  const limit = asked < 0 ? MAX_PER_PAGE : Math.min(asked, MAX_PER_PAGE)
  return listAllAudits(app, { offset: Math.max(0, query.int('page', 0)) * limit, limit })
}
