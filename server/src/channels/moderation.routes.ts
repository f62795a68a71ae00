import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { ModerationsBody } from './channels.schemas.ts'
import { getModerations, patchModerations } from './moderate-channel.ts'

export function moderationRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/moderations',
      access: 'session',
      handler: ({ session, params }) => getModerations(app, session, params.channel_id!),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/channels/:channel_id/moderations/patch',
      access: 'session',
      body: ModerationsBody,
      handler: ({ session, params, body }) => patchModerations(app, session, params.channel_id!, body),
    }),
  ]
}
