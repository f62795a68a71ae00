import type { App } from '../../app.ts'
import { guardedFetch } from '../../outgoing/guarded-fetch.ts'
import type { GuardedResponse } from '../../outgoing/guarded-fetch.ts'
import { OutgoingError } from '../../outgoing/outgoing-error.ts'
import { readPerson } from './gitlab-profile.ts'
import type { GitLabPerson } from './gitlab-profile.ts'

/** What GitLab gave for a code or a refresh token. */
export interface GitLabTokens {
  readonly access: string
  /** '' = none */
  readonly refresh: string
  /** ms */
  readonly expiresAt: number
}

/** Why a request to GitLab led to nothing. */
export type GitLabFailure =
  | 'unreachable'
  | 'certificate'
  | 'clock'
  | 'moved'
  | 'broken'
  | 'wrong_client'
  | 'invalid_grant'
  | 'scope'
  | 'bad_token'
  | 'missing'
  | 'terms'
  | 'refused'
  | 'invalid_token'
  | 'profile'

/** `log` is a sentence for the operator; it holds no secret. */
export interface Failed {
  readonly ok: false
  readonly failure: GitLabFailure
  readonly log: string
  /** no answer came at all */
  readonly transport: boolean
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | Failed

type Parts = Pick<App, 'config'>
type Request = { method?: string; headers: Record<string, string>; body?: string }

const TIMEOUT_MS = 15_000
const MAX_BYTES = 1_000_000
/** Clocks that differ by more explain an expired code. */
const MAX_SKEW_MS = 120_000

const fail = (failure: GitLabFailure, log: string, transport = false): Failed => ({
  ok: false,
  failure,
  log,
  transport,
})

/** Exchanges a code; `redirect` must be what the browser was sent to GitLab with. */
export function exchangeCode(app: Parts, code: string, redirect: string): Promise<Outcome<GitLabTokens>> {
  return askForTokens(app, { grant_type: 'authorization_code', code, redirect_uri: redirect })
}

/** A new pair of tokens; the old one ends with that. */
export function refreshTokens(app: Parts, refresh: string): Promise<Outcome<GitLabTokens>> {
  return askForTokens(app, { grant_type: 'refresh_token', refresh_token: refresh })
}

async function askForTokens(app: Parts, grant: Record<string, string>): Promise<Outcome<GitLabTokens>> {
  const { Id, Secret, TokenEndpoint } = app.config.get().GitLabSettings
  const answer = await send(app, TokenEndpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ client_id: Id, client_secret: Secret, ...grant }).toString(),
  })
  if ('ok' in answer) return answer
  const body = jsonOf(answer)
  if (answer.status !== 200) return tokenRefusal(answer, body, grant.redirect_uri ?? '')
  if (!body) return fail('broken', `The token endpoint answered with ${typeOf(answer)} instead of JSON.`)
  if (typeof body.token_type !== 'string' || body.token_type.toLowerCase() !== 'bearer') {
    return fail('bad_token', 'The token endpoint answered with a token_type other than bearer.')
  }
  if (typeof body.access_token !== 'string' || body.access_token === '') {
    return fail('missing', 'The token endpoint answered without an access token.')
  }
  const life = typeof body.expires_in === 'number' && body.expires_in > 0 ? body.expires_in : 7200
  const refresh = typeof body.refresh_token === 'string' ? body.refresh_token : ''
  return { ok: true, value: { access: body.access_token, refresh, expiresAt: Date.now() + life * 1000 } }
}

function tokenRefusal(answer: GuardedResponse, body: Record<string, unknown> | null, redirect: string): Failed {
  const said = saying(answer, body)
  const moved = movedTo(answer)
  if (moved) return fail('moved', `The token endpoint ${moved} Correct GitLabSettings.TokenEndpoint.`)
  if (body?.error === 'invalid_client' || answer.status === 401) {
    return fail('wrong_client', `GitLab does not know GitLabSettings.Id or the Secret is wrong. ${said}`)
  }
  if (body?.error === 'invalid_scope') return fail('scope', `GitLab refuses GitLabSettings.Scope. ${said}`)
  if (body?.error !== 'invalid_grant') return fail('broken', `The token endpoint failed. ${said}`)
  const skew = skewOf(answer)
  if (Math.abs(skew) > MAX_SKEW_MS) {
    const seconds = Math.round(Math.abs(skew) / 1000)
    const log = `GitLab's clock is ${seconds} s ${skew > 0 ? 'ahead of' : 'behind'} this server's; set both by NTP. ${said}`
    return fail('clock', log)
  }
  const log = redirect
    ? `GitLab refused the code: it was used or older than 10 minutes, or the redirect URI ${redirect} is not the one of the sign-in (was ServiceSettings.SiteURL changed?). ${said}`
    : `GitLab refused a refresh token. ${said}`
  return fail('invalid_grant', log)
}

