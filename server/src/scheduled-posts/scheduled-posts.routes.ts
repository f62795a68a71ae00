import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { listScheduledPosts } from './list-scheduled-posts.ts'
import { changeScheduledPost, schedulePost, unschedulePost } from './schedule-post.ts'
import { NewScheduledPostBody, ScheduledPostBody } from './scheduled-post.ts'

/** Posts that wait for their time. */
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
      handler: ({ session, params, query }) =>
        listScheduledPosts(app, session, params.team_id!, query.flag('includeDirectChannels')),
    }),
  ]
}
