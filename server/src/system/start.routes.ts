import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalAnyMap, OptionalString, optional } from '../http/schema.ts'
import { setSystemValue, systemFlag } from './system-values.ts'

const ONBOARDING = 'FirstAdminSetupComplete'
const MARKETPLACE = 'FirstAdminVisitMarketplace'

const Report = Type.Object({
  version: Type.String(),
  client_id: OptionalString,
  labels: OptionalAnyMap,
  start: Type.Number(),
  end: Type.Number(),
  counters: optional(Type.Array(Type.Unknown())),
  histograms: optional(Type.Array(Type.Unknown())),
})

/** What clients ask for while they start and while the first administrator looks around. */
export function startRoutes(app: App): Route[] {
  const visit = '/api/v4/plugins/marketplace/first_admin_visit'
  const onboarding = '/api/v4/system/onboarding/complete'
  return [
    // There are no plugins and no custom profile fields; clients treat an error here as a broken server.
    route({ method: 'GET', path: '/api/v4/plugins/webapp', access: 'public', handler: () => [] }),
    route({
      method: 'GET',
      path: '/api/v4/custom_profile_attributes/fields',
      access: 'session',
      local: true,
      handler: () => [],
    }),
    // Nothing of what browsers measure is kept.
    route({
      method: 'POST',
      path: '/api/v4/client_perf',
      access: 'session',
      noCsrf: true,
      body: Report,
      handler: () => OK,
    }),
    route({ method: 'GET', path: visit, access: 'admin', handler: () => systemFlag(app, MARKETPLACE) }),
    route({
      method: 'POST',
      path: visit,
      access: 'admin',
      handler: async () => {
        await setSystemValue(app, MARKETPLACE, 'true')
        return OK
      },
    }),
    route({ method: 'GET', path: onboarding, access: 'admin', handler: () => systemFlag(app, ONBOARDING) }),
    route({
      method: 'POST',
      path: onboarding,
      access: 'admin',
      body: Type.Object({ organization: OptionalString }),
      handler: async ({ body }) => {
        await setSystemValue(app, ONBOARDING, 'true')
        if (body.organization) await setSystemValue(app, 'OrganizationName', body.organization.slice(0, 1024))
        return OK
      },
    }),
    // Asking the administrator to buy something has no sense here, but clients offer it.
    ...['/api/v4/users/notify-admin', '/api/v4/users/trigger-notify-admin-posts'].map((path) =>
      route({
        method: 'POST',
        path,
        access: path.includes('trigger') ? 'admin' : 'session',
        body: Type.Record(Type.String(), Type.Unknown()),
        handler: () => OK,
      }),
    ),
  ]
}
