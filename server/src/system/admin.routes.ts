import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import type { Permission } from '../access/permission-ids.ts'
import { contentDisposition } from '../files/download-headers.ts'
import { invalidParam, noPermission } from '../http/errors.ts'
import { OK, route, SENT } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalString } from '../http/schema.ts'
import type { Session } from '../sessions/session.ts'
import { optionalJson } from './optional-json.ts'
import { readAnalytics } from './analytics.ts'
import { checkIntegrity } from './check-integrity.ts'
import { listAudits } from './list-audits.ts'
import { recycleConnections } from './recycle-connections.ts'
import { testSiteUrl } from './run-tests.ts'
import { testFileStorage } from './test-file-storage.ts'
import { sendTestMail } from './send-test-mail.ts'
import { makeSupportPacket } from './support-packet.ts'

const MAX_BUSY_SECONDS = 86_400

/** What administrators measure, test and read. */
export function adminRoutes(app: App): Route[] {
  const require = (session: Session, permission: Permission) => {
    if (!app.access.can(session, permission)) throw noPermission(permission)
  }
  return [...busyRoutes(app), ...testRoutes(app), ...processRoutes(app, require), ...recordRoutes(app)]
}

type Require = (session: Session, permission: Permission) => void

function busyRoutes(app: App): Route[] {
  const path = '/api/v4/server_busy'
  return [
    route({
      method: 'POST',
      path,
      access: 'admin',
      local: true,
      handler: ({ query }) => {
        const seconds = query.has('seconds') ? query.int('seconds', 0) : 3600
        if (seconds < 1 || seconds > MAX_BUSY_SECONDS) throw invalidParam('seconds')
        app.serverBusy.markBusy(seconds)
        return OK
      },
    }),
    route({
      method: 'GET',
      path,
      access: 'admin',
      local: true,
      handler: () => {
        const expires = Math.ceil(app.serverBusy.until / 1000)
        const text = expires === 0 ? '' : new Date(app.serverBusy.until).toISOString()
        return { busy: app.serverBusy.isBusy, expires, expires_ts: text }
      },
    }),
    route({
      method: 'DELETE',
      path,
      access: 'admin',
      local: true,
      handler: () => {
        app.serverBusy.clear()
        return OK
      },
    }),
  ]
}

function testRoutes(app: App): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/email/test',
      access: 'session',
      raw: true,
      handler: async ({ session, request }) => {
        await sendTestMail(app, session, await optionalJson(request.raw))
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/file/s3_test',
      access: 'session',
      raw: true,
      handler: async ({ session, request }) => {
        await testFileStorage(app, session, await optionalJson(request.raw))
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/site_url/test',
      access: 'session',
      body: Type.Object({ site_url: OptionalString }),
      handler: async ({ session, body }) => {
        await testSiteUrl(app, session, body.site_url ?? '')
        return OK
      },
    }),
  ]
}

function processRoutes(app: App, require: Require): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v4/database/recycle',
      access: 'session',
      handler: async ({ session }) => {
        require(session, 'recycle_database_connections')
        await recycleConnections(app)
        return OK
      },
    }),
    route({
      method: 'POST',
      path: '/api/v4/integrity',
      access: 'local',
      local: true,
      handler: () => checkIntegrity(app),
    }),
    route({
      method: 'POST',
      path: '/api/v4/restart',
      access: 'admin',
      handler: () => {
        app.host.restart()
        return OK
      },
    }),
    route({
      method: 'GET',
      path: '/api/v4/system/support_packet',
      access: 'admin',
      local: true,
      noStore: true,
      handler: async ({ session, query, reply }) => {
        const withLogs = query.text('basic_server_logs') !== 'false'
        const { name, content } = await makeSupportPacket(app, session, withLogs)
        reply.header('Content-Type', 'application/zip').header('Content-Disposition', contentDisposition(name, false))
        reply.send(content)
        return SENT
      },
    }),
  ]
}

function recordRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/analytics/old',
      access: 'session',
      handler: ({ session, query }) => readAnalytics(app, session, query.text('name'), query.text('team_id')),
    }),
    route({
      method: 'GET',
      path: '/api/v4/audits',
      access: 'session',
      noStore: true,
      handler: ({ session, query }) => listAudits(app, session, query),
    }),
  ]
}