/** Who the bearer of a token is, and whether he may use GitLab at all. */
export async function fetchPerson(app: Parts, access: string): Promise<Outcome<GitLabPerson>> {
  const { UserAPIEndpoint, UsePreferredUsername } = app.config.get().GitLabSettings
  const headers = { authorization: `Bearer ${access}`, accept: 'application/json' }
  const answer = await send(app, UserAPIEndpoint, { headers })
  if ('ok' in answer) return answer
  const body = jsonOf(answer)
  const said = saying(answer, body)
  const moved = movedTo(answer)
  if (moved) return fail('moved', `The user endpoint ${moved} Correct GitLabSettings.UserAPIEndpoint.`)
  if (answer.status === 403) {
    if (answer.body.includes('Terms of Service')) return fail('terms', `GitLab wants its terms accepted. ${said}`)
    if (body?.error === 'insufficient_scope') return fail('scope', `The application needs the scope read_user. ${said}`)
    // A firewall's page says nothing about the person.
    if (typeof body?.message === 'string') return fail('refused', `GitLab refuses the person. ${said}`)
  }
  if (answer.status === 401) return fail('invalid_token', `GitLab does not accept the token. ${said}`)
  if (answer.status !== 200 || !body) return fail('broken', `The user endpoint failed. ${said}`)
  const person = readPerson(body, UsePreferredUsername)
  return person
    ? { ok: true, value: person }
    : fail('profile', 'The user endpoint named no usable id or e-mail address.')
}

/** One request; a redirect is an answer, because following it would turn POST into GET and hide a wrong setting. */
async function send(app: Parts, url: string, request: Request): Promise<GuardedResponse | Failed> {
  const { ServiceSettings } = app.config.get()
  try {
    return await guardedFetch(url, {
      ...request,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      // The administrator chose the address; GitLab often has a private one.
      trust: 'admin',
      allowedInternal: ServiceSettings.AllowedUntrustedInternalConnections,
      insecureTls: ServiceSettings.EnableInsecureOutgoingConnections,
      manualRedirects: true,
    })
  } catch (error) {
    return unreachable(error, url)
  }
}

function unreachable(error: unknown, url: string): Failed {
  const { host } = new URL(url)
  const code = causeCode(error)
  if (code === 'CERT_NOT_YET_VALID' || code === 'CERT_HAS_EXPIRED') {
    return fail(
      'clock',
      `The certificate of ${host} is not valid now (${code}): it is out of date, or a clock is wrong.`,
      true,
    )
  }
  if (/CERT|SIGNATURE|ALTNAME|ISSUER|SELF_SIGNED/.test(code)) {
    const how =
      'Put the CA certificate into /etc/gitlab/trusted-certs, or name it in SSL_CERT_FILE or NODE_EXTRA_CA_CERTS.'
    return fail('certificate', `The certificate of ${host} is not trusted (${code}). ${how}`, true)
  }
  const reason = error instanceof OutgoingError ? error.message : String(error)
  return fail('unreachable', `GitLab at ${host} cannot be reached: ${reason}${code && ` (${code})`}.`, true)
}

/** The code of the innermost cause that has one, ''. */
function causeCode(error: unknown): string {
  let code = ''
  for (let at = error; at instanceof Error; at = at.cause) {
    if (typeof (at as NodeJS.ErrnoException).code === 'string') code = (at as NodeJS.ErrnoException).code!
  }
  return code
}

function jsonOf(answer: GuardedResponse): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(answer.body.toString('utf8'))
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : null
  } catch {
    return null
  }
}

/** What an answer says of its failure. Never of a success: that holds tokens. */
function saying(answer: GuardedResponse, body: Record<string, unknown> | null): string {
  const named = ['error', 'error_description', 'message']
    .map((name) => body?.[name])
    .filter((one) => typeof one === 'string')
  const text = body ? named.join(': ') : answer.body.toString('utf8').replaceAll(/\s+/g, ' ')
  return answer.status === 200 ? '' : `It answered ${answer.status} ${typeOf(answer)}: ${text.slice(0, 300)}`
}

const typeOf = (answer: GuardedResponse): string => answer.headers['content-type']?.split(';')[0] ?? 'nothing'

function movedTo(answer: GuardedResponse): string {
  if (answer.status < 300 || answer.status > 399) return ''
  const target = URL.parse(answer.headers.location ?? '', answer.url)
  return `redirects to ${target ? target.origin + target.pathname : 'another address'}.`
}

/** ms by which GitLab's clock is ahead of ours; 0 when it does not say. */
function skewOf(answer: GuardedResponse): number {
  const theirs = Date.parse(answer.headers.date ?? '')
  return Number.isNaN(theirs) ? 0 : theirs - Date.now()
}
