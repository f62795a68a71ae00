import type { App } from '../app.ts'
import { isId } from '../ids.ts'
import { invalidSocketParam } from '../realtime/actions.ts'
import type { SocketAction } from '../realtime/actions.ts'
import { statusesOf } from './status-of-user.ts'

/** What clients say and ask about presence over the socket. */
export function statusActions(app: App): Record<string, SocketAction> {
  return {
    user_update_active_status: ({ session, data }) => {
      if (typeof data.user_is_active !== 'boolean') throw invalidSocketParam('user_is_active')
      app.statuses.setActiveOrAway(session.userId, data.user_is_active, data.manual === true)
    },
    get_statuses: ({ session }) => {
      const all = app.statuses.present()
      // Whoever may not see everyone must not learn here who exists.
      if (app.access.can(session, 'view_members')) return all
      const own = all[session.userId]
      return own ? { [session.userId]: own } : {}
    },
    get_statuses_by_ids: async ({ session, data }) => {
      const ids = data.user_ids
      if (!Array.isArray(ids) || ids.length === 0 || !ids.every(isId)) throw invalidSocketParam('user_ids')
      const found = await statusesOf(app, session, [...new Set(ids as string[])])
      return Object.fromEntries(found.map((one) => [one.user_id, one.status]))
    },
  }
}
