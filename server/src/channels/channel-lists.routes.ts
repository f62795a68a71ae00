import type { App } from '../app.ts'
import { SENT, notModified, route } from '../http/route.ts'
import type { Query, Route } from '../http/route.ts'
import { VERSION } from '../version.ts'
import type { Channel } from './channel.ts'
import { SearchBody, StringList, TermBody } from './channels.schemas.ts'
import {
  listArchivedChannels,
  listChannelsOfUser,
  listPrivateChannels,
  listPublicChannels,
  listPublicChannelsByIds,
  listTeamChannelsOfUser,
} from './list-channels.ts'
import {
  autocompleteChannels,
  autocompleteForSearch,
  listAllChannels,
  searchAllChannels,
  searchChannels,
  searchGroups,
} from './search-channels.ts'

/** Lists of channels and searches in them; part of `channelRoutes`. */
export function channelListRoutes(app: App): Route[] {
  return [...teamListRoutes(app), ...userListRoutes(app), ...searchRoutes(app)]
}

function teamListRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/channels',
      access: 'session',
      local: true,
      handler: ({ session, params, query }) => listPublicChannels(app, session, params.team_id!, query.paging()),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/channels/private',
      access: 'admin',
      local: true,
      handler: ({ params, query }) => listPrivateChannels(app, params.team_id!, query.paging()),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/channels/deleted',
      access: 'session',
      local: true,
      handler: ({ session, params, query }) => listArchivedChannels(app, session, params.team_id!, query.paging()),
    }),
    route({
      method: 'POST',
      path: '/api/v4/teams/:team_id/channels/ids',
      access: 'session',
      body: StringList,
      handler: ({ session, params, body }) => listPublicChannelsByIds(app, session, params.team_id!, body),
    }),
  ]
}

/** null: without archived channels; else since when (ms). */
const archivedSince = (query: Query): number | null =>
  query.flag('include_deleted') ? Math.max(0, query.int('last_delete_at', 0)) : null

function userListRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/channels',
      access: 'session',
      handler: ({ session, params, query }) => listChannelsOfUser(app, session, params.user_id!, archivedSince(query)),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/teams/:team_id/channels',
      access: 'session',
      handler: async (call) => {
        const { session, params, query } = call
        const since = archivedSince(query)
        const channels = await listTeamChannelsOfUser(app, session, params.user_id!, params.team_id!, since)
        return notModified(call, listEtag(channels)) ? SENT : channels
      },
    }),
  ]
}

/** Id of the channel that changed last and when, a zero, how many: as the reference builds it. */
function listEtag(channels: readonly Channel[]): string {
  let newest = { id: '0', at: 0 }
  for (const { id, last_post_at, update_at } of channels) {
    const at = Math.max(last_post_at, update_at)
    if (at > newest.at) newest = { id, at }
  }
  return [VERSION, newest.id, newest.at, 0, channels.length].join('.')
}

function searchRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/channels',
      access: 'session',
      local: true,
      handler: ({ session, query }) => listAllChannels(app, session, query),
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/search',
      busy: true,
      access: 'session',
      body: SearchBody,
      handler: ({ session, query, body }) => searchAllChannels(app, session, query, body),
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/group/search',
      busy: true,
      access: 'session',
      body: TermBody,
      handler: ({ session, body }) => searchGroups(app, session, body.term ?? ''),
    }),
    route({
      method: 'POST',
      path: '/api/v4/teams/:team_id/channels/search',
      busy: true,
      access: 'session',
      body: TermBody,
      handler: ({ session, params, body }) => searchChannels(app, session, params.team_id!, body.term ?? ''),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/channels/autocomplete',
      access: 'session',
      handler: ({ session, params, query }) => autocompleteChannels(app, session, params.team_id!, query.text('name')),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/channels/search_autocomplete',
      access: 'session',
      handler: ({ session, params, query }) => autocompleteForSearch(app, session, params.team_id!, query.text('name')),
    }),
  ]
}
