import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { OK, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { migrateConfig } from './migrate-config.ts'
import { readConfig, readEnvironmentReport } from './read-config.ts'
import { patchConfig, reloadConfig, replaceConfig } from './write-config.ts'

const ConfigBody = Type.Record(Type.String(), Type.Unknown())

/** The configuration, for administrators and for clients. */
export function configRoutes(app: App): Route[] {
  return [...readRoutes(app), ...writeRoutes(app)]
}

function readRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/config',
      access: 'session',
      local: true,
      noStore: true,
      handler: ({ session, query }) =>
        readConfig(app, session, {
          removeMasked: query.flag('remove_masked'),
          removeDefaults: query.flag('remove_defaults'),
        }),
    }),
    route({
      method: 'GET',
      path: '/api/v4/config/environment',
      access: 'session',
      noStore: true,
      handler: ({ session }) => readEnvironmentReport(app, session),
    }),
    route({
      method: 'GET',
      path: '/api/v4/config/client',
      access: 'public',
      local: true,
      handler: ({ session }) => (session ? app.clientSettings.full() : app.clientSettings.limited()),
    }),
  ]
}

function writeRoutes(app: App): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/api/v4/config',
      access: 'session',
      local: true,
      noStore: true,
      body: ConfigBody,
      handler: ({ session, body }) => replaceConfig(app, session, body),
    }),
    route({
      method: 'PUT',
      path: '/api/v4/config/patch',
      access: 'session',
      local: true,
      noStore: true,
      body: ConfigBody,
      handler: ({ session, body }) => patchConfig(app, session, body),
    }),
    route({
      method: 'POST',
      path: '/api/v4/config/reload',
      access: 'session',
      local: true,
      handler: async ({ session }) => {
        if (!app.access.can(session, 'reload_config')) throw noPermission('reload_config')
        await reloadConfig(app)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/config/migrate',
      access: 'local',
      local: true,
      body: Type.Object({ from: Type.String({ minLength: 1 }), to: Type.String({ minLength: 1 }) }),
      handler: async ({ body }) => {
        await migrateConfig(body.from, body.to)
        return OK
      },
    }),
  ]
}
