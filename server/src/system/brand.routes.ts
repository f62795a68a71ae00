import type { App } from '../app.ts'
import { OK, SENT, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { brandImage, deleteBrandImage, saveBrandImage } from './brand-image.ts'

export function brandRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/brand/image',
      access: 'public',
      noCsrf: true,
      handler: async ({ reply }) => {
        const image = await brandImage(app)
        // Clients look at the status alone; the reference answers with nothing.
        if (!image) reply.code(404).send()
        else reply.header('Content-Type', 'image/png').send(image)
        return SENT
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/brand/image',
      access: 'session',
      raw: true,
      maxFileSize: true,
      status: 201,
      handler: async ({ session, request }) => {
        await saveBrandImage(app, session, request)
        return OK
      },
    }),
    route({
      method: 'DELETE',
      path: '/api/v4/brand/image',
      access: 'session',
      handler: async ({ session }) => {
        await deleteBrandImage(app, session)
        return OK
      },
    }),
  ]
}
