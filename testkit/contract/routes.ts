import { readFileSync } from 'node:fs'

/** One documented endpoint. `path` is written as in the reference: /api/v4/posts/{post_id}. */
export type ContractRoute = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'ANY'
  path: string
  tag: string
  op: string
  auth: string
  perm?: string
  /** Query names with their types; a name that ends in `!` is required. */
  query?: Record<string, string>
  /** An entity name or its keys; a key that ends in `!` is required. */
  body?: unknown
  /** The status of success, and others that also mean success. */
  ok: number
  also?: number[]
  returns: string
  tier: 'core' | 'enterprise' | 'cloud'
  since?: string
  /** Error ids with the status they answer, "api.emoji.disabled.app_error:501", when a setting is off. */
  gate?: string[]
  /** false: documented, but a real server has no such route. */
  registered?: boolean
  /** Reachable over the local admin socket. */
  local?: boolean
  flags?: string[]
  note?: string
}

/** Every endpoint of the contract, in the order of the reference. */
export const allRoutes: readonly ContractRoute[] = JSON.parse(
  readFileSync(new URL('./api.json', import.meta.url), 'utf8'),
)

const byShape = new Map(allRoutes.map((route) => [`${route.method} ${shapeOf(route.path)}`, route]))

/**
 * The endpoint behind a route pattern; `{post_id}`, `:post_id` and `:post_id(regex)` mean the same, names do not count.
 * HEAD is answered as GET. Nothing for a route outside the contract.
 */
export function findRoute(method: string, path: string): ContractRoute | undefined {
  const verb = method.toUpperCase() === 'HEAD' ? 'GET' : method.toUpperCase()
  const shape = shapeOf(path)
  return byShape.get(`${verb} ${shape}`) ?? byShape.get(`ANY ${shape}`)
}

/** A path with every parameter replaced by `{}`, without a trailing slash. */
export function shapeOf(path: string): string {
  const shape = path.replace(/:\w+(\([^/]*\))?\??|\{[^}]*\}|\*$/g, '{}').replace(/(.)\/$/, '$1')
  return shape
}

/**
 * The endpoint that an address as it was called (`/api/v4/posts/8w4w…`) belongs to. Where several fit, the one with
 * the longest literal beginning: `/users/known` is not a user whose id is "known".
 */
export function routeOfAddress(method: string, address: string): ContractRoute | undefined {
  const verb = method.toUpperCase() === 'HEAD' ? 'GET' : method.toUpperCase()
  const parts = address.replace(/(.)\/$/, '$1').split('/')
  return (literalFirst ??= sortedByLiterals()).find(
    (one) => (one.route.method === verb || one.route.method === 'ANY') && fits(one.parts, parts),
  )?.route
}

interface SplitRoute {
  readonly route: ContractRoute
  readonly parts: readonly string[]
}

let literalFirst: SplitRoute[] | undefined

function sortedByLiterals(): SplitRoute[] {
  const split = allRoutes.map((route) => ({ route, parts: shapeOf(route.path).split('/') }))
  const key = (parts: readonly string[]) => parts.map((part) => (part.includes('{}') ? '1' : '0')).join('')
  return split.toSorted((a, b) => (key(a.parts) < key(b.parts) ? -1 : 1))
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return pattern.length === parts.length && pattern.every((part, at) => part.includes('{}') || part === parts[at])
}
