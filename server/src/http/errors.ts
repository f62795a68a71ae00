/** Parameters that fill the `{Name}` places of an error text. */
export type ErrorParams = Record<string, string | number>

/** One declared error: HTTP status, English text, Korean text. `{Name}` in a text is filled from the parameters. */
export type ErrorDeclaration = readonly [status: number, en: string, ko: string]

const registry = new Map<string, ErrorDeclaration>()

/**
 * The only way a request fails on purpose. Clients branch on `id`, people read the text, so both are declared
 * together (see `declareErrors`) and listed in docs/errors.md.
 */
export class AppError extends Error {
  readonly id: string
  readonly status: number
  readonly params: ErrorParams
  /** What only an operator should see; sent to clients only in developer mode. */
  readonly detail: string

  constructor(id: string, status: number, params: ErrorParams = {}, detail = '') {
    super(id + (detail ? `: ${detail}` : ''))
    this.name = 'AppError'
    this.id = id
    this.status = status
    this.params = params
    this.detail = detail
  }
}

/**
 * Declares the errors of one feature and returns the function that makes them:
 * `throw postError('app.post.get.app_error')`. Ids are Mattermost's, because clients branch on them; texts are ours.
 */
export function declareErrors<const T extends Record<string, ErrorDeclaration>>(errors: T) {
  for (const [id, declaration] of Object.entries(errors)) registry.set(id, declaration)
  return (id: keyof T & string, params?: ErrorParams, detail?: string): AppError =>
    new AppError(id, errors[id]![0], params, detail)
}

/** Every declared error by id: read by the docs test and by `errorText`. */
export const declaredErrors: ReadonlyMap<string, ErrorDeclaration> = registry

/** The text a person sees, in Korean for a `ko` locale, else in English. An undeclared id is its own text. */
export function errorText(id: string, params: ErrorParams, locale: string): string {
  const declaration = registry.get(id)
  if (!declaration) return id
  const text = locale.toLowerCase().startsWith('ko') ? declaration[2] : declaration[1]
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole))
}

/** Errors that any route may answer with. */
export const generalError = declareErrors({
  'api.context.404.app_error': [404, 'There is nothing at this address.', '이 주소에는 아무것도 없습니다.'],
  'api.context.invalid_body_param.app_error': [
    400,
    'The field {Name} in the request body is missing or not valid.',
    '요청 본문의 {Name} 항목이 없거나 올바르지 않습니다.',
  ],
  'api.context.invalid_url_param.app_error': [
    400,
    'The value of {Name} in the address is missing or not valid.',
    '주소의 {Name} 값이 없거나 올바르지 않습니다.',
  ],
  'api.payload.parse.error': [400, 'The request body cannot be read: {Name}.', '요청 본문을 읽을 수 없습니다: {Name}.'],
  'api.context.permissions.app_error': [
    403,
    'You do not have the permission for this. Ask an administrator.',
    '이 작업을 할 권한이 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.context.session_expired.app_error': [
    401,
    'The session is missing or has ended. Please sign in again.',
    '세션이 없거나 만료되었습니다. 다시 로그인해 주세요.',
  ],
  'api.context.token_provided.app_error': [
    401,
    'A token in the address is accepted only from OAuth applications.',
    '주소에 담긴 토큰은 OAuth 애플리케이션에서만 쓸 수 있습니다.',
  ],
  'api.context.mfa_required.app_error': [
    403,
    'Multi-factor authentication is required here. Set it up, then try again.',
    '이 서버는 다중 인증이 필요합니다. 설정한 뒤 다시 시도해 주세요.',
  ],
  'api.context.request_body_too_large.app_error': [
    413,
    'The request body is larger than this server accepts.',
    '요청 본문이 서버에서 허용하는 크기보다 큽니다.',
  ],
  'basic_security_check.url.too_long_error': [414, 'The address is too long.', '주소가 너무 깁니다.'],
  'api.context.server_busy.app_error': [
    503,
    'The server is busy. Try again in a moment.',
    '서버가 바쁩니다. 잠시 후 다시 시도해 주세요.',
  ],
  'api.not_available.app_error': [
    501,
    'This part of the API is not available on this server yet: {Name}.',
    '이 서버에서는 아직 사용할 수 없는 API입니다: {Name}.',
  ],
  'api.internal_error': [
    500,
    'Something went wrong on the server. Quote the request id when you ask an administrator.',
    '서버에서 오류가 발생했습니다. 관리자에게 문의할 때 요청 ID를 알려 주세요.',
  ],
})

/** 400: a field of the body is missing or of the wrong type or value. */
export const invalidBody = (name: string): AppError =>
  generalError('api.context.invalid_body_param.app_error', { Name: name })

/** 400: a part of the path or query is missing or malformed. */
export const invalidParam = (name: string): AppError =>
  generalError('api.context.invalid_url_param.app_error', { Name: name })

/** 403: the caller lacks `permission` (named only in the operator's detail, never to the caller). */
export const noPermission = (permission: string): AppError =>
  generalError('api.context.permissions.app_error', {}, `permission ${permission}`)
