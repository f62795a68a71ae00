import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalBoolean, OptionalInteger, OptionalString } from '../http/schema.ts'
import { acknowledgePush } from './acknowledge-push.ts'
import { sendTestNotification } from './send-test-notification.ts'

const Acknowledgement = Type.Object({
  id: OptionalString,
  received_at: OptionalInteger,
  platform: OptionalString,
  type: OptionalString,
  post_id: OptionalString,
  is_id_loaded: OptionalBoolean,
})

/** What phones say about notifications. */
export function pushRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/notifications/ack',
      access: 'session',
      body: Acknowledgement,
      handler: async ({ session, body }) => (await acknowledgePush(app, session, body)) ?? OK,
    }),
    route({
      method: 'POST',
      path: '/api/v4/notifications/test',
      access: 'session',
      handler: async ({ session }) => {
        await sendTestNotification(app, session)
        return OK
      },
    }),
  ]
}
