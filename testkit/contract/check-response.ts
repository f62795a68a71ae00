import { compileType, isObject, type Validator } from './compile.ts'
import { findRoute, type ContractRoute } from './routes.ts'

/** One answer as a test saw it. A `body` that is a string or Buffer is the raw text; anything else is parsed JSON. */
export type SeenResponse = {
  method: string
  /** The route's pattern (`/api/v4/posts/:post_id` or `{post_id}`), not the address that was called. */
  path: string
  status: number
  contentType: string | undefined
  body: unknown
}

/** Routes whose failures are not an AppError, by the reference: an empty 404, or a protocol of their own. */
const OTHER_ERRORS = new Set([
  'GET /api/v4/brand/image',
  'POST /api/v4/users/login/type',
  'POST /api/v4/oauth/apps/register',
  'GET /api/v4/system/ping',
])

const validators = new Map<string, Validator>()
const appError = compileType('AppError')

/**
 * Compares one answer with the contract and lists what differs; empty = all is well. Routes outside the contract
 * (our own pages and APIs) are not judged, but an undocumented one under /api/v4 is a problem by itself.
 */
export function checkResponse(seen: SeenResponse): string[] {
  const route = findRoute(seen.method, seen.path)
  const problems = route ? checkKnown(route, seen) : checkUnknown(seen)
  return problems.map((problem) => `${seen.method} ${seen.path} → ${seen.status}: ${problem}`)
}

function checkUnknown(seen: SeenResponse): string[] {
  if (!seen.path.startsWith('/api/v4/')) return []
  if (seen.status >= 400) return checkError(seen)
  return ['no such route in testkit/contract/api.json']
}

function checkKnown(route: ContractRoute, seen: SeenResponse): string[] {
  if (seen.status === 304) return isEmpty(seen.body) ? [] : ['a 304 has no body']
  if (seen.status >= 400) {
    const isApi = route.path.startsWith('/api/') || route.path.startsWith('/hooks/')
    if (OTHER_ERRORS.has(`${route.method} ${route.path}`) && !isAppErrorLike(seen)) return []
    return isApi || isJson(seen.contentType) ? checkError(seen) : []
  }
  const allowed = [route.ok, ...(route.also ?? [])]
  if (!allowed.includes(seen.status) && route.returns !== 'unspecified') {
    return [`the contract says ${allowed.join(' or ')}`]
  }
  return seen.method.toUpperCase() === 'HEAD' ? [] : checkSuccess(route, seen)
}

function checkSuccess(route: ContractRoute, seen: SeenResponse): string[] {
  if (seen.status === 302) return []
  if (seen.status === 204) return isEmpty(seen.body) ? [] : ['a 204 has no body']
  switch (route.returns) {
    case 'unspecified':
    case 'file':
    case 'redirect':
      return []
    case 'empty':
      return isEmpty(seen.body) ? [] : ['a body where the contract has none']
    case 'image':
      return typeIs(seen, 'image/')
    case 'html':
      return typeIs(seen, 'text/html')
    case 'text':
      return typeIs(seen, 'text/plain')
    default:
      return checkJson(route.returns, seen)
  }
}

function checkJson(returns: string, seen: SeenResponse): string[] {
  const [type, streamed] = returns.split(' | ndjson')
  if (streamed !== undefined && seen.contentType === 'application/x-ndjson') return checkLines(type!, seen.body)
  // Mattermost's web client compares with ===, so even "; charset=utf-8" turns the answer into text for it.
  if (!isJson(seen.contentType)) return [`Content-Type "${seen.contentType ?? ''}" is not exactly application/json`]
  const parsed = parseBody(seen.body)
  return parsed.ok ? validatorOf(type!)(parsed.value) : ['the body is not JSON']
}

/** NDJSON: one entity per line. */
function checkLines(type: string, body: unknown): string[] {
  const validate = validatorOf(type.replace(/\[\]$/, ''))
  const lines = String(body)
    .split('\n')
    .filter((line) => line !== '')
  return lines.flatMap((line, index) => {
    const parsed = parseBody(line)
    const problems = parsed.ok ? validate(parsed.value) : ['not JSON']
    return problems.map((problem) => `line ${index + 1} ${problem}`)
  })
}

/** Every failure is an AppError whose status_code is the HTTP status; rate limiting alone answers in plain text. */
function checkError(seen: SeenResponse): string[] {
  if (seen.status === 429 && !isJson(seen.contentType)) return []
  if (seen.method.toUpperCase() === 'HEAD') return []
  if (!isJson(seen.contentType)) return [`an error with Content-Type "${seen.contentType ?? ''}"`]
  const parsed = parseBody(seen.body)
  if (!parsed.ok) return ['an error whose body is not JSON']
  const problems = appError(parsed.value)
  const code = isObject(parsed.value) ? parsed.value['status_code'] : undefined
  if (code !== undefined && code !== seen.status) problems.push(`$.status_code: ${JSON.stringify(code)}`)
  return problems
}

function isAppErrorLike(seen: SeenResponse): boolean {
  const parsed = parseBody(seen.body)
  return parsed.ok && isObject(parsed.value) && 'detailed_error' in parsed.value
}

function validatorOf(type: string): Validator {
  let validator = validators.get(type)
  if (!validator) validators.set(type, (validator = compileType(type)))
  return validator
}

function typeIs(seen: SeenResponse, start: string): string[] {
  return seen.contentType?.startsWith(start) ? [] : [`Content-Type "${seen.contentType ?? ''}" is not ${start}`]
}

const isJson = (contentType: string | undefined): boolean => contentType === 'application/json'

const isEmpty = (body: unknown): boolean =>
  body === undefined || body === null || body === '' || (Buffer.isBuffer(body) && body.length === 0)

function parseBody(body: unknown): { ok: true; value: unknown } | { ok: false } {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return { ok: true, value: body }
  try {
    return { ok: true, value: JSON.parse(String(body)) }
  } catch {
    return { ok: false }
  }
}
