import { createHash, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { refusalOf } from './signature.ts'
import type { Signer } from './signature.ts'

/** An object as it is kept. */
export interface Stored {
  readonly data: Buffer
  readonly etag: string
  readonly headers: IncomingHttpHeaders
  modified: Date
}

interface Upload {
  readonly bucket: string
  readonly key: string
  readonly headers: IncomingHttpHeaders
  readonly parts: Map<number, Stored>
  begun: Date
}

/** One request, taken apart. */
interface Call {
  readonly request: IncomingMessage
  readonly bucket: string
  readonly key: string
  readonly query: URLSearchParams
  readonly body: Buffer
}

interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string | number>
  readonly body?: string | Buffer
}

const MIN_PART = 5 * 1024 * 1024
const XML: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[<>&"]/g, (mark) => XML[mark]!)
const md5 = (data: Buffer) => `"${createHash('md5').update(data).digest('hex')}"`

class Refused extends Error {
  readonly status: number
  constructor(status: number, code: string) {
    super(code)
    this.status = status
  }
}

/**
 * A small S3 for tests: path style, Signature Version 4 checked, everything in memory. It keeps the rules that a client
 * trips over: parts of at least 5 MiB, ETags of parts, regions, pages of listings.
 */
export class S3Server {
  readonly buckets = new Map<string, Map<string, Stored>>()
  readonly uploads = new Map<string, Upload>()
  /** `PUT /bucket/key?query` of every request, in order */
  readonly requests: string[] = []
  /** the Authorization headers and others of the last request */
  lastHeaders: IncomingHttpHeaders = {}
  signer: Signer = { accessKeyId: 'test-key', secretAccessKey: 'test secret/+' }
  region = 'us-east-1'
  pageSize = 1000
  /** looks at a request before it counts: a status to answer instead, or `drop` to hang up */
  trouble: (line: string) => number | 'drop' | undefined = () => undefined
  /** looks at a request that has counted: `drop` hangs up instead of answering */
  afterwards: (line: string) => 'drop' | undefined = () => undefined
  /** requests get no answer at all */
  hold = false
  /** bytes of a body after which the connection is cut, once */
  cutAfter: number | undefined
  readonly #server: Server

  constructor(...buckets: string[]) {
    for (const name of buckets) this.buckets.set(name, new Map())
    this.#server = createServer((request, response) => void this.#answer(request, response))
  }

  /** Listens on a free port, or on one it had before. Resolves with `host:port`. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(port, '127.0.0.1', done))
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** As if the machine were gone: open connections break. */
  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  /** Keys of a bucket, sorted. */
  keys(bucket: string): string[] {
    return [...this.buckets.get(bucket)!.keys()].toSorted()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const line = `${request.method} ${request.url}`
    this.requests.push(line)
    this.lastHeaders = request.headers
    const trouble = this.trouble(line)
    if (trouble === 'drop') return void request.socket.destroy()
    const body = await buffer(request).catch(() => undefined)
    if (!body || this.hold) return
    const { status = 200, headers = {}, body: content = '' } = this.#handle(request, body, trouble)
    if (this.afterwards(line) === 'drop') return void request.socket.destroy()
    response.writeHead(status, { 'content-length': Buffer.byteLength(content), ...headers })
    const cut = this.cutAfter
    if (cut !== undefined && request.method === 'GET' && content.length > cut) {
      this.cutAfter = undefined
      return void response.write(content.slice(0, cut), () => response.destroy())
    }
    response.end(request.method === 'HEAD' ? undefined : content)
  }

  #handle(request: IncomingMessage, body: Buffer, trouble: number | undefined): Answer {
    try {
      if (trouble) throw new Refused(trouble, 'InternalError')
      const refusal = refusalOf(request, body, this.signer, this.region)
      if (refusal) throw new Refused(...refusal)
      const [path = '', query] = request.url!.split(/\?(.*)/s)
      const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodeURIComponent(path)) ?? []
      const call = { request, bucket, key, query: new URLSearchParams(query?.replaceAll('+', '%2B')), body }
      return key === '' ? this.#onBucket(call) : this.#onObject(call)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const region = error.message === 'AuthorizationHeaderMalformed' ? `<Region>${this.region}</Region>` : ''
      const xml = `<?xml version="1.0"?>\n<Error><Code>${error.message}</Code><Message>Told by the test.</Message>${region}</Error>`
      return { status: error.status, body: request.method === 'HEAD' ? '' : xml }
    }
  }

  #objects(bucket: string): Map<string, Stored> {
    const objects = this.buckets.get(bucket)
    if (!objects) throw new Refused(404, 'NoSuchBucket')
    return objects
  }

  #object(bucket: string, key: string): Stored {
    const object = this.#objects(bucket).get(key)
    if (!object) throw new Refused(404, 'NoSuchKey')
    return object
  }

  #onBucket({ request, bucket, query }: Call): Answer {
    if (request.method === 'PUT') {
      if (this.buckets.has(bucket)) throw new Refused(409, 'BucketAlreadyOwnedByYou')
      this.buckets.set(bucket, new Map())
      return {}
    }
    const objects = this.#objects(bucket)
    if (request.method === 'HEAD') return {}
    const keyText = (key: string) =>
      query.get('encoding-type') === 'url'
        ? encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/')
        : escaped(key)
    const coded = query.get('encoding-type') === 'url' ? '<EncodingType>url</EncodingType>' : ''
    const prefix = query.get('prefix') ?? ''
    if (query.has('uploads')) {
      const found = [...this.uploads].filter(([, upload]) => upload.bucket === bucket && upload.key.startsWith(prefix))
      const entries = found.map(
        ([id, { key, begun }]) =>
          `<Upload><Key>${keyText(key)}</Key><UploadId>${id}</UploadId><Initiated>${begun.toISOString()}</Initiated></Upload>`,
      )
      return { body: `<ListMultipartUploadsResult>${coded}${entries.join('')}</ListMultipartUploadsResult>` }
    }
    return { body: `<ListBucketResult>${coded}${this.#page(objects, prefix, query, keyText)}</ListBucketResult>` }
  }

  #page(
    objects: Map<string, Stored>,
    prefix: string,
    query: URLSearchParams,
    keyText: (key: string) => string,
  ): string {
    const delimiter = query.get('delimiter') ?? ''
    const entries = new Map<string, string>()
    for (const key of [...objects.keys()].filter((one) => one.startsWith(prefix)).toSorted()) {
      const { data, modified, etag } = objects.get(key)!
      const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1
      const group = key.slice(0, end + 1)
      if (end >= 0) entries.set(group, `<CommonPrefixes><Prefix>${keyText(group)}</Prefix></CommonPrefixes>`)
      else {
        const facts = `<LastModified>${modified.toISOString()}</LastModified><ETag>${escaped(etag)}</ETag><Size>${data.length}</Size>`
        entries.set(key, `<Contents><Key>${keyText(key)}</Key>${facts}</Contents>`)
      }
    }
    const after = query.get('continuation-token') ?? ''
    const left = [...entries].filter(([name]) => name > after)
    const page = left.slice(0, Math.min(this.pageSize, Number(query.get('max-keys') ?? 1000)))
    const more = left.length > page.length
    const next = more ? `<NextContinuationToken>${escaped(page.at(-1)![0])}</NextContinuationToken>` : ''
    return `<IsTruncated>${more}</IsTruncated>${next}${page.map(([, xml]) => xml).join('')}`
  }

  #onObject(call: Call): Answer {
    const { request, bucket, key, query, body } = call
    const objects = this.#objects(bucket)
    const id = query.get('uploadId')
    if (query.has('uploads') || id !== null) return this.#onUpload(call, id)
    if (request.method === 'DELETE') return objects.delete(key) ? { status: 204 } : { status: 204 }
    if (request.method === 'PUT') {
      const { data, xml } = this.#incoming(request, body, 'CopyObjectResult')
      const etag = md5(data)
      objects.set(key, { data, etag, headers: request.headers, modified: new Date() })
      return { headers: { etag }, body: xml }
    }
    return this.#send(this.#object(bucket, key), request)
  }

  #send({ data, etag, headers, modified }: Stored, request: IncomingMessage): Answer {
    const match = request.headers['if-match']
    if (match !== undefined && match !== etag) throw new Refused(412, 'PreconditionFailed')
    const facts = { etag, 'last-modified': modified.toUTCString(), 'content-type': headers['content-type'] ?? '' }
    if (request.method === 'HEAD') return { headers: { ...facts, 'content-length': data.length } }
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? []
    if (from === undefined) return { headers: facts, body: data }
    if (Number(from) >= data.length) throw new Refused(416, 'InvalidRange')
    return { status: 206, headers: facts, body: data.subarray(Number(from), to ? Number(to) + 1 : undefined) }
  }

  /** The bytes of a PUT: its body, or those of another object, or a range of them. */
  #incoming({ headers }: IncomingMessage, body: Buffer, copyResult: string): { data: Buffer; xml: string } {
    const source = headers['x-amz-copy-source']
    if (typeof source !== 'string') return { data: body, xml: '' }
    const [, bucket = '', key = ''] = /^\/?([^/]+)\/(.*)$/s.exec(decodeURIComponent(source)) ?? []
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(headers['x-amz-copy-source-range'])) ?? []
    const whole = this.#object(bucket, key).data
    const data = from === undefined ? whole : whole.subarray(Number(from), Number(to) + 1)
    return { data, xml: `<${copyResult}><ETag>${escaped(md5(data))}</ETag></${copyResult}>` }
  }

  #onUpload({ request, bucket, key, query, body }: Call, id: string | null): Answer {
    if (id === null) {
      const made = randomBytes(8).toString('hex')
      this.uploads.set(made, { bucket, key, headers: request.headers, parts: new Map(), begun: new Date() })
      return { body: `<InitiateMultipartUploadResult><UploadId>${made}</UploadId></InitiateMultipartUploadResult>` }
    }
    const upload = this.uploads.get(id)
    if (!upload || upload.key !== key || upload.bucket !== bucket) throw new Refused(404, 'NoSuchUpload')
    if (request.method === 'DELETE') return this.uploads.delete(id) ? { status: 204 } : {}
    if (request.method === 'POST') return this.#complete(id, upload, body)
    const { data, xml } = this.#incoming(request, body, 'CopyPartResult')
    upload.parts.set(Number(query.get('partNumber')), { data, etag: md5(data), headers: {}, modified: new Date() })
    return { headers: { etag: md5(data) }, body: xml }
  }

  #complete(id: string, { bucket, key, headers, parts }: Upload, body: Buffer): Answer {
    const named = [...body.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]+)<\/ETag>/g)]
    const chosen = named.map(([, number, etag = '']) => {
      const part = parts.get(Number(number))
      if (part?.etag !== etag.replace(/&#34;|&quot;/g, '"')) throw new Refused(400, 'InvalidPart')
      return part.data
    })
    if (chosen.length === 0) throw new Refused(400, 'MalformedXML')
    if (chosen.slice(0, -1).some((data) => data.length < MIN_PART)) throw new Refused(400, 'EntityTooSmall')
    const data = Buffer.concat(chosen)
    const etag = md5(data).replace(/"$/, `-${chosen.length}"`)
    this.buckets.get(bucket)!.set(key, { data, etag, headers, modified: new Date() })
    this.uploads.delete(id)
    return { body: `<CompleteMultipartUploadResult><ETag>${escaped(etag)}</ETag></CompleteMultipartUploadResult>` }
  }
}
