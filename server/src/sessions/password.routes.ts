import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { optional, OptionalString } from '../http/schema.ts'
import { audit } from '../users/audit.ts'
import { resendVerification, sendPasswordReset } from './mail-links.ts'
import { resetPassword, setPassword } from './set-password.ts'
import { verifyEmail } from './verify-email.ts'

const PasswordBody = Type.Object({
  current_password: OptionalString,
  new_password: Type.String(),
  // Some clients send a flag, others text.
  already_hashed: optional(Type.Union([Type.Boolean(), Type.String()])),
})

const EmailBody = Type.Object({ email: Type.String() })

/** Choosing passwords and proving addresses. */
export function passwordRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/api/v4/users/:user_id/password',
      access: 'session',
      local: true,
      body: PasswordBody,
      handler: async ({ session, params, body, ip }) => {
        await setPassword(app, session, params.user_id!, {
          currentPassword: body.current_password ?? '',
          newPassword: body.new_password,
          hashed: body.already_hashed === true || body.already_hashed === 'true',
        })
        await audit(app, session, '/api/v4/users/password', `user_id=${params.user_id}`, ip)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/password/reset/send',
      access: 'public',
      local: true,
      body: EmailBody,
      handler: async ({ body }) => {
        if (body.email === '') throw invalidBody('email')
        await sendPasswordReset(app, body.email)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/password/reset',
      access: 'public',
      body: Type.Object({ token: OptionalString, new_password: Type.String() }),
      handler: async ({ body }) => {
        await resetPassword(app, body.token ?? '', body.new_password)
        return OK
      },
    }),
    ...verificationRoutes(app),
  ]
}

function verificationRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/email/verify',
      access: 'public',
      body: Type.Object({ token: Type.String() }),
      handler: async ({ body }) => {
        await verifyEmail(app, body.token)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/email/verify/send',
      access: 'public',
      body: EmailBody,
      handler: async ({ body, query }) => {
        if (body.email === '') throw invalidBody('email')
        await resendVerification(app, body.email, query.text('r'))
        return OK
      },
    }),
  ]
}
