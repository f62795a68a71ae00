import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { acknowledgePost, withdrawAcknowledgement } from './acknowledge-post.ts'

export function acknowledgementRoutes(app: App): Route[] {
  const path = '/api/v4/users/:user_id/posts/:post_id/ack'
  return [
    route({
      method: 'POST',
      path,
      access: 'session',
      handler: async ({ session, params }) => {
        await selfOrEditor(app, session, params.user_id!)
        return acknowledgePost(app, session, params.user_id!, params.post_id!)
      },
    }),
    route({
      method: 'DELETE',
      path,
      access: 'session',
      handler: async ({ session, params }) => {
        await selfOrEditor(app, session, params.user_id!)
        await withdrawAcknowledgement(app, session, params.user_id!, params.post_id!)
        return OK
      },
    }),
  ]
}
