import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { note } from './audit.ts'
import { setUserActive } from './set-user-active.ts'
import { setUserAuth } from './set-user-auth.ts'
import { setUserRoles } from './set-user-roles.ts'
import { unlockUser } from './unlock-user.ts'
import { viewFor } from './user-view.ts'
import { ActiveBody, AuthBody, RolesBody } from './users.schemas.ts'
import { verifyAddress } from './verify-address.ts'

const PATH = '/api/v4/users/:user_id'

/** What administrators do to accounts. */
export function administrationRoutes(app: App): Route[] {
  return [...rightsRoutes(app), ...addressRoutes(app)]
}

function rightsRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: `${PATH}/roles`,
      access: 'session',
      local: true,
      body: RolesBody,
      handler: async (call) => {
        await setUserRoles(app, call.session, call.params.user_id!, call.body.roles)
        await note(app, call, `roles=${call.body.roles}`)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: `${PATH}/active`,
      access: 'session',
      local: true,
      body: ActiveBody,
      handler: async (call) => {
        await setUserActive(app, call.session, call.params.user_id!, call.body.active)
        await note(app, call, `active=${call.body.active}`)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: `${PATH}/auth`,
      access: 'admin',
      local: true,
      body: AuthBody,
      handler: async (call) => {
        const auth = {
          auth_service: call.body.auth_service ?? '',
          auth_data: call.body.auth_data ?? '',
        }
        const answer = await setUserAuth(app, call.params.user_id!, auth)
        await note(app, call, `auth_service=${auth.auth_service}`)
        return answer
      },
    }),
  ]
}

function addressRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: `${PATH}/reset_failed_attempts`,
      access: 'session',
      handler: async (call) => {
        await unlockUser(app, call.session, call.params.user_id!)
        await note(app, call, 'failed attempts reset')
        return OK
      },
    }),
    route({
      method: 'POST',
      path: `${PATH}/email/verify/member`,
      access: 'admin',
      local: true,
      handler: async (call) => {
        const user = await verifyAddress(app, call.params.user_id!)
        await note(app, call, 'address verified')
        return viewFor(app, call.session, user)
      },
    }),
  ]
}
