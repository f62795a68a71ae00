import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import { generalError, invalidBody } from './errors.ts'
import type { Route } from './route.ts'

/** What a route tells the body reader; kept as the route's Fastify config. */
export interface BodyConfig {
  readonly raw: boolean
  readonly limit: () => number
}

/**
 * Reads JSON bodies whatever their Content-Type says (clients send JSON as text/plain from beacons) and leaves raw
 * ones as streams. Multipart is left to its plugin.
 */
export function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (request, payload, done) => {
    const config = bodyConfig(request)
    if (config.raw) return done(null, payload)
    const limit = config.limit()
    const chunks: Buffer[] = []
    let size = 0
    payload.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
    })
    payload.on('error', (error: Error) => done(error))
    payload.on('end', () => {
      if (size > limit) return done(generalError('api.context.request_body_too_large.app_error'))
      // Kept as bytes: what they mean is decided together with the route's schema, after authentication.
      done(null, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks))
    })
  })
}

export function bodyConfig(request: FastifyRequest): BodyConfig {
  return (request.routeOptions.config as unknown as { body?: BodyConfig }).body ?? { raw: false, limit: () => 300_000 }
}

/** Makes the function that turns a request's bytes into the body that a route declares. */
export function bodyReader(route: Route): (bytes: unknown) => unknown {
  if (route.raw) return () => undefined
  const schema = route.body
  if (!schema) return () => undefined
  const check = TypeCompiler.Compile(schema)
  return (bytes) => {
    const body = parse(bytes)
    if (!check.Check(body)) throw invalidBody(firstWrongField(check, body))
    return body
  }
}

function parse(bytes: unknown): unknown {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw invalidBody('body')
  const text = bytes.toString('utf8')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw generalError('api.payload.parse.error', { Name: 'it is not JSON' })
  }
  // PostgreSQL cannot store the NUL character; a text with one is refused here instead of failing there.
  if (text.includes('\\u0000') && holdsNul(body)) throw invalidBody('body')
  return body
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]) => key.includes('\0') || holdsNul(inner))
}

function firstWrongField(check: TypeCheck<TSchema>, body: unknown): string {
  const path = check.Errors(body).First()?.path ?? ''
  return path.split('/').find((part) => part !== '' && !/^\d+$/.test(part)) ?? 'body'
}
