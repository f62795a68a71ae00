import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { ConvertGroupBody, StringList } from './channels.schemas.ts'
import { commonTeams, convertGroup } from './convert-group.ts'
import { openDirectChannel, openGroupChannel } from './open-direct.ts'

export function directChannelRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/channels/direct',
      access: 'session',
      body: StringList,
      status: 201,
      handler: ({ session, body }) => openDirectChannel(app, session, body),
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/group',
      access: 'session',
      body: StringList,
      status: 201,
      handler: ({ session, body }) => openGroupChannel(app, session, body),
    }),
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/common_teams',
      access: 'session',
      handler: ({ session, params }) => commonTeams(app, session, params.channel_id!),
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/:channel_id/convert_to_channel',
      access: 'session',
      body: ConvertGroupBody,
      handler: ({ session, params, body }) => convertGroup(app, session, params.channel_id!, body),
    }),
  ]
}
