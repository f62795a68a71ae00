import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import multipart from '@fastify/multipart'
import type { Access } from '../access/access.ts'
import type { ConfigStore } from '../config/config-store.ts'
import { isId, newId } from '../ids.ts'
import { LOCAL_SESSION } from '../sessions/session.ts'
import type { Session } from '../sessions/session.ts'
import { bodyReader, readBodies } from './body.ts'
import type { BodyConfig } from './body.ts'
import { clientAddress } from './client-address.ts'
import { allowCompression } from './compression.ts'
import { applyCors } from './cors.ts'
import { AppError, generalError, invalidParam, noPermission } from './errors.ts'
import { RateLimiter, TooManyRequests } from './rate-limit.ts'
import { sendError, sendJson } from './reply.ts'
import { Query, SENT } from './route.ts'
import type { Call, Route } from './route.ts'
import { authenticate } from './session-auth.ts'
import type { Authenticator } from './session-auth.ts'
import { withoutSitePath } from './site-path.ts'
import { openWebClient } from './web-client.ts'
import type { WebClientOptions } from './web-client.ts'

export interface HttpParts {
  readonly config: ConfigStore
  readonly access: Access
  readonly auth: Authenticator
  readonly log: FastifyBaseLogger
  /** value of X-Version-Id: tells web clients that a new version or configuration is there */
  readonly versionId: () => string
  /** an administrator has declared the server busy: costly routes are refused */
  readonly isBusy: () => boolean
  /** path of the site, see sitePath */
  readonly basePath: string
  /** certificate and key in PEM when the server itself speaks TLS */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** the browser client; without it, unknown addresses are all 404 */
  readonly web?: WebClientOptions
  /** served to the machine's administrator over a local socket: no sessions, every permission */
  readonly local: boolean
}

/** Builds the HTTP server with its routes. A route that does not say who may call it stops the start. */
export function buildHttpServer(parts: HttpParts, routes: readonly Route[]): FastifyInstance {
  // Before anything else: an error thrown while the server is put together would be nobody's to catch.
  for (const one of routes) requireAccessLevel(one)
  const { config } = parts
  const server = Fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    // One for each request costs more than it tells: lines about a request name its id themselves.
    childLoggerFactory: (logger) => logger,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 2048 },
    forceCloseConnections: true,
    keepAliveTimeout: 75_000,
    rewriteUrl: (request) => withoutSitePath(request.url ?? '/', parts.basePath),
    // The framework's types have one server type a form; everything here is common to both.
    ...((parts.tls ? { https: { ...parts.tls } } : {}) as object),
    // An address that is not well encoded is no address of this API; the framework would answer in a form of its own.
    frameworkErrors: (_error, _request, reply) =>
      sendError(reply as FastifyReply, generalError('api.context.404.app_error'), '', false),
  })
  void server.register(multipart)
  allowCompression(server, config.get().ServiceSettings.WebserverMode === 'gzip')
  readBodies(server)
  const limiter = new RateLimiter(config)
  server.addHook('onRequest', async (request, reply) => {
    const maxUrl = config.get().ServiceSettings.MaximumURLLength
    if (request.url.length > maxUrl) throw generalError('basic_security_check.url.too_long_error')
    if (parts.local) return
    if (applyCors(config.get().ServiceSettings, request, reply)) return reply
    limiter.check(request, reply)
  })
  const developer = () => config.get().ServiceSettings.EnableDeveloper
  server.setErrorHandler((error, request, reply) => {
    if (error instanceof TooManyRequests) return reply.code(429).type('text/plain').send(error.message)
    const known = asAppError(error)
    if (known.status >= 500 && known.status !== 501) request.log.error({ err: error, requestId: request.id }, known.id)
    setApiHeaders(parts, request, reply)
    sendError(reply, known, request.id, developer())
  })
  const web = parts.web && openWebClient(parts.web)
  server.setNotFoundHandler(async (request, reply) => {
    if (await web?.send(request, reply)) return
    sendError(reply, generalError('api.context.404.app_error'), '', false)
  })
  server.after(() => {
    // A route for the machine's administrator alone must not exist where the network can reach it.
    const served = (one: Route) => (parts.local ? one.local : one.access !== 'local')
    for (const one of routes) if (served(one)) addRoute(server, parts, limiter, one)
  })
  return server
}

