import type { App } from '../../app.ts'
import { route } from '../../http/route.ts'
import type { Route } from '../../http/route.ts'
import { DoPostActionBody } from './actions.schemas.ts'
import { doPostAction } from './post-action.ts'

/** Clicks on the buttons and menus of posts. */
export function postActionRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      // Integrations name their actions themselves, so `action` is not of the form of an id.
      path: '/api/v4/posts/:post_id/actions/:action',
      access: 'session',
      body: DoPostActionBody,
      handler: ({ session, params, body }) =>
        doPostAction(app, session, { postId: params.post_id!, actionId: params.action! }, body),
    }),
  ]
}
