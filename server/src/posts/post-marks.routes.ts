import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { markUnread } from './mark-unread.ts'
import { MarkUnreadBody } from './post-changes.schemas.ts'

export function postMarkRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/posts/:post_id/set_unread',
      access: 'session',
      body: MarkUnreadBody,
      bodyOptional: true,
      handler: async ({ session, params, body }) => {
        await selfOrEditor(app, session, params.user_id!)
        return markUnread(app, session, params.user_id!, params.post_id!, body.collapsed_threads_supported ?? false)
      },
    }),
  ]
}
