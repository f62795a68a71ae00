import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { notModified, route, SENT } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import type { Session } from '../sessions/session.ts'
import { countFiltered, countVisible } from './count-users.ts'
import { idOf, listUsers, userListEtag, userListRequest } from './list-users.ts'
import {
  groupChannelUsers,
  knownUsers,
  userByEmail,
  userByUsername,
  usersByIds,
  usersByUsernames,
  usersWithInvalidEmails,
} from './look-up-users.ts'
import { autocompleteUsers, searchUsers } from './search-users.ts'
import { sendUser } from './send-user.ts'
import { viewsFor } from './user-view.ts'
import { ListBody, SearchBody } from './users.schemas.ts'

export function userSearchRoutes(app: App): Route[] {
  return [...listRoutes(app), ...lookUpRoutes(app), ...countRoutes(app)]
}

function listRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users',
      access: 'session',
      local: true,
      handler: async (call) => {
        const { session, query } = call
        const request = await userListRequest(app, session, query)
        const etag = await userListEtag(app, session, request)
        if (etag !== null && notModified(call as Call, etag)) return SENT
        return viewsFor(app, session, await listUsers(app, request))
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/search',
      busy: true,
      access: 'session',
      body: SearchBody,
      handler: async ({ session, body }) => viewsFor(app, session, await searchUsers(app, session, body)),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/autocomplete',
      access: 'session',
      handler: async ({ session, query }) => {
        const limit = query.int('limit', 100)
        const asked = {
          name: query.text('name').replaceAll('\0', ''),
          teamId: idOf(query, 'in_team'),
          channelId: idOf(query, 'in_channel'),
        }
        const found = await autocompleteUsers(app, session, {
          ...asked,
          limit: limit > 0 ? limit : 100,
        })
        const outOfChannel = found.outOfChannel ?? []
        return {
          users: viewsFor(app, session, found.users),
          ...(outOfChannel.length > 0 && { out_of_channel: viewsFor(app, session, outOfChannel) }),
        }
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/invalid_emails',
      access: 'session',
      handler: async ({ session, query }) => {
        requireUserAdministration(app, session)
        const { offset, perPage } = query.paging()
        return viewsFor(app, session, await usersWithInvalidEmails(app, offset, perPage))
      },
    }),
  ]
}

function lookUpRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/ids',
      access: 'session',
      local: true,
      body: ListBody,
      handler: async ({ session, body, query }) => viewsFor(app, session, await usersByIds(app, session, body, query)),
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/usernames',
      access: 'session',
      body: ListBody,
      handler: async ({ session, body }) => viewsFor(app, session, await usersByUsernames(app, session, body)),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/username/:username',
      access: 'session',
      local: true,
      handler: async (call) => sendUser(app, call, await userByUsername(app, call.session, call.params.username!)),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/email/:email',
      access: 'session',
      local: true,
      handler: async (call) => sendUser(app, call, await userByEmail(app, call.session, call.params.email!)),
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/group_channels',
      access: 'session',
      body: ListBody,
      handler: async ({ session, body }) => {
        const found = await groupChannelUsers(app, session, body)
        return Object.fromEntries([...found].map(([id, users]) => [id, viewsFor(app, session, users)]))
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/known',
      access: 'session',
      handler: ({ session }) => knownUsers(app, session),
    }),
  ]
}

function countRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/stats',
      access: 'session',
      handler: async ({ session }) => ({ total_users_count: await countVisible(app, session) }),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/stats/filtered',
      access: 'session',
      handler: async ({ session, query }) => {
        requireUserAdministration(app, session)
        return { total_users_count: await countFiltered(app, session, query) }
      },
    }),
  ]
}

function requireUserAdministration(app: App, session: Session): void {
  const permission = 'sysconsole_read_user_management_users'
  if (!app.access.can(session, permission)) throw noPermission(permission)
}
