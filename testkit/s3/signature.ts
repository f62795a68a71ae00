import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Who may sign. `token`: the session token that must come along. */
export interface Signer {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly token?: string
}

/** Why a request is refused: S3's status and code. */
export type Refusal = [status: number, code: string]

const SCHEME =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

/**
 * Checks Signature Version 4 of a request, header form, as Amazon documents it (sig-v4-header-based-auth): own code,
 * so that a client's mistake is not repeated here. The hash of the body is checked too. Undefined: signed well.
 */
export function refusalOf(request: IncomingMessage, body: Buffer, signer: Signer, region: string): Refusal | undefined {
  const [, id, day, scopeRegion, names, signature] = SCHEME.exec(request.headers.authorization ?? '') ?? []
  if (!id || !day || !names || !signature) return [403, 'AccessDenied']
  if (id !== signer.accessKeyId) return [403, 'InvalidAccessKeyId']
  if (scopeRegion !== region) return [400, 'AuthorizationHeaderMalformed']
  const header = (name: string) => String(request.headers[name] ?? '')
  const date = header('x-amz-date')
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(Date.now() - time) < 15 * 60_000) || !date.startsWith(day)) return [403, 'RequestTimeTooSkewed']
  if (signer.token !== undefined && header('x-amz-security-token') !== signer.token) return [403, 'InvalidToken']
  const signed = names.split(';')
  const mustBeSigned = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))]
  if (!mustBeSigned.every((name) => signed.includes(name))) return [403, 'AccessDenied']
  const hash = header('x-amz-content-sha256')
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body)) return [400, 'XAmzContentSHA256Mismatch']
  const [path = '', query = ''] = request.url!.split(/\?(.*)/s)
  const canonical = [
    request.method,
    encoded(decodeURIComponent(path)).replaceAll('%2F', '/'),
    canonicalQuery(query),
    ...signed.map((name) => `${name}:${header(name).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    hash,
  ].join('\n')
  const scope = `${day}/${scopeRegion}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${signer.secretAccessKey}`, day), scopeRegion!), 's3'), 'aws4_request')
  const good = timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'))
  return good ? undefined : [403, 'SignatureDoesNotMatch']
}

function canonicalQuery(query: string): string {
  const pairs = query.split('&').filter(Boolean)
  const parts = pairs.map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    return `${encoded(decodeURIComponent(name))}=${encoded(decodeURIComponent(value))}`
  })
  return parts.toSorted().join('&')
}

function encoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const mark = String.fromCharCode(byte)
      return /[A-Za-z0-9_.~-]/.test(mark) ? mark : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
