import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { deletePreferences, updatePreferences } from './change-preferences.ts'
import { getPreference, getPreferences, getPreferencesOfCategory } from './get-preferences.ts'
import { PreferencesBody } from './preferences.schemas.ts'

const BASE = '/api/v4/users/:user_id/preferences'

/** Settings that clients keep for their users. */
export function preferenceRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: BASE,
      access: 'session',
      local: true,
      handler: ({ session, params }) => getPreferences(app, session, params.user_id!),
    }),
    route({
      method: 'PUT',
      path: BASE,
      access: 'session',
      local: true,
      body: PreferencesBody,
      handler: async ({ session, params, body }) => {
        await updatePreferences(app, session, params.user_id!, body)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: `${BASE}/delete`,
      access: 'session',
      local: true,
      body: PreferencesBody,
      handler: async ({ session, params, body }) => {
        await deletePreferences(app, session, params.user_id!, body)
        return OK
      },
    }),
    route({
      method: 'GET',
      path: `${BASE}/:category`,
      access: 'session',
      local: true,
      handler: ({ session, params }) => getPreferencesOfCategory(app, session, params.user_id!, params.category!),
    }),
    route({
      method: 'GET',
      path: `${BASE}/:category/name/:preference_name`,
      access: 'session',
      local: true,
      handler: ({ session, params }) =>
        getPreference(app, session, params.user_id!, params.category!, params.preference_name!),
    }),
  ]
}
