import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { keepSessionAlive } from '../sessions/keep-alive.ts'
import { StringList, ViewBody } from './channels.schemas.ts'
import { channelUnread, readManyChannels, viewChannel } from './view-channels.ts'

export function channelViewRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/channels/members/:user_id/view',
      access: 'session',
      body: ViewBody,
      handler: async (call) => {
        await keepSessionAlive(app, call)
        return viewChannel(app, call.session, call.params.user_id!, call.body)
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/members/:user_id/mark_read',
      access: 'session',
      body: StringList,
      handler: async (call) => {
        await keepSessionAlive(app, call)
        return readManyChannels(app, call.session, call.params.user_id!, call.body)
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/channels/:channel_id/unread',
      access: 'session',
      handler: ({ session, params }) => channelUnread(app, session, params.channel_id!, params.user_id!),
    }),
  ]
}
