import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import type { GuardedConnections } from '../../outgoing/guarded-connections.ts'
import { OutgoingError } from '../../outgoing/outgoing-error.ts'
import type { ByteRange } from '../file-store.ts'
import { encodeKey } from './object-key.ts'
import type { CredentialSource } from './s3-credentials.ts'
import { S3Error } from './s3-error.ts'
import type { S3Settings } from './s3-settings.ts'

/** Bytes to send: in memory, because their hash is part of the signature and a failed request is sent again. */
export type Body = { chunks: readonly Uint8Array[]; size: number; sha256: string }

/** One request to the bucket; without a key to the bucket itself. */
export type S3Call = {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Body
}

/** What the client needs besides its settings. `trace` hears of every request when AmazonS3Trace is on. */
export type S3ClientParts = {
  connections: GuardedConnections
  credentials: CredentialSource
  trace: (line: { method: string; key: string; status: number; ms: number }) => void
}

const TRIES = 3
const MAX_TEXT = 8 * 1024 * 1024
const AMAZON = /(^|\.)amazonaws\.com(\.cn)?$/i

/** A small body. */
export function bodyOf(content: string | Uint8Array): Body {
  const bytes = Buffer.from(content)
  return { chunks: [bytes], size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** The value of a Range header; undefined for the whole object. */
export function rangeHeader({ start, end }: ByteRange): string | undefined {
  return start === undefined && end === undefined ? undefined : `bytes=${start ?? 0}-${end ?? ''}`
}

/** Speaks S3 with one bucket: signs, sends, and repeats what failed for a moment. */
export class S3Client {
  readonly settings: S3Settings
  readonly #parts: S3ClientParts
  readonly #keys = new Map<string, ArrayBuffer>()
  #region: string

  constructor(settings: S3Settings, parts: S3ClientParts) {
    this.settings = settings
    this.#parts = parts
    this.#region =
      settings.region || /(?:^|\.)s3[.-](?:dualstack\.)?([a-z]+(?:-[a-z]+)+-\d)\./.exec(settings.endpoint)?.[1] || ''
  }

  /** The region requests are signed for, as far as it is known. */
  get region(): string {
    return this.#region || 'us-east-1'
  }

  /**
   * Sends one request and answers the head of a 2xx; the caller reads the body or destroys it. Throws `S3Error` for any
   * other answer, `OutgoingError` when there is none.
   */
  async send(call: S3Call): Promise<IncomingMessage> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#sendOnce(call)
      } catch (error) {
        if (attempt >= TRIES) throw error
        if (this.#learnsRegion(error)) continue
        if (!isPassing(error)) throw error
        await sleep(100 * 2 ** attempt)
      }
    }
  }

  /** Sends one request and answers the text of its answer. An error that comes with status 200 is thrown too. */
  async sendForText(call: S3Call): Promise<string> {
    const xml = await textOf(await this.send(call), this.settings.timeoutMs)
    if (/<Error[\s>]/.test(xml)) throw new S3Error(500, xml)
    return xml
  }

  /** Where a key of the bucket lies; without a key, the bucket. */
  url(key = '', query: Record<string, string> = {}): URL {
    const { endpoint, secure, bucket } = this.settings
    const amazon = AMAZON.test(endpoint)
    const regional = endpoint.replace(/^s3\.(amazonaws\.com(\.cn)?)$/i, `s3.${this.region}.$1`)
    // Amazon wants the bucket as part of the host; its certificates do not cover names with dots.
    const inHost = amazon && !(secure && bucket.includes('.'))
    const url = new URL(`${secure ? 'https' : 'http'}://${inHost ? `${bucket}.` : ''}${amazon ? regional : endpoint}`)
    url.pathname = (inHost ? '' : `/${bucket}`) + (key === '' ? '' : `/${encodeKey(key)}`)
    const search = new URLSearchParams(query).toString()
    url.search = search.replaceAll('+', '%20') // a space; the sign itself is %2B by now
    return url
  }

  /** A bucket in another region than the signature's: the storage says in which, and nobody has to configure it. */
  #learnsRegion(error: unknown): boolean {
    const learnt = error instanceof S3Error && [301, 307, 400].includes(error.status) ? error.region : ''
    if (this.settings.region !== '' || learnt === '' || learnt === this.region) return false
    this.#region = learnt
    return true
  }

  async #sendOnce(call: S3Call): Promise<IncomingMessage> {
    const started = performance.now()
    const { url, headers } = await this.#signed(call)
    const request = this.#parts.connections.request(url, call.method, headers)
    const response = await answerTo(request, call.body, this.settings.timeoutMs)
    const status = response.statusCode ?? 0
    if (this.settings.trace) {
      this.#parts.trace({
        method: call.method,
        key: call.key ?? '',
        status,
        ms: Math.round(performance.now() - started),
      })
    }
    if (status >= 200 && status < 300) return response
    const region = response.headers['x-amz-bucket-region']
    throw new S3Error(status, await textOf(response, this.settings.timeoutMs), typeof region === 'string' ? region : '')
  }

  async #signed({ method, key, query, headers, body = bodyOf('') }: S3Call) {
    const signer = new AwsV4Signer({
      ...(await this.#parts.credentials()),
      method,
      url: this.url(key, query).href,
      headers: { ...headers, 'x-amz-content-sha256': body.sha256 },
      service: 's3',
      region: this.region,
      cache: this.#keys,
    })
    const signed = await signer.sign()
    const plain: Record<string, string> = Object.fromEntries(signed.headers)
    if (method === 'PUT' || method === 'POST') plain['content-length'] = String(body.size)
    return { url: signed.url, headers: plain }
  }
}

