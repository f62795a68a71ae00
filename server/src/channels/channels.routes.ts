import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { archiveChannel, eraseChannelForGood, restoreChannel } from './archive-channel.ts'
import { channelListRoutes } from './channel-lists.routes.ts'
import { changePrivacy } from './channel-privacy.ts'
import { setChannelScheme } from './channel-scheme.ts'
import { createChannel } from './create-channel.ts'
import { getChannel, getChannelByName, getChannelByTeamName } from './get-channel.ts'
import { moveChannel } from './move-channel.ts'
import { patchChannel, replaceChannel } from './update-channel.ts'
import {
  MoveBody,
  NewChannelBody,
  PatchChannelBody,
  PrivacyBody,
  SchemeBody,
  UpdateChannelBody,
} from './channels.schemas.ts'

export function channelRoutes(app: App): Route[] {
  return [...singleChannelRoutes(app), ...changeRoutes(app), ...lifeRoutes(app), ...channelListRoutes(app)]
}

function singleChannelRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/channels',
      access: 'session',
      body: NewChannelBody,
      status: 201,
      local: true,
      handler: ({ session, body }) => createChannel(app, session, body),
    }),
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id',
      access: 'session',
      local: true,
      handler: ({ session, params }) => getChannel(app, session, params.channel_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/channels/name/:channel_name',
      access: 'session',
      local: true,
      handler: ({ session, params, query }) => {
        const archived = query.flag('include_deleted')
        return getChannelByName(app, session, params.team_id!, params.channel_name!, archived)
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/name/:team_name/channels/name/:channel_name',
      access: 'session',
      local: true,
      handler: ({ session, params, query }) => {
        const archived = query.flag('include_deleted')
        return getChannelByTeamName(app, session, params.team_name!, params.channel_name!, archived)
      },
    }),
  ]
}

function changeRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/api/v4/channels/:channel_id',
      access: 'session',
      body: UpdateChannelBody,
      handler: ({ session, params, body }) => replaceChannel(app, session, params.channel_id!, body),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/channels/:channel_id/patch',
      access: 'session',
      body: PatchChannelBody,
      local: true,
      handler: ({ session, params, body }) => patchChannel(app, session, params.channel_id!, body),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/channels/:channel_id/privacy',
      access: 'session',
      body: PrivacyBody,
      local: true,
      handler: ({ session, params, body }) => changePrivacy(app, session, params.channel_id!, body.privacy),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/channels/:channel_id/scheme',
      access: 'admin',
      body: SchemeBody,
      handler: async ({ params, body }) => {
        await setChannelScheme(app, params.channel_id!, body.scheme_id)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/:channel_id/move',
      access: 'admin',
      body: MoveBody,
      local: true,
      handler: ({ session, params, body }) =>
        moveChannel(app, session, params.channel_id!, body.team_id, body.force ?? false),
    }),
  ]
}

function lifeRoutes(app: App): Route[] {
  return [
    route({
      method: 'DELETE',
      path: '/api/v4/channels/:channel_id',
      access: 'session',
      local: true,
      handler: async ({ session, params, query }) => {
        const end = query.flag('permanent') ? eraseChannelForGood : archiveChannel
        await end(app, session, params.channel_id!)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/:channel_id/restore',
      access: 'session',
      local: true,
      handler: ({ session, params }) => restoreChannel(app, session, params.channel_id!),
    }),
  ]
}
