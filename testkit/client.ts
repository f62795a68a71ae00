import { checkResponse, routeOfAddress } from './contract/index.ts'
import type { Json } from './json.ts'

export interface Answer<T = Json> {
  readonly status: number
  readonly headers: Headers
  /** parsed JSON, or the text of anything else */
  readonly body: T
}

/**
 * Calls the API and checks every answer against the contract: a wrong shape fails whichever test happened to ask.
 * Paths are given without `/api/v4`.
 */
export class Client {
  readonly url: string
  readonly token: string
  /** sent with every call */
  readonly headers: Record<string, string> = {}

  constructor(url: string, token: string) {
    this.url = url
    this.token = token
  }

  get = <T = Json>(path: string, headers?: Record<string, string>) => this.call<T>('GET', path, undefined, headers)
  post = <T = Json>(path: string, body?: unknown, headers?: Record<string, string>) =>
    this.call<T>('POST', path, body, headers)
  put = <T = Json>(path: string, body?: unknown, headers?: Record<string, string>) =>
    this.call<T>('PUT', path, body, headers)
  delete = <T = Json>(path: string, body?: unknown, headers?: Record<string, string>) =>
    this.call<T>('DELETE', path, body, headers)

  /** Any call; `body` may be an object (sent as JSON), a string or buffer (as it is) or a FormData. */
  async call<T = Json>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const plain = typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array
    const response = await fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: {
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && !plain && { 'Content-Type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      body: body === undefined ? undefined : plain ? (body as string) : JSON.stringify(body),
      redirect: 'manual',
    })
    const contentType = response.headers.get('content-type') ?? ''
    const text = contentType.startsWith('application/json') ? await response.text() : ''
    const parsed = text ? JSON.parse(text) : await response.text().catch(() => '')
    this.#check(method, path, response.status, contentType, parsed)
    return { status: response.status, headers: response.headers, body: parsed as T }
  }

  #check(method: string, path: string, status: number, contentType: string, body: unknown): void {
    const pathname = `/api/v4${path}`.split('?')[0]!
    const route = routeOfAddress(method, pathname)
    if (!route) return
    const problems = checkResponse({ method, path: route.path, status, contentType, body })
    if (problems.length > 0) {
      throw new Error(
        `${method} ${pathname} → ${status} breaks the contract:\n  ${problems.join('\n  ')}\n${JSON.stringify(body).slice(0, 600)}`,
      )
    }
  }
}
