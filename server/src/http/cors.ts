import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config/config-types.ts'

const METHODS = 'POST, GET, OPTIONS, PUT, PATCH, DELETE'
/** How long a browser may remember the answer to its question, in seconds. */
const MAX_AGE = '86400'

type CorsSettings = Pick<Config['ServiceSettings'], 'AllowCorsFrom' | 'CorsExposedHeaders' | 'CorsAllowCredentials'>

/**
 * Lets pages of other sites in as far as ServiceSettings.AllowCorsFrom says (space-separated origins, or `*`). Answers
 * the question that a browser asks before such a request; returns true when it did.
 */
export function applyCors(settings: CorsSettings, request: FastifyRequest, reply: FastifyReply): boolean {
  const { origin } = request.headers
  const allowed = settings.AllowCorsFrom.split(' ').filter(Boolean)
  if (origin === undefined || allowed.length === 0) return false
  reply.header('Vary', 'Origin')
  if (!allowed.includes('*') && !allowed.includes(origin)) return false
  // With credentials a browser accepts only the origin itself, never `*`.
  reply.header('Access-Control-Allow-Origin', settings.CorsAllowCredentials || !allowed.includes('*') ? origin : '*')
  if (settings.CorsAllowCredentials) reply.header('Access-Control-Allow-Credentials', 'true')
  const exposed = settings.CorsExposedHeaders.split(' ').filter(Boolean).join(', ')
  if (exposed) reply.header('Access-Control-Expose-Headers', exposed)
  const asked = request.headers['access-control-request-method']
  if (request.method !== 'OPTIONS' || asked === undefined) return false
  const headers = request.headers['access-control-request-headers']
  reply
    .headers({
      'Access-Control-Allow-Methods': METHODS,
      'Access-Control-Max-Age': MAX_AGE,
      ...(headers && { 'Access-Control-Allow-Headers': headers }),
    })
    .code(204)
    .send()
  return true
}
