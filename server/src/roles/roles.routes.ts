import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalStrings, Strings } from '../http/schema.ts'
import { withAncillary } from './ancillary.ts'
import { patchRole } from './patch-role.ts'
import { allRoles, roleById, roleByName, rolesByNames } from './read-roles.ts'

/** Roles and the permissions they grant. */
export function roleRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/roles',
      access: 'session',
      local: true,
      handler: ({ session }) => allRoles(app, session),
    }),
    route({
      method: 'GET',
      path: '/api/v4/roles/:role_id',
      access: 'session',
      local: true,
      noCsrf: true,
      handler: ({ params }) => roleById(app, params.role_id!),
    }),
    route({
      method: 'GET',
      path: '/api/v4/roles/name/:role_name',
      access: 'session',
      local: true,
      noCsrf: true,
      handler: ({ params }) => roleByName(app, params.role_name!),
    }),
    route({
      method: 'POST',
      path: '/api/v4/roles/names',
      access: 'session',
      local: true,
      noCsrf: true,
      body: Strings,
      handler: ({ body }) => rolesByNames(app, body),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/roles/:role_id/patch',
      access: 'session',
      local: true,
      body: Type.Object({ permissions: OptionalStrings }),
      handler: ({ session, params, body }) => patchRole(app, session, params.role_id!, body.permissions),
    }),
    route({
      method: 'POST',
      path: '/api/v4/permissions/ancillary',
      access: 'session',
      body: Strings,
      handler: ({ body }) => withAncillary(body),
    }),
  ]
}
