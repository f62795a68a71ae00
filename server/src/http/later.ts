import laterRoutes from './later-routes.json' with { type: 'json' }
import { generalError } from './errors.ts'
import { route } from './route.ts'
import type { Route } from './route.ts'

/**
 * Parts of the protocol that this server does not have yet, from one list. They answer 501 with their name, so that
 * a client can tell "not here" from "no such address".
 */
export function laterRoutesOf(present: readonly Route[]): Route[] {
  const known = new Set(present.map((one) => `${one.method} ${one.path}`))
  return laterRoutes
    .filter(([method, path]) => !known.has(`${method} ${path}`))
    .map(([method, path, name]) =>
      route({
        method: method as Route['method'],
        path: path!,
        access: 'session',
        raw: true,
        // mmctl must not take "not yet" for "no such thing" over the socket either.
        local: true,
        handler: () => {
          throw generalError('api.not_available.app_error', { Name: name! })
        },
      }),
    )
}
