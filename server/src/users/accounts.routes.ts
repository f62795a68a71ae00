import type { App } from '../app.ts'
import { generalError } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { administrationRoutes } from './administration.routes.ts'
import { audit } from './audit.ts'
import { eraseAllUsers, eraseUser } from './erase-user.ts'
import { profileRoutes } from './profile.routes.ts'
import { sendUser } from './send-user.ts'
import { closeAccount, requireErasure } from './set-user-active.ts'
import { signUp } from './sign-up.ts'
import { visibleUser } from './user-access.ts'
import { NewUserBody } from './users.schemas.ts'

const PATH = '/api/v4/users/:user_id'

export function accountRoutes(app: App): Route[] {
  return [...creationRoutes(app), ...oneAccountRoutes(app), ...profileRoutes(app), ...administrationRoutes(app)]
}

function creationRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users',
      access: 'public',
      local: true,
      body: NewUserBody,
      status: 201,
      handler: async ({ session, body, query, request, ip }) => {
        const arrival = { token: query.text('t'), inviteId: query.text('iid'), redirectTo: query.text('r') }
        const user = await signUp(app, session, body, arrival)
        const by = session && !session.local ? session : { id: '', userId: user.id }
        await audit(app, by, request.url, `created user_id=${user.id}`, ip)
        return user
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/users',
      access: 'local',
      local: true,
      handler: async () => {
        await eraseAllUsers(app)
        return OK
      },
    }),
  ]
}

function oneAccountRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: PATH,
      access: 'session',
      local: true,
      mfaExempt: true,
      handler: async (call) => {
        const { session, params } = call
        if (session.mfaPending && session.userId !== params.user_id) {
          throw generalError('api.context.mfa_required.app_error')
        }
        return sendUser(app, call, await visibleUser(app, session, params.user_id!))
      },
    }),
    route({
      method: 'DELETE',
      path: PATH,
      access: 'session',
      local: true,
      handler: async ({ session, params, query, request, ip }) => {
        const permanent = query.flag('permanent')
        if (permanent) {
          requireErasure(app, session)
          await eraseUser(app, params.user_id!)
        } else await closeAccount(app, session, params.user_id!)
        await audit(app, session, request.url, `user_id=${params.user_id!} permanent=${permanent}`, ip)
        return OK
      },
    }),
  ]
}
