import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { Strings } from '../http/schema.ts'
import { deleteGroup, patchGroup, restoreGroup } from './change-group.ts'
import { addMembers, deleteMembers } from './change-members.ts'
import { createGroup } from './create-group.ts'
import { existingGroup, seesMembers, visibleGroup } from './group-access.ts'
import { GroupPatchBody, LinkBody, MembersBody, NewGroupBody } from './groups.schemas.ts'
import { getLink, linkGroup, listLinks, unlinkGroup } from './link-group.ts'
import { groupsByChannels, groupsOfChannel, groupsOfTeam } from './linked-groups.ts'
import { groupMembers, groupsByNames, groupsOfUser, listGroups } from './list-groups.ts'

const PATH = '/api/v4/groups'
const ONE = `${PATH}/:group_id`

/** Groups of users, their people, and where they are linked to. */
export function groupRoutes(app: App): Route[] {
  return [
    ...groupListRoutes(app),
    ...oneGroupRoutes(app),
    ...memberRoutes(app),
    ...linkRoutes(app, 'team'),
    ...linkRoutes(app, 'channel'),
  ]
}

function groupListRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: PATH,
      access: 'session',
      handler: ({ session, query }) => listGroups(app, session, query),
    }),
    route({
      method: 'POST',
      path: `${PATH}/names`,
      access: 'session',
      body: Strings,
      handler: ({ session, body }) => groupsByNames(app, session, body),
    }),
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/groups',
      access: 'session',
      local: true,
      handler: ({ session, params, query }) => groupsOfChannel(app, session, params.channel_id!, query),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/groups',
      access: 'session',
      local: true,
      handler: ({ session, params, query }) => groupsOfTeam(app, session, params.team_id!, query),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/groups_by_channels',
      access: 'session',
      handler: ({ session, params, query }) => groupsByChannels(app, session, params.team_id!, query),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/groups',
      access: 'session',
      handler: ({ session, params }) => groupsOfUser(app, session, params.user_id!),
    }),
  ]
}

function oneGroupRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: PATH,
      access: 'session',
      status: 201,
      body: NewGroupBody,
      handler: ({ session, body }) => createGroup(app, session, body),
    }),
    route({
      method: 'GET',
      path: ONE,
      access: 'session',
      handler: ({ session, params, query }) => {
        const ids = query.flag('include_member_ids') && seesMembers(app, session)
        return visibleGroup(app, session, params.group_id!, { count: query.flag('include_member_count'), ids })
      },
    }),
    route({
      method: 'PUT',
      path: `${ONE}/patch`,
      access: 'session',
      body: GroupPatchBody,
      handler: ({ session, params, body }) => patchGroup(app, session, params.group_id!, body),
    }),
    route({
      method: 'DELETE',
      path: ONE,
      access: 'session',
      handler: ({ session, params }) => deleteGroup(app, session, params.group_id!),
    }),
    route({
      method: 'POST',
      path: `${ONE}/restore`,
      access: 'session',
      handler: ({ session, params }) => restoreGroup(app, session, params.group_id!),
    }),
  ]
}

function memberRoutes(app: App): Route[] {
  const path = `${ONE}/members`
  return [
    route({
      method: 'GET',
      path,
      access: 'session',
      handler: ({ session, params, query }) => groupMembers(app, session, params.group_id!, query.paging()),
    }),
    route({
      method: 'POST',
      path,
      access: 'session',
      body: MembersBody,
      handler: ({ session, params, body }) => addMembers(app, session, params.group_id!, body.user_ids),
    }),
    route({
      method: 'DELETE',
      path,
      access: 'session',
      body: MembersBody,
      handler: ({ session, params, body }) => deleteMembers(app, session, params.group_id!, body.user_ids),
    }),
    route({
      method: 'GET',
      path: `${ONE}/stats`,
      access: 'session',
      handler: async ({ session, params }) => {
        const permission = 'sysconsole_read_user_management_groups'
        if (!app.access.can(session, permission)) throw noPermission(permission)
        const group = await existingGroup(app, params.group_id!, { count: true })
        return { group_id: group.id, total_member_count: group.member_count ?? 0 }
      },
    }),
  ]
}

function linkRoutes(app: App, kind: 'team' | 'channel'): Route[] {
  const all = `${ONE}/${kind}s`
  const one = `${all}/:${kind}_id`
  const place = (params: Readonly<Record<string, string>>) => ({ kind, id: params[`${kind}_id`]! })
  return [
    route({
      method: 'GET',
      path: all,
      access: 'session',
      handler: ({ session, params }) => listLinks(app, session, params.group_id!, kind),
    }),
    route({
      method: 'GET',
      path: one,
      access: 'session',
      handler: ({ session, params }) => getLink(app, session, params.group_id!, place(params)),
    }),
    route({
      method: 'POST',
      path: `${one}/link`,
      access: 'session',
      status: 201,
      body: LinkBody,
      handler: ({ session, params, body }) => linkGroup(app, session, params.group_id!, place(params), body, false),
    }),
    route({
      method: 'PUT',
      path: `${one}/patch`,
      access: 'session',
      body: LinkBody,
      handler: ({ session, params, body }) => linkGroup(app, session, params.group_id!, place(params), body, true),
    }),
    route({
      method: 'DELETE',
      path: `${one}/link`,
      access: 'session',
      handler: async ({ session, params }) => {
        await unlinkGroup(app, session, params.group_id!, place(params))
        return OK
      },
    }),
  ]
}
