import type { App } from '../app.ts'
import { invalidParam } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { followThread } from './follow-thread.ts'
import { listThreads } from './list-threads.ts'
import { markThreadRead, markThreadsRead, markThreadUnread, readThread } from './read-thread.ts'

const THREADS = '/api/v4/users/:user_id/teams/:team_id/threads'
const THREAD = `${THREADS}/:thread_id`

const threadOf = (params: Readonly<Record<string, string>>) => ({
  userId: params.user_id!,
  teamId: params.team_id!,
  rootId: params.thread_id!,
})

/** Threads that people follow: lists, reading, following. */
export function threadRoutes(app: App): Route[] {
  const following = (method: 'PUT' | 'DELETE') =>
    route({
      method,
      path: `${THREAD}/following`,
      access: 'session',
      handler: async ({ session, params }) => {
        await followThread(app, session, threadOf(params), method === 'PUT')
        return OK
      },
    })
  return [
    following('PUT'),
    following('DELETE'),
    route({
      method: 'GET',
      path: THREADS,
      access: 'session',
      handler: ({ session, params, query }) => listThreads(app, session, threadOf(params), query),
    }),
    route({
      method: 'PUT',
      path: `${THREADS}/read`,
      access: 'session',
      handler: async ({ session, params }) => {
        await markThreadsRead(app, session, params.user_id!, params.team_id!)
        return OK
      },
    }),
    route({
      method: 'GET',
      path: THREAD,
      access: 'session',
      handler: ({ session, params, query }) => readThread(app, session, threadOf(params), query.flag('extended')),
    }),
    route({
      method: 'PUT',
      path: `${THREAD}/read/:timestamp`,
      access: 'session',
      handler: ({ session, params }) => {
        const at = Number(params.timestamp)
        if (!/^\d{1,15}$/.test(params.timestamp!)) throw invalidParam('timestamp')
        return markThreadRead(app, session, threadOf(params), at)
      },
    }),
    route({
      method: 'POST',
      path: `${THREAD}/set_unread/:post_id`,
      access: 'session',
      handler: ({ session, params }) => markThreadUnread(app, session, threadOf(params), params.post_id!),
    }),
  ]
}
