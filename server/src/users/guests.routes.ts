import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { audit } from './audit.ts'
import { demoteToGuest, promoteGuest } from './change-guest.ts'

export function guestRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/promote',
      access: 'session',
      local: true,
      handler: async ({ session, params, request, ip }) => {
        await promoteGuest(app, session, params.user_id!)
        await audit(app, session, request.url, `promoted user_id=${params.user_id!}`, ip)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/demote',
      access: 'session',
      local: true,
      handler: async ({ session, params, request, ip }) => {
        await demoteToGuest(app, session, params.user_id!)
        await audit(app, session, request.url, `demoted user_id=${params.user_id!}`, ip)
        return OK
      },
    }),
  ]
}
