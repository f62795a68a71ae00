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

/** What the route of a request tells the body reader; the smallest limit for a request that reached no route. */
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
    const isMissing = !Buffer.isBuffer(bytes) || bytes.length === 0
    const body = isMissing && route.bodyOptional ? {} : parseJson(bytes)
    if (!check.Check(body)) throw invalidBody(firstWrongField(check, body))
    return body
  }
}

/**
 * JSON from outside, in a form that may be stored. Throws 400 for no JSON, for one nested deeper than 500 levels and for
 * one with NUL characters.
 */
export function parseJson(bytes: unknown): unknown {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw invalidBody('body')
  if (isTooDeep(bytes)) throw generalError('api.payload.parse.error', { Name: 'it is nested too deeply' })
  const text = bytes.toString('utf8')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw generalError('api.payload.parse.error', { Name: 'it is not JSON' })
  }
  return UNSTORABLE.test(text) ? storable(body) : body
}

/** Real bodies have a dozen levels; thousands are meant to exhaust the stack of whoever walks them. */
const MAX_DEPTH = 500
const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

function isTooDeep(bytes: Buffer): boolean {
  if (bytes.length < MAX_DEPTH) return false
  let depth = 0
  let inText = false
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    if (byte === QUOTE) inText = !inText
    else if (inText) i += byte === BACKSLASH ? 1 : 0
    else if (CLOSING.has(byte)) depth--
    else if (OPENING.has(byte) && ++depth > MAX_DEPTH) return true
  }
  return false
}

/** Escapes of the NUL character and of halves of surrogate pairs. */
const UNSTORABLE = /\\u(?:0000|[dD][89a-fA-F])/

/**
 * PostgreSQL stores neither the NUL character nor half of a surrogate pair: a text with the former is refused here
 * instead of failing there, the latter becomes the replacement character, as it does in the reference.
 */
function storable(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.includes('\0')) throw invalidBody('body')
    return value.toWellFormed()
  }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(storable)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storable(inner)]))
}

function firstWrongField(check: TypeCheck<TSchema>, body: unknown): string {
  const path = check.Errors(body).First()?.path ?? ''
  return path.split('/').find((part) => part !== '' && !/^\d+$/.test(part)) ?? 'body'
}
