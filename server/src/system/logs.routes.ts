import { Type } from '@sinclair/typebox'
import type { App } from '../app.ts'
import { contentDisposition } from '../files/download-headers.ts'
import { sendStream } from '../http/compression.ts'
import { route, SENT } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { OptionalString, OptionalStrings } from '../http/schema.ts'
import { downloadLog } from './download-log.ts'
import { queryLog, readLog } from './read-log.ts'

const LogFilter = Type.Object({
  server_names: OptionalStrings,
  log_levels: OptionalStrings,
  date_from: OptionalString,
  date_to: OptionalString,
})

/** The server's log for those who look after it. */
export function logRoutes(app: App): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v4/logs',
      access: 'session',
      local: true,
      noStore: true,
      handler: ({ session, query }) => readLog(app, session, query),
    }),
    route({
      method: 'POST',
      path: '/api/v4/logs/query',
      access: 'session',
      noStore: true,
      body: LogFilter,
      handler: ({ session, query, body }) => queryLog(app, session, query, body),
    }),
    route({
      method: 'GET',
      path: '/api/v4/logs/download',
      access: 'session',
      noStore: true,
      handler: async ({ session, reply }) => {
        const { name, content } = await downloadLog(app, session)
        reply.header('Content-Disposition', contentDisposition(name, false))
        sendStream(reply, 'text/plain; charset=utf-8', content)
        return SENT
      },
    }),
  ]
}
