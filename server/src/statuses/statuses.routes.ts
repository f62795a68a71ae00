import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { Ids, OptionalInteger, OptionalString, uniqueSorted } from '../http/schema.ts'
import { invalidBody } from '../http/errors.ts'
import { removeRecentCustomStatus } from './recent-custom-statuses.ts'
import { clearCustomStatus, setCustomStatus } from './set-custom-status.ts'
import { statusesOf, statusOfUser } from './status-of-user.ts'
import { updateStatus } from './update-status.ts'

const StatusBody = Type.Object({ user_id: Type.String(), status: Type.String(), dnd_end_time: OptionalInteger })
const CustomStatusBody = Type.Object({
  emoji: OptionalString,
  text: OptionalString,
  duration: OptionalString,
  expires_at: OptionalString,
})

/** Presence and custom statuses. */
export function statusRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/status',
      access: 'session',
      handler: ({ session, params }) => statusOfUser(app, session, params.user_id!),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/users/:user_id/status',
      access: 'session',
      body: StatusBody,
      handler: ({ session, params, body }) => updateStatus(app, session, params.user_id!, body),
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/status/ids',
      access: 'session',
      body: Ids,
      handler: ({ session, body }) => {
        if (body.length === 0) throw invalidBody('user_ids')
        return statusesOf(app, session, uniqueSorted(body))
      },
    }),
    ...customStatusRoutes(app),
  ]
}

function customStatusRoutes(app: App): Route[] {
  const removeRecent = (method: 'DELETE' | 'POST', path: string): Route =>
    route({
      method,
      path,
      access: 'session',
      body: CustomStatusBody,
      handler: async ({ session, params, body }) => {
        await removeRecentCustomStatus(app, session, params.user_id!, body)
        return OK
      },
    })
  return [
    route({
      method: 'PUT',
      path: '/api/v4/users/:user_id/status/custom',
      access: 'session',
      body: CustomStatusBody,
      handler: async ({ session, params, body }) => {
        await setCustomStatus(app, session, params.user_id!, body)
        return OK
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/users/:user_id/status/custom',
      access: 'session',
      handler: async ({ session, params }) => {
        await clearCustomStatus(app, session, params.user_id!)
        return OK
      },
    }),
    removeRecent('DELETE', '/api/v4/users/:user_id/status/custom/recent'),
    removeRecent('POST', '/api/v4/users/:user_id/status/custom/recent/delete'),
  ]
}
