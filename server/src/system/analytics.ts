import type { App } from '../app.ts'
import { invalidParam, noPermission } from '../http/errors.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import * as store from './analytics.store.ts'
import type { AnalyticsRow } from './analytics.store.ts'

const BY_DAY = new Map<string, store.DayCount>([
  ['post_counts_day', 'posts'],
  ['bot_post_counts_day', 'botPosts'],
  ['user_counts_with_posts_day', 'authors'],
])

/** Figures for the console's statistics pages, of the server or of one team. Throws 403, 400 for an unknown name. */
export async function readAnalytics(
  app: Pick<App, 'access' | 'db' | 'hub' | 'pool'>,
  session: Session,
  name: string,
  teamId: string,
): Promise<AnalyticsRow[]> {
  if (!app.access.can(session, 'get_analytics')) throw noPermission('get_analytics')
  if (teamId !== '' && !isId(teamId)) throw invalidParam('team_id')
  const now = Date.now()
  const days = BY_DAY.get(name)
  if (days) return store.countsByDay(app.db, days, teamId, now)
  if (name === 'extra_counts') return store.extraCounts(app.db, teamId, now)
  if (name !== 'standard' && name !== '') throw invalidParam('name')
  const sockets = [...app.hub.connections()].length
  return [
    ...(await store.standardCounts(app.db, teamId, now)),
    { name: 'total_websocket_connections', value: sockets },
    { name: 'total_master_db_connections', value: app.pool.totalCount },
    { name: 'total_read_db_connections', value: 0 },
  ]
}
