import type { OutgoingHttpHeaders } from 'node:http'
import type { FastifyReply } from 'fastify'
import { compressed, isCompressed } from './compression.ts'
import { errorText } from './errors.ts'
import type { AppError } from './errors.ts'

/** `<`, `>`, `&` and the two line separators are escaped, so that an answer is harmless wherever it is embedded. */
const UNSAFE = /[<>&\u2028\u2029]/g
const ESCAPES: Record<string, string> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** JSON text as answers carry it. */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value)
  return UNSAFE.test(text) ? text.replace(UNSAFE, (character) => ESCAPES[character]!) : text
}

/** An answer that is JSON text already, in the form that `toJson` makes. */
export class EncodedJson {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/**
 * Sends JSON. The type must be exactly `application/json`: Mattermost's web client compares it with === and takes
 * anything with a charset for text.
 */
export function sendJson(reply: FastifyReply, status: number, value: unknown): void {
  const text = value instanceof EncodedJson ? value.text : toJson(value)
  reply.code(status).header('Content-Type', 'application/json')
  // Head and body leave in one write; the framework's way takes two, which shows on a busy server.
  reply.hijack()
  if (isCompressed(reply, text.length)) {
    return void compressed(text).then(
      (bytes) => reply.raw.writeHead(status, headersOf(reply, bytes.length, 'gzip')).end(bytes),
      () => reply.raw.destroy(),
    )
  }
  const length = Buffer.byteLength(text)
  // Copying plain ASCII costs less than encoding it.
  reply.raw.writeHead(status, headersOf(reply, length)).end(text, length === text.length ? 'latin1' : 'utf8')
}

function headersOf(reply: FastifyReply, length: number, encoding?: string): OutgoingHttpHeaders {
  const headers = reply.getHeaders() as OutgoingHttpHeaders
  headers['content-length'] = length
  if (encoding) headers['content-encoding'] = encoding
  return headers
}

/** The language of error texts before anyone is known: the request's Accept-Language. */
export const acceptedLocale = (header: string | undefined): string => (header ?? '').split(',')[0]!.trim() || 'en'

/** Sends an error the way every client knows it. `developer` adds the operator's detail. */
export function sendError(reply: FastifyReply, error: AppError, requestId: string, developer: boolean): void {
  sendJson(reply, error.status, {
    id: error.id,
    message: errorText(error.id, error.params, acceptedLocale(reply.request.headers['accept-language'])),
    detailed_error: developer ? error.detail : '',
    ...(requestId && { request_id: requestId }),
    status_code: error.status,
  })
}
