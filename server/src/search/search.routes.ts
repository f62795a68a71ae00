import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { OptionalBoolean, OptionalInteger, OptionalString } from '../http/schema.ts'
import { searchForFiles } from './search-for-files.ts'
import { searchForPosts } from './search-for-posts.ts'

const SearchBody = Type.Object({
  terms: Type.String({ minLength: 1 }),
  is_or_search: OptionalBoolean,
  time_zone_offset: OptionalInteger,
  include_deleted_channels: OptionalBoolean,
  page: OptionalInteger,
  per_page: OptionalInteger,
  modifier: OptionalString,
})

/** Searching posts and files, in one team (with the caller's direct messages) or in all of them. */
export function searchRoutes(app: App): Route[] {
  const inTeam = async ({ session, params }: Pick<Call<'session'>, 'session' | 'params'>) => {
    const teamId = params.team_id!
    if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
    return teamId
  }
  const common = { method: 'POST', access: 'session', body: SearchBody, noStore: true } as const
  return [
    route({
      ...common,
      path: '/api/v4/posts/search',
      busy: true,
      handler: ({ session, body }) => searchForPosts(app, session, body),
    }),
    route({
      ...common,
      path: '/api/v4/teams/:team_id/posts/search',
      busy: true,
      handler: async (call) => searchForPosts(app, call.session, call.body, await inTeam(call)),
    }),
    route({
      ...common,
      path: '/api/v4/files/search',
      busy: true,
      handler: ({ session, body }) => searchForFiles(app, session, body),
    }),
    route({
      ...common,
      path: '/api/v4/teams/:team_id/files/search',
      busy: true,
      handler: async (call) => searchForFiles(app, call.session, call.body, await inTeam(call)),
    }),
  ]
}
