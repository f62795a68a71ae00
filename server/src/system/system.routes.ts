import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import { sendJson } from '../http/reply.ts'
import { OK, SENT, route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalString, Strings } from '../http/schema.ts'
import { VERSION } from '../version.ts'
import { adminRoutes } from './admin.routes.ts'
import { directoryRoutes } from './directory.routes.ts'
import { licenseRoutes } from './license.routes.ts'
import { logRoutes } from './logs.routes.ts'
import { linkRoutes } from './link.routes.ts'
import { logForClient } from './log-for-client.ts'
import { pingServer } from './ping.ts'
import { pushRoutes } from './push.routes.ts'
import { startRoutes } from './start.routes.ts'
import { appliedMigrations } from './system-values.ts'

/** The server as a whole: its state, its start, its administration. */
export function systemRoutes(app: App): Route[] {
  return [
    ...stateRoutes(app),
    ...smallRoutes(app),
    ...adminRoutes(app),
    ...directoryRoutes(app),
    ...logRoutes(app),
    ...licenseRoutes(app),
    ...linkRoutes(app),
    ...pushRoutes(app),
    ...startRoutes(app),
  ]
}

function stateRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/system/ping',
      access: 'public',
      local: true,
      handler: async ({ session, query, reply }) => {
        const withParts = query.flag('get_server_status')
        const answer = await pingServer(app, session, { withParts, deviceId: query.text('device_id') })
        if (withParts) {
          const { status, database_status = '', filestore_status = '' } = answer
          reply.headers({ status, database_status, filestore_status })
        }
        if (answer.status === 'OK' || query.flag('use_rest_semantics')) return answer
        sendJson(reply, 500, answer)
        return SENT
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/system/timezones',
      access: 'session',
      handler: () => [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].toSorted(),
    }),
    route({
      method: 'GET',
      path: '/api/v4/system/schema/version',
      access: 'session',
      local: true,
      handler: () => appliedMigrations(app),
    }),
    route({
      method: 'GET',
      path: '/api/v4/latest_version',
      access: 'admin',
      // The server tells nobody that it exists, so it knows of no version but its own.
      handler: () => {
        const release = { id: 0, tag_name: `v${VERSION}`, name: `v${VERSION}`, body: '', html_url: '' }
        return { ...release, created_at: '', published_at: '' }
      },
    }),
  ]
}

function smallRoutes(app: App): Route[] {
  return [
    // There are no notices of the vendor here.
    route({ method: 'GET', path: '/api/v4/system/notices/:team_id', access: 'session', handler: () => [] }),
    route({
      method: 'PUT',
      path: '/api/v4/system/notices/view',
      access: 'session',
      body: Strings,
      handler: () => OK,
    }),
    route({
      method: 'POST',
      path: '/api/v4/logs',
      access: 'public',
      body: Type.Object({ level: OptionalString, message: OptionalString }),
      handler: ({ session, body, request }) => {
        const userAgent = request.headers['user-agent'] ?? ''
        const report = { level: body.level ?? '', message: body.message ?? '', userAgent }
        return { message: logForClient(app, session, report) }
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/caches/invalidate',
      access: 'session',
      handler: async ({ session }) => {
        if (!app.access.can(session, 'invalidate_caches')) throw noPermission('invalidate_caches')
        await app.delivery.deliver([{ kind: 'everything' }], [])
        return OK
      },
    }),
  ]
}
