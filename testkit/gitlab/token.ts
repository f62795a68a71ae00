import { faulty } from './instance.ts'
import type { Instance } from './instance.ts'
import { secretMatches } from './secrets.ts'
import { TOKEN_LIFE } from './store.ts'
import type { ApplicationRow } from './store.ts'
import { json } from './web.ts'
import type { WebAnswer, WebRequest } from './web.ts'

const refuse = (status: number, error: string, text: string): WebAnswer =>
  json(status, { error, error_description: text })

const INVALID_GRANT = refuse(
  400,
  'invalid_grant',
  'The grant is invalid, expired, revoked, does not match the redirection URI, or was issued to another client.',
)
const INVALID_CLIENT = refuse(401, 'invalid_client', 'Client authentication failed: unknown client or wrong secret.')

/** `POST /oauth/token`: a code or a refresh token for a new pair of tokens. */
export async function token(instance: Instance, request: WebRequest): Promise<WebAnswer> {
  const broken = await faulty(instance.faults.token)
  if (broken) return broken
  const { form } = request
  const grantType = form.get('grant_type')
  if (!grantType) return refuse(400, 'invalid_request', 'Missing required parameter: grant_type.')
  const application = await authenticated(instance, request)
  if (!application) return INVALID_CLIENT
  if (grantType === 'authorization_code') return fromCode(instance, application, form)
  if (grantType === 'refresh_token') return refreshed(instance, application, form)
  return refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported.')
}

/** `POST /oauth/revoke` */
export async function revoke(instance: Instance, request: WebRequest): Promise<WebAnswer> {
  const application = await authenticated(instance, request)
  if (!application) return INVALID_CLIENT
  await instance.store.revoke(request.form.get('token') ?? '', application.id, instance.now())
  return json(200, {})
}

/** By the body or by Basic authentication. */
async function authenticated(instance: Instance, { form, headers }: WebRequest): Promise<ApplicationRow | null> {
  const basic = /^basic (.+)$/i.exec(headers.authorization ?? '')?.[1]
  const [uid = '', secret = ''] = basic
    ? Buffer.from(basic, 'base64').toString().split(/:(.*)/s)
    : [form.get('client_id') ?? '', form.get('client_secret') ?? '']
  const application = await instance.store.application(uid)
  if (!application) return null
  return secretMatches(secret, application.secret, instance.secretForm) ? application : null
}

async function fromCode(instance: Instance, application: ApplicationRow, form: URLSearchParams): Promise<WebAnswer> {
  for (const name of ['code', 'redirect_uri']) {
    if (!form.get(name)) return refuse(400, 'invalid_request', `Missing required parameter: ${name}.`)
  }
  const grant = await instance.store.takeGrant(form.get('code')!, instance.now())
  if (!grant || grant.applicationId !== application.id || grant.redirectUri !== form.get('redirect_uri')) {
    return INVALID_GRANT
  }
  return issue(instance, application, grant.userId, grant.scopes)
}

async function refreshed(instance: Instance, application: ApplicationRow, form: URLSearchParams): Promise<WebAnswer> {
  const given = form.get('refresh_token') ?? ''
  const old = await instance.store.takeRefreshToken(given, application.id, instance.now())
  return old ? issue(instance, application, old.userId, old.scopes) : INVALID_GRANT
}

async function issue(
  instance: Instance,
  application: ApplicationRow,
  userId: number,
  scope: string,
): Promise<WebAnswer> {
  const now = instance.now()
  const { access, refresh } = await instance.store.addToken(userId, application.id, scope, now)
  return json(200, {
    access_token: access,
    token_type: 'Bearer',
    expires_in: TOKEN_LIFE,
    refresh_token: refresh,
    scope,
    created_at: Math.floor(now / 1000),
  })
}