/** Sends the body and resolves with the head of the answer; ends when nothing moves for `timeoutMs`. */
function answerTo(request: ClientRequest, body: Body | undefined, timeoutMs: number): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  request.once('response', resolve)
  request.once('timeout', () => request.destroy(new OutgoingError('timeout', `nothing moved for ${timeoutMs} ms`)))
  request.on('error', (error) => {
    reject(error instanceof OutgoingError ? error : new OutgoingError('network', 'the exchange failed', error))
  })
  void writeBody(request, body)
  // The reader of the body has a clock of its own: whoever downloads slowly makes this connection rest.
  return promise.finally(() => request.setTimeout(0))
}

/** Trouble on the way is told by the request's own event. */
async function writeBody(request: ClientRequest, body: Body | undefined): Promise<void> {
  for (const chunk of body?.chunks ?? []) {
    if (request.destroyed) return
    if (!request.write(chunk)) await once(request, 'drain').catch(() => undefined)
  }
  request.end()
}

/** The bytes of an answer; the clock runs only while somebody waits for the next ones. Throws `OutgoingError`. */
export async function* arriving(response: IncomingMessage, timeoutMs: number): AsyncGenerator<Buffer> {
  const chunks = response.iterator() as AsyncIterator<Buffer>
  const late = () => response.destroy(new OutgoingError('timeout', `nothing arrived for ${timeoutMs} ms`))
  try {
    for (;;) {
      const timer = setTimeout(late, timeoutMs)
      const next = await chunks.next().finally(() => clearTimeout(timer))
      if (next.done) return
      yield next.value
    }
  } catch (error) {
    throw error instanceof OutgoingError ? error : new OutgoingError('network', 'the answer broke off', error)
  } finally {
    await chunks.return?.() // whoever stops early lets go of the connection
  }
}

async function textOf(response: IncomingMessage, timeoutMs: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of arriving(response, timeoutMs)) {
    size += chunk.length
    if (size > MAX_TEXT) throw new OutgoingError('too_large', 'the answer of the storage is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Trouble that may be over in a moment. Who waited in vain for a whole timeout does not wait again. */
function isPassing(error: unknown): boolean {
  if (error instanceof OutgoingError) return error.reason === 'network' || error.reason === 'connect'
  return error instanceof S3Error && (error.status === 429 || (error.status >= 500 && error.status !== 501))
}
