import type { App } from '../app.ts'
import { withFiles } from '../drafts/draft-fields.ts'
import { noPermission } from '../http/errors.ts'
import { route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { changeScheduledPost, checkSwitchedOn, schedulePost, unschedulePost } from './schedule-post.ts'
import { NewScheduledPostBody, ScheduledPostBody } from './scheduled-post.ts'
import type { ScheduledPost } from './scheduled-post.ts'
import { findScheduledPosts } from './scheduled-posts.store.ts'

export function scheduledPostRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/posts/schedule',
      access: 'session',
      body: NewScheduledPostBody,
      status: 201,
      handler: ({ session, body, connectionId }) => schedulePost(app, session, body, connectionId),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/posts/schedule/:scheduled_post_id',
      access: 'session',
      body: ScheduledPostBody,
      // The reference answers 201 to changes too, and clients check nothing but success.
      status: 201,
      handler: ({ session, params, body, connectionId }) =>
        changeScheduledPost(app, session, params.scheduled_post_id!, body, connectionId),
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/posts/schedule/:scheduled_post_id',
      access: 'session',
      status: 201,
      handler: ({ session, params, connectionId }) =>
        unschedulePost(app, session, params.scheduled_post_id!, connectionId),
    }),
    route({
      method: 'GET',
      path: '/api/v4/posts/scheduled/team/:team_id',
      access: 'session',
      handler: (call) => ownScheduledPosts(app, call),
    }),
  ]
}

/** By team id; those of direct and group channels under `directChannels`, where asked for. */
async function ownScheduledPosts(
  app: App,
  { session, params, query }: Call<'session'>,
): Promise<Record<string, ScheduledPost[]>> {
  checkSwitchedOn(app)
  const teamId = params.team_id!
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
  const list = async (id: string) => withFiles(app.db, await findScheduledPosts(app.db, session.userId, id))
  const ofTeam = { [teamId]: await list(teamId) }
  return query.flag('includeDirectChannels') ? { ...ofTeam, directChannels: await list('') } : ofTeam
}
