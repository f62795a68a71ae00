import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { OptionalString } from '../http/schema.ts'
import { cookieScope, setTokenCookie } from '../http/session-cookies.ts'
import { audit } from '../users/audit.ts'
import { selfOrEditor } from '../users/user-access.ts'
import { attachDevice } from './attach-device.ts'
import { endAllSessions, endSessions } from './end-sessions.ts'
import { listSessions, revokeSession } from './own-sessions.ts'

const DeviceBody = Type.Object({
  device_id: OptionalString,
  device_notification_disabled: OptionalString,
  mobile_version: OptionalString,
})

/** The sessions of people: what they have, and ending them. */
export function sessionRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/users/:user_id/sessions',
      access: 'session',
      handler: ({ session, params }) => listSessions(app, session, params.user_id!),
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/sessions/revoke',
      access: 'session',
      body: Type.Object({ session_id: Type.String() }),
      handler: async ({ session, params, body, ip }) => {
        await revokeSession(app, session, params.user_id!, body.session_id)
        await audit(app, session, '/api/v4/users/sessions/revoke', `user_id=${params.user_id}`, ip)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/users/:user_id/sessions/revoke/all',
      access: 'session',
      handler: async ({ session, params, ip }) => {
        await selfOrEditor(app, session, params.user_id!)
        await app.unitOfWork((tx) => endSessions(tx, params.user_id!))
        await audit(app, session, '/api/v4/users/sessions/revoke/all', `user_id=${params.user_id}`, ip)
        return OK
      },
    }),
    ...serverWideRoutes(app),
  ]
}

function serverWideRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/users/sessions/revoke/all',
      access: 'admin',
      handler: async ({ session, ip }) => {
        await endAllSessions(app)
        await audit(app, session, '/api/v4/users/sessions/revoke/all', 'everybody', ip)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: '/api/v4/users/sessions/device',
      access: 'session',
      body: DeviceBody,
      handler: async (call) => {
        const { device_id, device_notification_disabled, mobile_version } = call.body
        await attachDevice(app, call.session, {
          deviceId: device_id ?? '',
          notificationsDisabled: device_notification_disabled ?? '',
          mobileVersion: mobile_version ?? '',
        })
        if (device_id) renewTokenCookie(app, call)
        return OK
      },
    }),
  ]
}

/** The session lives as long as a mobile one now; so must the cookie of the app's web views. */
function renewTokenCookie(app: App, { request, reply, session }: Call<'session'>): void {
  const { ServiceSettings } = app.config.get()
  const maxAge = ServiceSettings.SessionLengthMobileInHours * 3600
  setTokenCookie(request, reply, cookieScope(ServiceSettings), session.token, maxAge)
}
