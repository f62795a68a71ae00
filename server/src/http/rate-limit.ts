import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ConfigStore } from '../config/config-store.ts'
import { clientAddress } from './client-address.ts'
import { readToken } from './credentials.ts'
import type { Route } from './route.ts'

interface Bucket {
  tokens: number
  at: number
}

/** Thrown to end a request that came too soon; the answer is plain text, not an error object (errors.md). */
export class TooManyRequests extends Error {
  readonly statusCode = 429
}

/**
 * Token buckets by address, token or header as RateLimitSettings say. Counts live in this process only: the limit
 * protects this process.
 */
export class RateLimiter {
  readonly #config: ConfigStore
  readonly #buckets = new Map<string, Bucket>()

  constructor(config: ConfigStore) {
    this.#config = config
  }

  /** The general limit; does nothing while RateLimitSettings.Enable is off. */
  check(request: FastifyRequest, reply: FastifyReply): void {
    const settings = this.#config.get().RateLimitSettings
    if (!settings.Enable) return
    const token = settings.VaryByUser ? readToken(request.headers) : ''
    const address = token || settings.VaryByRemoteAddr || settings.VaryByUser ? token || this.#addressOf(request) : ''
    const header = settings.VaryByHeader ? String(request.headers[settings.VaryByHeader.toLowerCase()] ?? '') : ''
    this.#take(`${address}|${header.toLowerCase()}`, settings.PerSec, settings.MaxBurst, reply)
  }

  /** A route's own limit, per address; only while rate limiting is on. */
  checkRoute(route: Route, request: FastifyRequest, reply: FastifyReply): void {
    if (!route.limit || !this.#config.get().RateLimitSettings.Enable) return
    this.#take(`${route.path}|${this.#addressOf(request)}`, route.limit.perSecond, route.limit.burst, reply)
  }

  #addressOf(request: FastifyRequest): string {
    return clientAddress(request.headers, request.ip, this.#config.get().ServiceSettings.TrustedProxyIPHeader)
  }

  #take(key: string, perSecond: number, burst: number, reply: FastifyReply): void {
    const now = Date.now()
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now }
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    this.#keep(key, bucket)
    const allowed = bucket.tokens >= 1
    if (allowed) bucket.tokens -= 1
    reply.headers({
      'X-RateLimit-Limit': String(burst),
      'X-RateLimit-Remaining': String(Math.floor(bucket.tokens)),
      'X-RateLimit-Reset': String(Math.ceil((burst - bucket.tokens) / perSecond)),
    })
    if (allowed) return
    reply.header('Retry-After', String(Math.ceil((1 - bucket.tokens) / perSecond)))
    throw new TooManyRequests('limit exceeded')
  }

  #keep(key: string, bucket: Bucket): void {
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size <= this.#config.get().RateLimitSettings.MemoryStoreSize) return
    const oldest = this.#buckets.keys().next().value
    if (oldest !== undefined) this.#buckets.delete(oldest)
  }
}
