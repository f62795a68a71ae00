import type { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static, TSchema } from '@sinclair/typebox'
import type { Session } from '../sessions/session.ts'

/**
 * Who may call a route at all; finer rights are the action's affair.
 * `public`: anyone · `session`: anyone signed in · `admin`: holders of manage_system · `local`: only over the
 * administrator's local socket.
 */
export type AccessLevel = 'public' | 'session' | 'admin' | 'local'

/** A request as a route sees it. */
export interface Call<A extends AccessLevel = AccessLevel, B = unknown> {
  /** who calls; undefined only on public routes */
  readonly session: A extends 'public' ? Session | undefined : Session
  /** path parameters; `me` in place of a user id is already replaced, ids are checked for their form */
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: B
  /** the WebSocket connection of the tab that calls, '' if it did not say: it gets no echo of its own events */
  readonly connectionId: string
  readonly ip: string
  /** the body as a stream, on routes with `raw` */
  readonly stream: Readable
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface RouteSpec<A extends AccessLevel, B extends TSchema> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD'
  /** with `:name` parameters; names ending in `_id` must be ids */
  readonly path: string
  readonly access: A
  readonly body?: B
  /** a request without a body counts as one with `{}`: clients that know none of its fields send nothing */
  readonly bodyOptional?: boolean
  /** status of success, 200 if not given */
  readonly status?: number
  /** the body is not JSON: the handler reads `call.stream`, or multipart parts of `call.request` */
  readonly raw?: boolean
  /** the body may be as large as FileSettings.MaxFileSize */
  readonly maxFileSize?: boolean
  /** also served over the administrator's local socket */
  readonly local?: boolean
  /** no CSRF proof is asked for; only for routes that change nothing for the cookie's owner */
  readonly noCsrf?: boolean
  /** reachable before multi-factor authentication is set up */
  readonly mfaExempt?: boolean
  /** a limit of its own, beside the general one, per address */
  readonly limit?: { readonly perSecond: number; readonly burst: number }
  /** costly: refused with 503 while an administrator has declared the server busy */
  readonly busy?: boolean
  /** the answer must not be cached anywhere */
  readonly noStore?: boolean
  readonly handler: (call: Call<A, Static<B>>) => unknown
}

/** A declared route with its types forgotten, as the server and the tests read it. */
export type Route = RouteSpec<AccessLevel, TSchema>

/** Declares one route. See docs/architecture.md#routes. */
export function route<const A extends AccessLevel, B extends TSchema>(spec: RouteSpec<A, B>): Route {
  return spec as unknown as Route
}

/** The answer of routes that have nothing to say but that it worked. */
export const OK = { status: 'OK' } as const

/** Returned by a handler that has sent its answer itself (files, streams, redirects). */
export const SENT = Symbol('sent')

/** Query parameters. Reading forgives, as the reference does: an invalid number or flag counts as not given. */
export class Query {
  readonly #values: Readonly<Record<string, unknown>>

  constructor(values: unknown) {
    this.#values = (values ?? {}) as Record<string, unknown>
  }

  /** The first value of a parameter, '' when it is missing. */
  text(name: string): string {
    const value = this.#values[name]
    const text = typeof value === 'string' ? value : Array.isArray(value) ? String(value[0]) : ''
    // PostgreSQL refuses the NUL character; nothing that a client means contains it.
    return text.replaceAll('\0', '')
  }

  has(name: string): boolean {
    return this.text(name) !== ''
  }

  int(name: string, fallback: number): number {
    const text = this.text(name)
    const value = Number(text)
    return /^-?\d+$/.test(text) && Number.isSafeInteger(value) ? value : fallback
  }

  flag(name: string): boolean {
    return /^(1|t|true)$/i.test(this.text(name))
  }

  /** `page` from 0 and `per_page` (60 by default, at most 200; negative or invalid counts as not given). */
  paging(perPageName = 'per_page'): { page: number; perPage: number; offset: number } {
    const page = Math.max(0, this.int('page', 0))
    const asked = this.int(perPageName, 60)
    const perPage = asked < 0 ? 60 : Math.min(asked, 200)
    return { page, perPage, offset: page * perPage }
  }
}

/**
 * Answers 304 when the client already has the version called `etag` (then return SENT), else sets the header.
 * `if (notModified(call, etag)) return SENT`
 */
export function notModified(call: Call, etag: string): boolean {
  call.reply.header('ETag', etag)
  if (call.request.headers['if-none-match'] !== etag) return false
  call.reply.code(304).send()
  return true
}
