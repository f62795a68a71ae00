import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import tls from 'node:tls'

/** Where administrators of GitLab's package put the certificates of private authorities. */
const GITLAB_FOLDER = '/etc/gitlab/trusted-certs'
/** Where distributions keep the authorities that the machine trusts. */
const SYSTEM_BUNDLES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem']
const PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g

/**
 * Certificates that outgoing requests trust besides those of the runtime (which reads NODE_EXTRA_CA_CERTS itself): the
 * file SSL_CERT_FILE or else the system's own, the folders of SSL_CERT_DIR (separated by colons), and GitLab's folder.
 * What cannot be read or is no certificate is left out and told to `warn`.
 */
export function extraCertificates(
  env: NodeJS.ProcessEnv,
  warn: (text: string) => void,
  gitlabFolder = GITLAB_FOLDER,
): string[] {
  const files = env.SSL_CERT_FILE ? [env.SSL_CERT_FILE] : SYSTEM_BUNDLES
  const folders = [...(env.SSL_CERT_DIR ?? '').split(':').filter(Boolean), gitlabFolder]
  const inFolders = folders.flatMap((folder) => filesOf(folder, env.SSL_CERT_DIR?.includes(folder) ? warn : undefined))
  const named = files.flatMap((file) => certificatesOf(file, env.SSL_CERT_FILE ? warn : undefined))
  return [...new Set([...named, ...inFolders.flatMap((file) => certificatesOf(file, warn))])]
}

/** Makes every outgoing TLS connection of this process trust them. Call it once, before the first connection. */
export function trustExtraCertificates(env: NodeJS.ProcessEnv, warn: (text: string) => void): void {
  const extra = extraCertificates(env, warn)
  if (extra.length > 0) tls.setDefaultCACertificates([...new Set([...tls.getCACertificates('default'), ...extra])])
}

function filesOf(folder: string, warn: ((text: string) => void) | undefined): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'README')
      .map((entry) => join(folder, entry.name))
  } catch (error) {
    warn?.(`The folder of certificates ${folder} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    return []
  }
}

function certificatesOf(file: string, warn: ((text: string) => void) | undefined): string[] {
  let text = ''
  try {
    text = readFileSync(file, 'latin1')
  } catch (error) {
    warn?.(`The certificate file ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    return []
  }
  const found = text.match(PEM) ?? []
  if (found.length === 0) warn?.(`The file ${file} holds no certificate in PEM form.`)
  return found.filter((pem) => {
    try {
      // A single one that is damaged would make the runtime refuse all of them.
      return new X509Certificate(pem).raw.length > 0
    } catch {
      warn?.(`A certificate in ${file} is damaged and is left out.`)
      return false
    }
  })
}
