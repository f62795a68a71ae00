import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { OK, route, SENT } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { OptionalString } from '../http/schema.ts'
import { clearSessionCookie, cookieScope } from '../http/session-cookies.ts'
import { audit } from '../users/audit.ts'
import { existingUser, withTerms } from '../users/user-access.ts'
import { viewFor } from '../users/user-view.ts'
import type { UserView } from '../users/user-view.ts'
import { handOverSession } from './answer-login.ts'
import { clientOf, MAX_DEVICE_ID } from './begin-session.ts'
import type { Client } from './begin-session.ts'
import { loginFromDesktop } from './desktop-login.ts'
import { endSession } from './end-sessions.ts'
import { login } from './login.ts'
import type { Session } from './session.ts'
import { loginError, switchError } from './sessions.errors.ts'
import { switchSignIn } from './switch-sign-in.ts'

/** Every value is a string, also the MFA code and the flag. */
const LoginBody = Type.Object({
  id: OptionalString,
  login_id: OptionalString,
  password: OptionalString,
  token: OptionalString,
  device_id: OptionalString,
  ldap_only: OptionalString,
})

const SwitchBody = Type.Object({
  current_service: Type.String(),
  new_service: Type.String(),
  email: OptionalString,
  password: OptionalString,
  mfa_code: OptionalString,
  ldap_id: OptionalString,
  new_password: OptionalString,
})

/** Signing in and out. */
export function loginRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/login',
      access: 'public',
      body: LoginBody,
      limit: { perSecond: 5, burst: 10 },
      handler: async (call) => {
        const session = await login(app, {
          userId: call.body.id ?? '',
          loginId: call.body.login_id ?? '',
          password: call.body.password ?? '',
          mfaCode: call.body.token ?? '',
          ldapOnly: call.body.ldap_only === 'true',
          client: clientWithDevice(call, call.body.device_id ?? ''),
        })
        return answer(app, call, session)
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/logout',
      access: 'public',
      handler: async ({ session, reply, ip }) => {
        clearSessionCookie(reply, cookieScope(app.config.get().ServiceSettings))
        if (session && !session.local) {
          await app.unitOfWork((tx) => endSession(tx, session))
          await audit(app, session, '/api/v4/users/logout', '', ip)
        }
        return OK
      },
    }),
    ...otherLoginRoutes(app),
    ...migrationRoutes(),
  ]
}

function otherLoginRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/login/desktop_token',
      access: 'public',
      body: Type.Object({ token: Type.String(), device_id: OptionalString }),
      limit: { perSecond: 2, burst: 1 },
      handler: async (call) => {
        const client = clientWithDevice(call, call.body.device_id ?? '')
        return answer(app, call, await loginFromDesktop(app, call.body.token, client))
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/login/switch',
      access: 'public',
      body: SwitchBody,
      handler: async ({ session, body, request, reply }) => ({
        follow_link: await switchSignIn(app, session, {
          call: { request, reply },
          currentService: body.current_service,
          newService: body.new_service,
          email: body.email ?? '',
          password: body.password ?? '',
          newPassword: body.new_password ?? '',
          mfaCode: body.mfa_code ?? '',
        }),
      }),
    }),
    // Tells apart accounts without a password, of which this server has none: an empty 404 is the reference's "off".
    route({
      method: 'POST',
      path: '/api/v4/users/login/type',
      access: 'public',
      handler: ({ reply }) => {
        reply.code(404).send()
        return SENT
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/login/sso/code-exchange',
      access: 'public',
      handler: ({ reply }) => {
        reply.header('Deprecation', 'true')
        throw loginError('api.user.login_sso_code_exchange.deprecated.app_error')
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/login/cws',
      access: 'public',
      noCsrf: true,
      handler: () => {
        throw loginError('api.user.login_cws.license.error')
      },
    }),
  ]
}

/** Moving accounts over to a service that this server does not have. */
function migrationRoutes(): Route[] {
  return (['ldap', 'saml'] as const).map((service) =>
    route({
      method: 'POST',
      path: `/api/v4/users/migrate_auth/${service}`,
      access: 'admin',
      local: true,
      handler: () => {
        throw switchError(`api.admin.${service}.not_available.app_error`)
      },
    }),
  )
}

function clientWithDevice(call: Pick<Call, 'request'>, deviceId: string): Client {
  if (deviceId.length > MAX_DEVICE_ID) throw invalidBody('device_id')
  return clientOf(call, deviceId)
}

async function answer(app: App, call: Pick<Call, 'ip' | 'request' | 'reply'>, session: Session): Promise<UserView> {
  const user = await withTerms(app, await existingUser(app, session.userId))
  await audit(app, session, call.request.routeOptions.url ?? '', 'signed in', call.ip)
  handOverSession(app, call, session)
  return viewFor(app, session, user)
}
