import { AppError, declareErrors, errorText } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import type { Connection } from './connection.ts'

/** A request that a client sent over its socket. */
export interface SocketCall {
  readonly session: Session
  readonly connection: Connection
  readonly data: Readonly<Record<string, unknown>>
}

/** Does the action and returns the reply's data, if it has any. Throws AppError for a FAIL reply. */
export type SocketAction = (call: SocketCall) => object | void | Promise<object | void>

export const socketError = declareErrors({
  'api.web_socket.connect.upgrade.app_error': [
    403,
    'This page may not open a connection to the server. Check SiteURL and AllowCorsFrom.',
    '이 페이지에서는 서버에 연결할 수 없습니다. SiteURL과 AllowCorsFrom 설정을 확인해 주세요.',
  ],
  'api.web_socket_router.bad_seq.app_error': [
    400,
    'The seq of a request must be a positive number.',
    '요청의 seq는 양수여야 합니다.',
  ],
  'api.web_socket_router.no_action.app_error': [400, 'The request names no action.', '요청에 action이 없습니다.'],
  'api.web_socket_router.bad_action.app_error': [500, 'There is no such action.', '그런 action은 없습니다.'],
  'api.web_socket_router.not_authenticated.app_error': [
    401,
    'The session of this connection has ended.',
    '이 연결의 세션이 끝났습니다.',
  ],
  'api.websocket_handler.invalid_param.app_error': [
    400,
    'The value of {Name} is missing or not valid.',
    '{Name} 값이 없거나 올바르지 않습니다.',
  ],
})

/** Thrown for a missing or malformed field of a socket request. */
export const invalidSocketParam = (name: string): AppError =>
  socketError('api.websocket_handler.invalid_param.app_error', { Name: name })

export interface SocketRequest {
  readonly seq: number
  readonly action: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Reads a decoded frame as a request; null for anything that is not one (the socket is then closed). */
export function readRequest(frame: unknown): SocketRequest | null {
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) return null
  const { seq, action, data } = frame as Record<string, unknown>
  const isObject = typeof data === 'object' && data !== null && !Array.isArray(data)
  return {
    seq: typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : 0,
    action: typeof action === 'string' ? action : '',
    data: isObject ? (data as Record<string, unknown>) : {},
  }
}

/** Runs one request of a registered connection and makes its reply. */
export async function answer(
  actions: Readonly<Record<string, SocketAction>>,
  connection: Connection,
  request: SocketRequest,
  onUnexpected: (error: unknown) => void,
): Promise<object> {
  try {
    if (request.seq <= 0) throw socketError('api.web_socket_router.bad_seq.app_error')
    if (!request.action) throw socketError('api.web_socket_router.no_action.app_error')
    const action = Object.hasOwn(actions, request.action) ? actions[request.action] : undefined
    if (!action) throw socketError('api.web_socket_router.bad_action.app_error')
    const { session } = connection
    if (session.mfaPending) throw socketError('api.web_socket_router.not_authenticated.app_error')
    const data = await action({ session, connection, data: request.data })
    return { status: 'OK', ...(data && { data }), seq_reply: request.seq }
  } catch (error) {
    if (!(error instanceof AppError)) onUnexpected(error)
    const known = error instanceof AppError ? error : new AppError('api.internal_error', 500)
    const message = errorText(known.id, known.params, 'en')
    const body = { id: known.id, message, detailed_error: '', status_code: known.status }
    return { status: 'FAIL', error: body, seq_reply: request.seq }
  }
}
