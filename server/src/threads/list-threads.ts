import type { App } from '../app.ts'
import type { Query } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import { permittedThreads } from './thread-access.ts'
import { threadViews } from './thread-view.ts'
import type { ThreadView } from './thread-view.ts'
import { threadError } from './threads.errors.ts'
import { countThreads, findThreads } from './threads.store.ts'
import type { ThreadTotals } from './threads.store.ts'

/** The threads a user follows in a team and in direct messages: totals, a page of threads, or both. */
export async function listThreads(
  app: App,
  session: Session,
  { userId, teamId }: { userId: string; teamId: string },
  query: Query,
): Promise<ThreadTotals & { threads: ThreadView[] }> {
  await permittedThreads(app, session, userId, teamId)
  const totalsOnly = query.flag('totalsOnly')
  const threadsOnly = query.flag('threadsOnly')
  if (totalsOnly && threadsOnly) throw threadError('api.getThreadsForUser.bad_params.app_error')
  const before = query.text('before')
  const after = query.text('after')
  if (before && after) throw threadError('api.getThreadsForUser.bad_only_params.app_error')
  const { perPage, offset } = query.paging()
  const scope = { userId, teamId, excludeDirect: query.flag('excludeDirect'), deleted: query.flag('deleted') }
  const unread = query.flag('unread')
  const page = { ...scope, unread, since: query.int('since', 0), before, after, limit: perPage, offset }
  const threads = totalsOnly ? [] : await findThreads(app.db, page)
  const totals = threadsOnly ? NO_TOTALS : await countThreads(app.db, scope, unread)
  return { ...totals, threads: await threadViews(app, session, threads, query.flag('extended')) }
}

const NO_TOTALS: ThreadTotals = {
  total: 0,
  total_unread_threads: 0,
  total_unread_mentions: 0,
  total_unread_urgent_mentions: 0,
}
