import { createHash, createPublicKey, verify, type JsonWebKeyInput } from 'node:crypto'

/** An account's public key. */
export type JsonWebKey = JsonWebKeyInput['key']

/** A signed request of RFC 8555, section 6.2, opened and verified. */
export interface Signed {
  readonly header: { readonly url: string; readonly nonce: string; readonly kid?: string; readonly jwk?: JsonWebKey }
  /** undefined for POST-as-GET */
  readonly payload: Record<string, unknown> | undefined
  readonly jwk: JsonWebKey
}

const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8')

/** Opens a request and verifies its signature with its own key, or with the one that `keyOf` knows. Throws if it is not good. */
export function openSigned(body: string, keyOf: (kid: string) => JsonWebKey | undefined): Signed {
  const {
    protected: head,
    payload,
    signature,
  } = JSON.parse(body) as Record<'protected' | 'payload' | 'signature', string>
  const header = JSON.parse(decode(head)) as Signed['header']
  const jwk = header.jwk ?? (header.kid === undefined ? undefined : keyOf(header.kid))
  if (!jwk) throw new Error('unknown account')
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  const good = verify(
    'sha256',
    Buffer.from(`${head}.${payload}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!good) throw new Error('bad signature')
  return { header, jwk, payload: payload === '' ? undefined : (JSON.parse(decode(payload)) as Record<string, unknown>) }
}

/** The fingerprint of an account's key, RFC 7638. */
export function thumbprint(jwk: JsonWebKey): string {
  const { crv, e, kty, n, x, y } = jwk
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y }
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url')
}
