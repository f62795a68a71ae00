import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalString } from '../http/schema.ts'
import { createScheme } from './create-scheme.ts'
import { deleteScheme } from './delete-scheme.ts'
import { channelsOfScheme, listSchemes, teamsOfScheme } from './list-schemes.ts'
import { patchScheme } from './patch-scheme.ts'
import { permittedScheme } from './scheme-access.ts'

const Texts = { name: OptionalString, display_name: OptionalString, description: OptionalString }
const PATH = '/api/v4/schemes'
const ONE = `${PATH}/:scheme_id`

/** Permission schemes of teams and channels. */
export function schemeRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: PATH,
      access: 'session',
      handler: ({ session, query }) => listSchemes(app, session, query.text('scope'), query.paging()),
    }),
    route({
      method: 'POST',
      path: PATH,
      access: 'session',
      status: 201,
      body: Type.Object({ ...Texts, scope: OptionalString }),
      handler: ({ session, body }) => createScheme(app, session, body),
    }),
    route({
      method: 'GET',
      path: ONE,
      access: 'session',
      noCsrf: true,
      handler: ({ session, params }) =>
        permittedScheme(app, session, params.scheme_id!, 'sysconsole_read_user_management_permissions'),
    }),
    route({
      method: 'DELETE',
      path: ONE,
      access: 'session',
      handler: async ({ session, params }) => {
        await deleteScheme(app, session, params.scheme_id!)
        return OK
      },
    }),
    route({
      method: 'PUT',
      path: `${ONE}/patch`,
      access: 'session',
      body: Type.Object(Texts),
      handler: ({ session, params, body }) => patchScheme(app, session, params.scheme_id!, body),
    }),
    route({
      method: 'GET',
      path: `${ONE}/teams`,
      access: 'session',
      noCsrf: true,
      handler: ({ session, params, query }) => teamsOfScheme(app, session, params.scheme_id!, query.paging()),
    }),
    route({
      method: 'GET',
      path: `${ONE}/channels`,
      access: 'session',
      noCsrf: true,
      handler: ({ session, params, query }) => channelsOfScheme(app, session, params.scheme_id!, query.paging()),
    }),
  ]
}
