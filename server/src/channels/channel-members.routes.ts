import type { App } from '../app.ts'
import { OK, SENT, route } from '../http/route.ts'
import { sendStream } from '../http/compression.ts'
import type { Route } from '../http/route.ts'
import { addMembers } from './add-members.ts'
import { memberError } from './channel-members.errors.ts'
import { channelStats, channelTimezones, memberCounts, memberCountsByGroup } from './channel-counts.ts'
import { AddMembersBody, NotifyPropsBody, RolesBody, SchemeRolesBody, StringList } from './channels.schemas.ts'
import {
  getMember,
  listMembers,
  listMembersByIds,
  listMemberships,
  listMembershipsInTeam,
  streamMemberships,
} from './list-members.ts'
import { setNotifyProps } from './member-notify-props.ts'
import { setMemberRoles, setMemberSchemeRoles } from './member-roles.ts'
import { membersMinusGroups } from './members-minus-groups.ts'
import { removeMember } from './remove-member.ts'

export function channelMemberRoutes(app: App): Route[] {
  return [
    ...membershipRoutes(app),
    ...memberRoleRoutes(app),
    ...memberListRoutes(app),
    ...ownMembershipRoutes(app),
    ...countRoutes(app),
  ]
}

const MEMBERS = '/api/v4/channels/:channel_id/members'
const MEMBER = `${MEMBERS}/:user_id`

function membershipRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: MEMBERS,
      access: 'session',
      body: AddMembersBody,
      status: 201,
      local: true,
      handler: ({ session, params, body }) => addMembers(app, session, params.channel_id!, body),
    }),
    route({
      method: 'DELETE',
      path: MEMBER,
      access: 'session',
      local: true,
      handler: async ({ session, params }) => {
        await removeMember(app, session, params.channel_id!, params.user_id!)
        return OK
      },
    }),
  ]
}

function memberRoleRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: `${MEMBER}/roles`,
      access: 'session',
      body: RolesBody,
      handler: async ({ session, params, body }) => {
        await setMemberRoles(app, session, params.channel_id!, params.user_id!, body.roles)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: `${MEMBER}/schemeRoles`,
      access: 'session',
      body: SchemeRolesBody,
      handler: async ({ session, params, body }) => {
        await setMemberSchemeRoles(app, session, params.channel_id!, params.user_id!, body)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: `${MEMBER}/notify_props`,
      access: 'session',
      body: NotifyPropsBody,
      handler: async ({ session, params, body }) => {
        await setNotifyProps(app, session, params.channel_id!, params.user_id!, body)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: `${MEMBER}/autotranslation`,
      access: 'session',
      // Clients of newer servers ask for it; 10.11 has no translation.
      handler: () => {
        throw memberError('api.channel.update_channel_member_autotranslation.feature_not_available.app_error')
      },
    }),
  ]
}

function memberListRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: MEMBERS,
      access: 'session',
      local: true,
      handler: ({ session, params, query }) => listMembers(app, session, params.channel_id!, query.paging()),
    }),
    route({
      method: 'POST',
      path: `${MEMBERS}/ids`,
      access: 'session',
      body: StringList,
      handler: ({ session, params, body }) => listMembersByIds(app, session, params.channel_id!, body),
    }),
    route({
      method: 'GET',
      path: MEMBER,
      access: 'session',
      local: true,
      handler: ({ session, params }) => getMember(app, session, params.channel_id!, params.user_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/members_minus_group_members',
      access: 'session',
      handler: ({ session, params, query }) =>
        membersMinusGroups(app, session, params.channel_id!, query.text('group_ids'), query.paging()),
    }),
  ]
}

function ownMembershipRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/teams/:team_id/channels/members',
      access: 'session',
      handler: ({ session, params }) => listMembershipsInTeam(app, session, params.user_id!, params.team_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/channel_members',
      access: 'session',
      handler: async ({ session, params, query, reply }) => {
        if (query.int('page', 0) !== -1) return listMemberships(app, session, params.user_id!, query.paging())
        const stream = await streamMemberships(app, session, params.user_id!)
        sendStream(reply, 'application/x-ndjson', stream)
        return SENT
      },
    }),
  ]
}

function countRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/stats',
      access: 'session',
      handler: ({ session, params, query }) =>
        channelStats(app, session, params.channel_id!, !query.flag('exclude_files_count')),
    }),
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/timezones',
      access: 'session',
      handler: ({ session, params }) => channelTimezones(app, session, params.channel_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/channels/:channel_id/member_counts_by_group',
      access: 'session',
      handler: ({ session, params, query }) =>
        memberCountsByGroup(app, session, params.channel_id!, query.flag('include_timezones')),
    }),
    route({
      method: 'POST',
      path: '/api/v4/channels/stats/member_count',
      access: 'session',
      body: StringList,
      handler: ({ session, body }) => memberCounts(app, session, body),
    }),
  ]
}
