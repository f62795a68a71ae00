import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { acceptedLocale } from '../http/reply.ts'
import { OK, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { isId } from '../ids.ts'
import { addMember, addMembers } from './add-members.ts'
import { setMemberRoles, setSchemeRoles } from './change-member-roles.ts'
import { errorView } from './graceful.ts'
import { removeMember } from './leave-team.ts'
import { membersOutsideGroups } from './members-outside-groups.ts'
import { listMembers, membersByIds, oneMember } from './team-members.ts'
import { MemberBody, MembersBody, RolesBody, SchemeRolesBody } from './teams.schemas.ts'
import { userTeamRoutes } from './user-teams.routes.ts'

const MEMBERS = '/api/v4/teams/:team_id/members'
const MEMBER = `${MEMBERS}/:user_id`
/** People in one batch. */
const MAX_BATCH = 256

/** Who is in a team, and with which roles. */
export function teamMemberRoutes(app: App): Route[] {
  return [...readingRoutes(app), ...changingRoutes(app), ...roleRoutes(app), ...userTeamRoutes(app)]
}

function readingRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: MEMBERS,
      access: 'session',
      handler: ({ session, params, query }) => {
        const { offset, perPage } = query.paging()
        const byUsername = query.text('sort').toLowerCase() === 'username'
        const activeOnly = query.flag('exclude_deleted_users')
        return listMembers(app, session, params.team_id!, { offset, limit: perPage, byUsername, activeOnly })
      },
    }),
    route({
      method: 'POST',
      path: `${MEMBERS}/ids`,
      access: 'session',
      body: Type.Array(Type.String()),
      handler: ({ session, params, body }) => membersByIds(app, session, params.team_id!, body),
    }),
    route({
      method: 'GET',
      path: MEMBER,
      access: 'session',
      handler: ({ session, params }) => oneMember(app, session, params.team_id!, params.user_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/:team_id/members_minus_group_members',
      access: 'session',
      handler: ({ session, params, query }) => {
        const { offset, perPage } = query.paging()
        const page = { offset, limit: perPage }
        return membersOutsideGroups(app, session, params.team_id!, query.text('group_ids'), page)
      },
    }),
  ]
}

function changingRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: MEMBERS,
      access: 'session',
      local: true,
      body: MemberBody,
      status: 201,
      handler: ({ session, params, body }) => {
        if (body.team_id !== params.team_id) throw invalidBody('team_id')
        if (!isId(body.user_id)) throw invalidBody('user_id')
        return addMember(app, session, params.team_id!, body.user_id)
      },
    }),
    route({
      method: 'POST',
      path: `${MEMBERS}/batch`,
      access: 'session',
      body: MembersBody,
      status: 201,
      handler: (call) => addBatch(app, call),
    }),
    route({
      method: 'DELETE',
      path: MEMBER,
      access: 'session',
      local: true,
      handler: async ({ session, params }) => {
        await removeMember(app, session, params.team_id!, params.user_id!)
        return OK
      },
    }),
  ]
}

type BatchCall = Call<'session', { team_id?: string | null; user_id?: string | null }[]>

async function addBatch(app: App, { session, params, query, body, request }: BatchCall): Promise<object[]> {
  if (body.length === 0 || body.length > MAX_BATCH) throw invalidBody('members')
  if (body.some((one) => one.team_id !== params.team_id)) throw invalidBody('team_id')
  const userIds = body.map((one) => one.user_id)
  if (!userIds.every(isId)) throw invalidBody('user_id')
  const graceful = query.flag('graceful')
  const results = await addMembers(app, session, params.team_id!, [...new Set(userIds)], graceful)
  if (!graceful) return results.map((result) => result.member!)
  const locale = acceptedLocale(request.headers['accept-language'])
  return results.map(({ userId, member, error }) => ({
    user_id: userId,
    member: member ?? null,
    error: error ? errorView(error, locale) : null,
  }))
}

function roleRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: `${MEMBER}/roles`,
      access: 'session',
      body: RolesBody,
      handler: async ({ session, params, body }) => {
        await setMemberRoles(app, session, params.team_id!, params.user_id!, body.roles)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: `${MEMBER}/schemeRoles`,
      access: 'session',
      body: SchemeRolesBody,
      handler: async ({ session, params, body }) => {
        await setSchemeRoles(app, session, params.team_id!, params.user_id!, {
          scheme_admin: body.scheme_admin ?? false,
          scheme_user: body.scheme_user ?? false,
          scheme_guest: body.scheme_guest ?? false,
        })
        return OK
      },
    }),
  ]
}
