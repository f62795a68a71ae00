import type { App } from '../app.ts'
import { defaultPicture } from '../files/default-picture.ts'
import { notModified, OK, route, SENT } from '../http/route.ts'
import type { Call, Route } from '../http/route.ts'
import { audit } from './audit.ts'
import { pictureOf, resetPicture, setPicture } from './profile-image.ts'
import { visibleUser } from './user-access.ts'

export function profileImageRoutes(app: App): Route[] {
  const path = '/api/v4/users/:user_id/image'
  return [
    route({
      method: 'GET',
      path,
      access: 'session',
      noCsrf: true,
      handler: async (call) => {
        const user = await visibleUser(app, call.session, call.params.user_id!)
        if (notModified(call, String(user.last_picture_update))) return SENT
        const { png, fallback } = await pictureOf(app, user)
        return sendPng(call, png, fallback ? 300 : 86400)
      },
    }),
    route({
      method: 'GET',
      path: `${path}/default`,
      access: 'session',
      noCsrf: true,
      handler: async (call) => {
        const user = await visibleUser(app, call.session, call.params.user_id!)
        return sendPng(call, await defaultPicture(user.id, user.username), 86400)
      },
    }),
    route({
      method: 'POST',
      path,
      access: 'session',
      raw: true,
      maxFileSize: true,
      handler: async ({ session, params, request, ip }) => {
        await setPicture(app, session, params.user_id!, request)
        await audit(app, session, request.url, `picture of user_id=${params.user_id!} set`, ip)
        return OK
      },
    }),
    route({
      method: 'DELETE',
      path,
      access: 'session',
      handler: async ({ session, params, request, ip }) => {
        await resetPicture(app, session, params.user_id!)
        await audit(app, session, request.url, `picture of user_id=${params.user_id!} reset`, ip)
        return OK
      },
    }),
  ]
}

function sendPng(call: Call, png: Buffer, maxAge: number): typeof SENT {
  call.reply
    .header('Content-Type', 'image/png')
    .header('Cache-Control', `max-age=${maxAge}, private`)
    .removeHeader('Expires')
    .send(png)
  return SENT
}
