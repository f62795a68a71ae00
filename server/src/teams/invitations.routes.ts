import type { App } from '../app.ts'
import { generalError, noPermission } from '../http/errors.ts'
import { acceptedLocale } from '../http/reply.ts'
import { OK, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { acceptInvitation, teamOfLink } from './accept-invitation.ts'
import { errorView } from './graceful.ts'
import { invitationError } from './invitations.errors.ts'
import { endAllInvitations } from './end-invitations.ts'
import { inviteGuests, inviteMembers } from './invite-people.ts'
import type { InviteResult } from './send-invitations.ts'
import { GuestsInviteBody, MemberInviteBody } from './teams.schemas.ts'

/** Bringing people into a team: by mail, by link. */
export function invitationRoutes(app: App): Route[] {
  return [...sendingRoutes(app), ...acceptingRoutes(app), importRoute(app)]
}

function sendingRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/teams/:team_id/invite/email',
      access: 'session',
      local: true,
      body: MemberInviteBody,
      handler: async (call) => {
        const graceful = call.query.has('graceful')
        const results = await inviteMembers(app, call.session, call.params.team_id!, call.body, graceful)
        return graceful ? resultViews(call, results) : OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/teams/:team_id/invite-guests/email',
      access: 'session',
      body: GuestsInviteBody,
      handler: async (call) => {
        const graceful = call.query.flag('graceful')
        const results = await inviteGuests(app, call.session, call.params.team_id!, call.body, graceful)
        return graceful ? resultViews(call, results) : OK
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/teams/invites/email',
      access: 'session',
      handler: async ({ session }) => {
        await endAllInvitations(app, session)
        return OK
      },
    }),
  ]
}

function resultViews({ request }: Call, results: readonly InviteResult[]): object[] {
  const locale = acceptedLocale(request.headers['accept-language'])
  return results.map(({ email, error }) => ({ email, error: error && errorView(error, locale) }))
}

function acceptingRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/teams/members/invite',
      access: 'session',
      status: 201,
      handler: ({ session, query }) =>
        acceptInvitation(app, session, { token: query.text('token'), inviteId: query.text('invite_id') }),
    }),
    route({
      method: 'GET',
      path: '/api/v4/teams/invite/:invite_id',
      access: 'public',
      handler: async ({ params }) => {
        const { type, id, name, display_name, description } = await teamOfLink(app, params.invite_id!)
        if (type !== 'O') throw invitationError('api.team.get_invite_info.not_open_team')
        return { id, name, display_name, description }
      },
    }),
  ]
}

/** Taking over a Slack export is not there yet; the right is asked first, so that the answer tells nothing to others. */
function importRoute(app: App): Route {
  return route({
    method: 'POST',
    path: '/api/v4/teams/:team_id/import',
    access: 'session',
    raw: true,
    handler: async ({ session, params }) => {
      if (!(await app.access.canInTeam(session, params.team_id!, 'import_team'))) throw noPermission('import_team')
      throw generalError('api.not_available.app_error', { Name: 'team import' })
    },
  })
}
