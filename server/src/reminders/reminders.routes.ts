import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { setReminder } from './set-reminder.ts'

/** `target_time` in seconds since the epoch */
const ReminderBody = Type.Object({ target_time: Type.Integer() })

export function reminderRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/posts/:post_id/reminder',
      access: 'session',
      body: ReminderBody,
      handler: async ({ session, params, body }) => {
        await selfOrEditor(app, session, params.user_id!)
        await setReminder(app, session, params.user_id!, params.post_id!, body.target_time)
        return OK
      },
    }),
  ]
}