function requireAccessLevel(one: Route): void {
  if (['public', 'session', 'admin', 'local'].includes(one.access)) return
  throw new Error(`route ${one.method} ${one.path} does not declare who may call it (access)`)
}

function addRoute(server: FastifyInstance, parts: HttpParts, limiter: RateLimiter, one: Route): void {
  const readBody = bodyReader(one)
  const { FileSettings: files } = parts.config.get()
  const limit = () => {
    const { FileSettings, ServiceSettings } = parts.config.get()
    return one.maxFileSize ? FileSettings.MaxFileSize : ServiceSettings.MaximumPayloadSizeBytes
  }
  const body: BodyConfig = { raw: one.raw ?? false, limit }
  server.route({
    method: one.method,
    url: one.path,
    config: { body, limit: one.limit } as object,
    exposeHeadRoute: false,
    bodyLimit: one.maxFileSize || one.raw ? files.MaxFileSize * 2 : 100_000_000,
    handler: async (request, reply) => {
      if (!wellFormed(request.params as Record<string, string>)) return reply.callNotFound()
      setApiHeaders(parts, request, reply)
      if (one.noStore) reply.header('Cache-Control', 'no-cache, no-store, must-revalidate')
      if (one.limit && !parts.local) limiter.checkRoute(one, request, reply)
      if (one.busy && parts.isBusy()) throw generalError('api.context.server_busy.app_error')
      const session = parts.local ? LOCAL_SESSION : await authenticate(parts.auth, one, request, reply)
      const result = await one.handler(makeCall(parts, one, request, reply, session, readBody))
      if (result === SENT || reply.sent) return reply
      sendJson(reply, one.status ?? 200, result)
      return reply
    },
  })
}

function makeCall(
  parts: HttpParts,
  one: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  session: Session | undefined,
  readBody: (bytes: unknown) => unknown,
): Call<'session'> {
  if (one.access === 'admin' && !(session && parts.access.can(session, 'manage_system'))) {
    throw noPermission('manage_system')
  }
  const connectionId = request.headers['connection-id']
  return {
    session: session as Session,
    params: checkedParams(request.params as Record<string, string>, session),
    query: new Query(request.query),
    body: readBody(request.body),
    connectionId: isId(connectionId) ? connectionId : '',
    ip: addressOf(parts.config, request),
    stream: request.body as Call['stream'],
    request,
    reply,
  }
}

function addressOf(config: ConfigStore, request: FastifyRequest): string {
  return clientAddress(request.headers, request.ip, config.get().ServiceSettings.TrustedProxyIPHeader)
}

/** A path id with anything but letters and digits is no address of this API at all (404, not 400). */
function wellFormed(params: Record<string, string>): boolean {
  return Object.entries(params).every(([name, value]) => !name.endsWith('_id') || /^[A-Za-z0-9_-]+$/.test(value))
}

function checkedParams(params: Record<string, string>, session: Session | undefined): Record<string, string> {
  for (const [name, value] of Object.entries(params)) {
    if (name === 'user_id' && value === 'me' && session) params[name] = session.userId
    else if (name.endsWith('_id') && name !== 'category_id' && !isId(value)) throw invalidParam(name)
    else if (value.includes('\0')) throw invalidParam(name)
  }
  return params
}

function setApiHeaders(parts: HttpParts, request: FastifyRequest, reply: FastifyReply): void {
  reply.headers({
    'X-Request-Id': request.id,
    'X-Version-Id': parts.versionId(),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': '',
  })
  if (request.method === 'GET') reply.header('Expires', '0')
  const { TLSStrictTransport, TLSStrictTransportMaxAge } = parts.config.get().ServiceSettings
  if (TLSStrictTransport) reply.header('Strict-Transport-Security', `max-age=${TLSStrictTransportMaxAge}`)
}

/** Errors of the framework become ours; what nobody foresaw becomes a 500 without details. */
function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (statusCode === 413 || code === 'FST_REQ_FILE_TOO_LARGE') {
    return generalError('api.context.request_body_too_large.app_error')
  }
  if (statusCode && statusCode < 500)
    return generalError('api.payload.parse.error', { Name: code ?? 'it is malformed' })
  return generalError('api.internal_error', {}, String(error))
}
