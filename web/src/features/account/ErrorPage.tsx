import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { basePath } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import { InnerLink } from './InnerLink.tsx'

/** `/error?type=…|message=…&s=…`: what the server could not do in the middle of a redirect. Its own words are shown only if signed. */
export default function ErrorPage(): ReactNode {
  const t = useText()
  const [query] = useSearchParams()
  const key = useStore((state) => state.config['AsymmetricSigningPublicKey'] ?? '')
  const [signed, setSigned] = useState(false)
  useEffect(() => {
    verify(key, location.search).then(setSigned, () => setSigned(false))
  }, [key])
  const service = query.get('service') ?? 'GitLab'
  const known = wordsFor(t, query.get('type') ?? '', service)
  const message = (signed && query.get('message')) || ''
  const text = known ?? (message || t('error.unknown', 'Something went wrong. Go back and try again.'))
  return (
    <AccountLayout
      title={t('error.title', 'That did not work')}
      lead={text}
      after={<InnerLink to="/">{t('error.back', 'Back to the start')}</InnerLink>}
    >
      {null}
    </AccountLayout>
  )
}

function wordsFor(t: Text, type: string, service: string): string | undefined {
  const values = { service }
  switch (type) {
    case 'oauth_access_denied':
      return t(
        'error.denied',
        'You did not allow {service} to share your account. Sign in again and choose to allow it.',
        values,
      )
    case 'oauth_missing_code':
      return t(
        'error.no_code',
        '{service} sent no code. Sign in again; if it happens again, tell your administrator.',
        values,
      )
    case 'oauth_invalid_param':
    case 'oauth_invalid_redirect_url':
      return t('error.bad_request', 'The request of the application is not valid. Tell whoever runs it.')
    case 'team_not_found':
      return t('error.no_team', 'There is no such team, or you are not in it.')
    case 'permalink_not_found':
      return t('error.no_post', 'This message is gone, or you may not read it.')
    case 'channel_not_found':
      return t('error.no_channel', 'There is no such channel, or you may not read it.')
    case 'page_not_found':
      return t('error.no_page', 'There is no such page.')
    default:
      return undefined
  }
}

/** Whether the server signed this query: ECDSA P-256 over path and query, base64url, as its `s` says. */
async function verify(publicKey: string, search: string): Promise<boolean> {
  const query = new URLSearchParams(search)
  const signature = query.get('s')
  if (!signature || !publicKey || !globalThis.crypto?.subtle) return false
  query.delete('s')
  query.sort()
  const bytes = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('spki', bytes(publicKey), algorithm, false, ['verify'])
  const signed = new TextEncoder().encode(`${basePath}/error?${query.toString()}`)
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, rawSignature(bytes(signature)), signed)
}

/** The two numbers of a DER signature side by side, as browsers want them. */
function rawSignature(der: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const raw = new Uint8Array(64)
  let at = 2
  for (const start of [0, 32]) {
    const length = der[at + 1] ?? 0
    const number = der.slice(at + 2, at + 2 + length)
    const trimmed = number.length > 32 ? number.slice(-32) : number
    raw.set(trimmed, start + 32 - trimmed.length)
    at += 2 + length
  }
  return raw
}
