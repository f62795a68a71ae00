import { faulty } from './instance.ts'
import type { Instance } from './instance.ts'
import type { GitLabUser } from './store.ts'
import { json } from './web.ts'
import type { WebAnswer, WebRequest } from './web.ts'

/** `GET /api/v4/user`: who the bearer of a token is. */
export async function currentUser(instance: Instance, request: WebRequest, url: string): Promise<WebAnswer> {
  const broken = await faulty(instance.faults.user)
  if (broken) return broken
  const user = await bearer(instance, request)
  return 'status' in user ? user : json(200, userView(user, url))
}

/**
 * Who stands behind the token of a request: one that an application got, or a personal one, also as `Private-Token`.
 * `scopes` are those of which one is enough.
 */
export async function bearer(
  instance: Instance,
  request: WebRequest,
  wanted: readonly string[] = ['api', 'read_user', 'read_api'],
): Promise<GitLabUser | WebAnswer> {
  const own = request.headers['private-token'] ?? request.query.get('private_token')
  const oauth = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? request.query.get('access_token')
  const given = typeof own === 'string' ? own : oauth
  if (!given) return json(401, { message: '401 Unauthorized' })
  const personal = await instance.tokens.find(given)
  const token = personal ?? (await instance.store.token(given))
  const user = token && (await instance.store.user(token.userId))
  if (!token || !user) return invalid('The access token is unknown.')
  if (token.revoked) return invalid('The access token was revoked.')
  if (token.expiresAt <= instance.now()) return invalid('The access token has expired.')
  if (!token.scopes.split(' ').some((scope) => wanted.includes(scope))) {
    const error_description = 'The request requires higher privileges than the access token has.'
    return json(403, { error: 'insufficient_scope', error_description, scope: wanted.join(' ') })
  }
  if (user.state !== 'active') return forbidden(`this account is ${user.state}.`)
  if (instance.requireTerms && !user.acceptedTerms) {
    return forbidden(`@${user.username} must accept the Terms of Service first; do so in GitLab.`)
  }
  return user
}

const invalid = (text: string): WebAnswer => json(401, { error: 'invalid_token', error_description: text })
const forbidden = (text: string): WebAnswer => json(403, { message: `403 Forbidden - ${text}` })

/** A person as the API shows him. */
export function userView(user: GitLabUser, url: string): Record<string, unknown> {
  return {
    id: user.id,
    username: user.username,
    public_email: null,
    name: user.name,
    state: user.state,
    locked: false,
    avatar_url: null,
    web_url: `${url}/${user.username}`,
    created_at: '2020-01-01T00:00:00.000Z',
    bio: '',
    confirmed_at: user.confirmed ? '2020-01-01T00:00:00.000Z' : null,
    email: user.email,
    external: user.external,
    two_factor_enabled: false,
    bot: false,
    commit_email: user.email,
    ...(user.admin && { is_admin: true }),
  }
}
