import { Client4 } from '@mattermost/client'
import type { Options } from '@mattermost/types/client4'
import { VERSION } from '../../../server/src/version.ts'
import { ApiError } from './api-error.ts'
import type { Outgoing, Transport } from './transport.ts'

export interface ApiOptions {
  readonly url: string
  readonly token?: string
  readonly transport: Transport
}

/** The official client over a transport of our own, which the unix socket and the TLS flags need. */
export class Api extends Client4 {
  /** X-Version-Id of the last answer, '' before it */
  versionId = ''
  readonly #transport: Transport

  constructor({ url, token, transport }: ApiOptions) {
    super()
    this.setUrl(url)
    this.setUserAgent(`mmctl/${VERSION} (${process.platform})`)
    if (token) this.setToken(token)
    this.#transport = transport
  }

  override doFetch = async <T>(url: string, options: Options): Promise<T> =>
    (await this.#answer(url, options)).data as T

  /** A call that the official client has no method for; `path` is below `/api/v4`. */
  async call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
    return (await this.exchange<T>(method, path, body)).data
  }

  /** The same, with status and headers of the answer. */
  exchange<T>(method: string, path: string, body?: unknown): Promise<{ data: T; response: Response }> {
    const encoded = body === undefined || body instanceof FormData ? body : JSON.stringify(body)
    return this.#answer(`${this.getBaseRoute()}${path}`, { method, body: encoded })
  }

  /** A file, with the name that the server gives it ('' if none). */
  async download(path: string): Promise<{ bytes: Uint8Array; name: string }> {
    const response = await this.#send(`${this.getBaseRoute()}${path}`, { method: 'GET' })
    if (!response.ok) throw new ApiError(response.status, await readBody(response))
    const name = /filename="?([^";]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? ''
    return { bytes: new Uint8Array(await response.arrayBuffer()), name }
  }

  async #answer<T>(url: string, options: Options): Promise<{ data: T; response: Response }> {
    const response = await this.#send(url, options)
    const data = await readBody(response)
    if (response.ok) return { data: data as T, response }
    const elsewhere = response.headers.get('location')
    if (response.status < 400 && elsewhere) throw new Error(`the server has moved to ${elsewhere}: sign in there`)
    throw new ApiError(response.status, data)
  }

  async #send(url: string, options: Options): Promise<Response> {
    const { method = 'GET', headers } = this.getOptions(options)
    const response = await this.#transport(url, { method, headers, body: options.body as Outgoing['body'] })
    this.versionId = response.headers.get('x-version-id') ?? this.versionId
    return response
  }
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text()
  if (!(response.headers.get('content-type') ?? '').startsWith('application/json')) return text
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error('the server sent JSON that is broken: is it really a chat server?', { cause: error })
  }
}
