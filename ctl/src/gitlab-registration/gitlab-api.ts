import { guardedFetch } from '../../../server/src/outgoing/guarded-fetch.ts'
import { RegistrationError } from './registration.ts'

/** Where a GitLab is and how to be its administrator. */
export interface ApiAccess {
  /** GitLab's address (`external_url`) */
  readonly gitlabUrl: string
  /** access token of an administrator with the scope `api`, and `admin_mode` where Admin Mode is on */
  readonly token: string
}

/** An application as the API shows it. */
export interface ApiApplication {
  readonly id: number
  readonly uid: string
  readonly name: string
  readonly uris: readonly string[]
  readonly confidential: boolean
  /** null: this GitLab does not tell */
  readonly scopes: readonly string[] | null
  /** '' except for one that was just made or renewed */
  readonly secret: string
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

const MAX_PAGES = 50

/** GitLab's address without slashes at its end. Throws RegistrationError for what is none. */
export function gitlabBase(gitlabUrl: string): string {
  const url = /^https?:\/\/[^/\\\s]/i.test(gitlabUrl) ? URL.parse(gitlabUrl) : null
  if (!url || url.username || url.password || url.search || url.hash) {
    throw new RegistrationError('input', "GitLab's address is not usable. Give it like https://gitlab.example.com.")
  }
  return url.origin + url.pathname.replace(/\/+$/, '')
}

/** All applications of the instance. */
export async function listApplications(access: ApiAccess): Promise<ApiApplication[]> {
  const all: ApiApplication[] = []
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { body } = await call(access, 'GET', `/applications?per_page=100&page=${page}`)
    if (!Array.isArray(body)) throw notGitLab(access)
    const fresh = body.map(applicationOf).filter((one) => !all.some(({ id }) => id === one.id))
    all.push(...fresh)
    // Old versions do not know pages and show everything each time.
    if (body.length < 20 || fresh.length === 0) break
  }
  return all
}

/** Adds an application; its secret is told only here. It cannot be made trusted this way. */
export async function createApplication(
  access: ApiAccess,
  application: { readonly name: string; readonly redirect_uri: string; readonly scopes: string },
): Promise<ApiApplication> {
  const { body } = await call(access, 'POST', '/applications', { ...application, confidential: true })
  const made = applicationOf(body)
  if (!made.uid || !made.secret) throw notGitLab(access)
  return made
}

/** A new secret for an application; null when this GitLab is too old for it (before 16.11). */
export async function renewSecret(access: ApiAccess, id: number): Promise<string | null> {
  const { status, body } = await call(access, 'POST', `/applications/${id}/renew-secret`, {}, [404, 405])
  return status < 300 ? applicationOf(body).secret || null : null
}

/** Removes an application with all its grants; one that is gone already is fine. */
export async function deleteApplication(access: ApiAccess, id: number): Promise<void> {
  await call(access, 'DELETE', `/applications/${id}`, undefined, [404])
}

async function call(
  access: ApiAccess,
  method: string,
  path: string,
  json?: object,
  expected: readonly number[] = [],
): Promise<Answer> {
  if (!/^[\x21-\x7e]{8,1024}$/.test(access.token)) {
    throw new RegistrationError('input', "GitLab's access token is empty or contains blanks; give it without quotes.")
  }
  const answer = await sendToGitLab(gitlabBase(access.gitlabUrl) + `/api/v4${path}`, {
    method,
    headers: {
      'private-token': access.token,
      accept: 'application/json',
      ...(json && { 'content-type': 'application/json' }),
    },
    ...(json && { body: JSON.stringify(json) }),
  })
  if ((answer.status >= 200 && answer.status < 300) || expected.includes(answer.status)) return answer
  throw refusal(answer, access)
}

/** One request to GitLab; a redirect is an answer, because a token must not follow it. The body is JSON or undefined. */
export async function sendToGitLab(
  url: string,
  request: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
): Promise<Answer & { readonly location: string }> {
  try {
    const limits = { timeoutMs: 20_000, maxBytes: 4_000_000 }
    const answer = await guardedFetch(url, {
      ...request,
      ...limits,
      trust: 'admin',
      allowedInternal: '',
      manualRedirects: true,
    })
    const location = answer.headers.location ?? ''
    return { status: answer.status, body: jsonOf(answer.body.toString('utf8')), location }
  } catch (error) {
    throw unreachable(error, url)
  }
}

function refusal({ status, body }: Answer, access: ApiAccess): RegistrationError {
  const at = gitlabBase(access.gitlabUrl)
  const said = saying(body)
  const fail = (text: string, code: 'access' | 'busy' | 'not_gitlab' | 'refused') =>
    new RegistrationError(code, `GitLab at ${at} answered ${status}${said}. ${text}`)
  if (status === 401) return fail('The access token is wrong or has expired; make a new one.', 'access')
  if (status === 403) {
    const scopes = 'the scope "api", and "admin_mode" where GitLab has Admin Mode switched on'
    return fail(`The access token must be an administrator's and have ${scopes}.`, 'access')
  }
  if (status === 429 || status >= 500) return fail('It is busy or broken; try again, and look into its logs.', 'busy')
  if (status >= 300 && status < 400)
    return fail('It lives at another address; name that one, with https.', 'not_gitlab')
  if (status === 404) return fail('There is no GitLab at this address; give its external_url.', 'not_gitlab')
  return fail('Register the application in the Admin area of GitLab, under Applications.', 'refused')
}

function saying(body: unknown): string {
  const { message, error, error_description } = (body ?? {}) as Record<string, unknown>
  const text = [message, error, error_description]
    .filter((part) => part !== undefined)
    .map((part) => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(': ')
  return text ? ` (${text.replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, 300)})` : ''
}

function unreachable(error: unknown, url: string): RegistrationError {
  const { host } = new URL(url)
  const code = causeCode(error)
  if (/CERT|SIGNATURE|ALTNAME|ISSUER|SELF_SIGNED/.test(code)) {
    const how = 'Put the certificate of its CA into /etc/gitlab/trusted-certs or name it in SSL_CERT_FILE.'
    return new RegistrationError('certificate', `The certificate of ${host} is not trusted (${code}). ${how}`, error)
  }
  const how = 'Check the address, DNS, the firewall and HTTPS_PROXY / NO_PROXY.'
  const why = error instanceof Error ? error.message : String(error)
  return new RegistrationError(
    'unreachable',
    `GitLab at ${host} cannot be reached: ${why}${code && ` (${code})`}. ${how}`,
    error,
  )
}

/** The code of the innermost cause that has one, ''. */
function causeCode(error: unknown): string {
  let code = ''
  for (let at = error; at instanceof Error; at = at.cause) {
    const own: unknown = Reflect.get(at, 'code')
    if (typeof own === 'string') code = own
  }
  return code
}

const notGitLab = ({ gitlabUrl }: ApiAccess): RegistrationError =>
  new RegistrationError(
    'not_gitlab',
    `What answers at ${gitlabBase(gitlabUrl)} is not GitLab's API; give its external_url.`,
  )

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function applicationOf(value: unknown): ApiApplication {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '')
  return {
    id: Number(row.id),
    uid: text('application_id'),
    name: text('application_name'),
    uris: text('callback_url').split(/\s+/).filter(Boolean),
    confidential: row.confidential !== false,
    scopes: Array.isArray(row.scopes) ? row.scopes.map(String) : null,
    secret: text('secret'),
  }
}
