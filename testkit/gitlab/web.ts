import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request with its parts read. */
export interface WebRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly form: URLSearchParams
  readonly cookies: ReadonlyMap<string, string>
  readonly headers: IncomingMessage['headers']
}

export interface WebAnswer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

const MAX_BODY = 100_000

/** Reads a request whole: its body as a form, or as JSON with strings. */
export async function readRequest(request: IncomingMessage): Promise<WebRequest> {
  const url = new URL(request.url ?? '/', 'http://gitlab')
  let body = ''
  for await (const chunk of request) {
    body += String(chunk)
    if (body.length > MAX_BODY) throw new Error('the request is too large')
  }
  const json = body !== '' && (request.headers['content-type'] ?? '').startsWith('application/json')
  const form = new URLSearchParams(json ? (JSON.parse(body) as Record<string, string>) : body)
  const cookies = new Map(
    (request.headers.cookie ?? '')
      .split(';')
      .map((part) => part.trim().split(/=(.*)/s) as [string, string])
      .filter(([name]) => name !== ''),
  )
  // Rails forms send DELETE as POST with this field.
  const method = (form.get('_method') ?? request.method ?? 'GET').toUpperCase()
  return { method, path: url.pathname, query: url.searchParams, form, cookies, headers: request.headers }
}

export function sendAnswer(response: ServerResponse, answer: WebAnswer): void {
  response.writeHead(answer.status, { 'Cache-Control': 'no-store', ...answer.headers }).end(answer.body ?? '')
}

export const json = (status: number, value: unknown): WebAnswer => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
})

export const redirect = (location: string, headers: Record<string, string> = {}): WebAnswer => ({
  status: 302,
  headers: { Location: location, 'Content-Type': 'text/html', ...headers },
  body: '',
})

export const html = (status: number, body: string, headers: Record<string, string> = {}): WebAnswer => ({
  status,
  headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
  body,
})

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
