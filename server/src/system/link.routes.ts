import type { App } from '../app.ts'
import { SENT, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { fetchImage } from './fetch-image.ts'
import { redirectLocation } from './redirect-location.ts'

/** What clients ask about addresses in posts. */
export function linkRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/redirect_location',
      access: 'session',
      noCsrf: true,
      handler: async ({ query }) => ({ location: await redirectLocation(app, query.text('url')) }),
    }),
    route({
      method: 'GET',
      path: '/api/v4/image',
      access: 'session',
      noCsrf: true,
      handler: async ({ query, reply }) => {
        const image = await fetchImage(app, query.text('url'))
        if ('redirect' in image) reply.redirect(image.redirect, 302)
        else reply.headers(image.headers).send(image.body)
        return SENT
      },
    }),
  ]
}
