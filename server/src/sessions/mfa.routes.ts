import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalString } from '../http/schema.ts'
import { audit } from '../users/audit.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { activateMfa, deactivateMfa, generateMfaSecret } from './set-up-mfa.ts'
import type { Session } from './session.ts'

/** Multi-factor authentication of an account; reachable before it is set up, or nobody could set it up. */
export function mfaRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/mfa/generate',
      access: 'session',
      mfaExempt: true,
      noStore: true,
      handler: async ({ session, params }) => {
        await mayChangeMfa(app, session, params.user_id!)
        return generateMfaSecret(app, params.user_id!)
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v4/users/:user_id/mfa',
      access: 'session',
      mfaExempt: true,
      local: true,
      body: Type.Object({ activate: Type.Boolean(), code: OptionalString }),
      handler: async ({ session, params, body, ip }) => {
        await mayChangeMfa(app, session, params.user_id!)
        if (body.activate) await activateMfa(app, params.user_id!, body.code ?? '')
        else await deactivateMfa(app, params.user_id!)
        const what = `user_id=${params.user_id} active=${body.activate}`
        await audit(app, session, '/api/v4/users/mfa', what, ip)
        return OK
      },
    }),
  ]
}

/** An application that acts for somebody must not weaken how he signs in. */
async function mayChangeMfa(app: App, session: Session, userId: string): Promise<void> {
  if (session.isOAuth) throw noPermission('edit_other_users')
  await selfOrEditor(app, session, userId)
}
