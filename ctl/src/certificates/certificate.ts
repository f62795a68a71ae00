import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'

/** Organisation in the certificates that outpost-ctl signs itself until a real one is there. */
export const PLACEHOLDER = 'Outpost placeholder'

export interface CertificateState {
  readonly notAfter: Date
  readonly isPlaceholder: boolean
  /** nobody but itself vouches for it */
  readonly isSelfSigned: boolean
  /** the names that the certificate does not cover */
  readonly missingNames: string[]
}

/** What a certificate file holds; undefined when there is none. Rejects when it cannot be read. */
export async function readCertificate(path: string, names: readonly string[]): Promise<CertificateState | undefined> {
  const text = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  if (!text) return undefined
  const certificate = new X509Certificate(text)
  return {
    notAfter: certificate.validToDate,
    isPlaceholder: certificate.subject.includes(`O=${PLACEHOLDER}`),
    isSelfSigned: certificate.issuer === certificate.subject,
    missingNames: names.filter((name) => !covers(certificate, name)),
  }
}

/** Whether a certificate is for this name or address. */
export function covers(certificate: X509Certificate, name: string): boolean {
  // Asking about a name as if it were an address is an error, not a no.
  return (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined
}

/** ms; authorities advise to renew when a third of the ninety days is left */
const RENEW_BEFORE = 30 * 86_400_000

/** Why a certificate from the authority is needed now; undefined when the present one will do. */
export function reasonToIssue(state: CertificateState | undefined, now = new Date()): string | undefined {
  if (!state) return 'there is none yet'
  if (state.isPlaceholder) return 'there is only a placeholder'
  if (state.notAfter.getTime() - now.getTime() < RENEW_BEFORE) return `it ends on ${day(state.notAfter)}`
  if (state.missingNames.length > 0) return `it does not cover ${state.missingNames.join(', ')}`
  return undefined
}

/** Whether people can go on with the present certificate, although another one is wanted. */
export function isGoodFor({ isPlaceholder, notAfter, missingNames }: CertificateState, now: Date): boolean {
  return !isPlaceholder && notAfter > now && missingNames.length === 0
}

/** A day as administrators write it: 2027-01-31. */
export const day = (date: Date): string => date.toISOString().slice(0, 10)
