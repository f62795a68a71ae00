import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { Usage } from './usage.ts'

/** Zero is "no limit" to clients; nothing is limited here, so there is nothing to count towards it either. */
const UNLIMITED = {
  maxUsersLimit: 0,
  maxUsersHardLimit: 0,
  activeUserCount: 0,
  singleChannelGuestCount: 0,
  singleChannelGuestLimit: 0,
  postHistoryLimit: 0,
  lastAccessiblePostTime: 0,
}

/** Limits (there are none) and how much the server holds. */
export function limitRoutes(app: App): Route[] {
  const usage = new Usage(app)
  return [
    route({ method: 'GET', path: '/api/v4/limits/server', access: 'session', handler: () => UNLIMITED }),
    route({ method: 'GET', path: '/api/v4/usage/posts', access: 'session', handler: () => usage.posts() }),
    route({ method: 'GET', path: '/api/v4/usage/storage', access: 'session', handler: () => usage.storage() }),
    route({ method: 'GET', path: '/api/v4/usage/teams', access: 'session', handler: () => usage.teams() }),
  ]
}
