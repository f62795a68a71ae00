import type { App } from '../app.ts'
import { invalidParam } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { isId } from '../ids.ts'
import { membershipsOfUser, teamsOfUser, unreadOfTeam, unreadsOfUser } from './user-teams.ts'

const TEAMS = '/api/v4/users/:user_id/teams'

/** The teams of one person. */
export function userTeamRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: TEAMS,
      access: 'session',
      handler: ({ session, params }) => teamsOfUser(app, session, params.user_id!),
    }),
    route({
      method: 'GET',
      path: `${TEAMS}/members`,
      access: 'session',
      handler: ({ session, params }) => membershipsOfUser(app, session, params.user_id!),
    }),
    route({
      method: 'GET',
      path: `${TEAMS}/unread`,
      access: 'session',
      handler: ({ session, params, query }) => {
        const without = query.text('exclude_team')
        if (without !== '' && !isId(without)) throw invalidParam('exclude_team')
        const threads = query.flag('include_collapsed_threads')
        return unreadsOfUser(app, session, params.user_id!, { threads, without })
      },
    }),
    route({
      method: 'GET',
      path: `${TEAMS}/:team_id/unread`,
      access: 'session',
      handler: ({ session, params }) => unreadOfTeam(app, session, params.user_id!, params.team_id!),
    }),
  ]
}
