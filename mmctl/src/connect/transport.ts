import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'

export interface TransportOptions {
  /** the unix socket to use in place of the network */
  readonly socketPath?: string
  readonly insecureSha1?: boolean
  readonly insecureTls?: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Outgoing {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string | FormData | Uint8Array
}

export type Transport = (url: string, request: Outgoing) => Promise<Response>

/**
 * Sends one request, over the network (HTTP_PROXY, HTTPS_PROXY and NO_PROXY apply; TLS 1.2 or newer) or a unix
 * socket. Redirects are answers like others. Rejects with a sentence when no answer comes.
 */
export function createTransport(options: TransportOptions): Transport {
  const agents = options.socketPath ? undefined : createAgents(options)
  return async (url, { method, headers, body }) => {
    const target = new URL(url)
    // A Response knows how any kind of body is written and what its type is called.
    const encoded = body === undefined ? undefined : new Response(body as ConstructorParameters<typeof Response>[0])
    const bytes = encoded && Buffer.from(await encoded.arrayBuffer())
    const type = encoded?.headers.get('content-type')
    const isHttps = target.protocol === 'https:'
    const sent: http.RequestOptions = {
      method: method.toUpperCase(),
      headers: {
        ...(type && { 'Content-Type': type }),
        ...headers,
        'Accept-Encoding': 'identity',
        ...(bytes && { 'Content-Length': String(bytes.length) }),
      },
      ...(options.socketPath ? { socketPath: options.socketPath } : { agent: isHttps ? agents!.https : agents!.http }),
    }
    try {
      return await exchange(isHttps ? https : http, target, sent, bytes)
    } catch (error) {
      throw new Error(`cannot reach ${options.socketPath ?? target.origin}: ${reason(error)}`, { cause: error })
    }
  }
}

function createAgents({ env, insecureTls, insecureSha1 }: TransportOptions) {
  const proxyEnv = env as NodeJS.ProcessEnv
  const tls: https.AgentOptions = {
    minVersion: insecureTls ? 'TLSv1' : 'TLSv1.2',
    // OpenSSL refuses SHA-1 signatures and old protocols from security level 1 on.
    ...((insecureSha1 || insecureTls) && { ciphers: 'DEFAULT@SECLEVEL=0' }),
  }
  return { http: new http.Agent({ proxyEnv }), https: new https.Agent({ proxyEnv, ...tls }) }
}

function exchange(
  library: { request: typeof http.request },
  target: URL,
  sent: http.RequestOptions,
  bytes: Buffer | undefined,
): Promise<Response> {
  return new Promise((done, fail) => {
    const request = library.request(target, sent, (answer) => {
      const status = answer.statusCode ?? 0
      const headers = new Headers()
      for (const [name, values] of Object.entries(answer.headersDistinct)) {
        for (const value of values ?? []) headers.append(name, value)
      }
      const hasBody = ![204, 205, 304].includes(status)
      if (!hasBody) answer.resume()
      done(new Response(hasBody ? (Readable.toWeb(answer) as ReadableStream) : null, { status, headers }))
    })
    request.once('error', fail)
    request.end(bytes)
  })
}

function reason(error: unknown): string {
  const { code, message, errors } = error as NodeJS.ErrnoException & { errors?: Error[] }
  return message || errors?.[0]?.message || code || String(error)
}
