import { chmod, mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exists } from '../postgresql/programs.ts'
import type { Plan, Resource } from '../resources/resource.ts'
import { runCommand } from '../resources/run-command.ts'
import type { Settings } from '../settings/settings.ts'
import { PLACEHOLDER } from './certificate.ts'

/**
 * A key, and a certificate that we sign ourselves, until the authority has issued a real one: nginx does not start
 * without, and the authority wants to see it running. The key stays for good, so that a renewal replaces one file.
 */
export function placeholderCertificate({ nginx: { vhost }, letsencrypt }: Settings): Resource {
  const { certificate, certificateKey } = vhost.ssl
  const plan = async (): Promise<Plan | undefined> => {
    const [hasCertificate, hasKey] = await Promise.all([exists(certificate), exists(certificateKey)])
    if (hasCertificate && hasKey) return undefined
    const apply = async (): Promise<void> => {
      await mkdir(dirname(certificate), { recursive: true, mode: 0o755 })
      await mkdir(dirname(certificateKey), { recursive: true, mode: 0o755 })
      if (!hasKey) await makeKey(letsencrypt, certificateKey)
      await makeCertificate(letsencrypt.names, certificate, certificateKey)
    }
    return { changes: ['create a placeholder until the real one is issued'], apply }
  }
  return { name: `certificate ${certificate}`, plan }
}

async function makeKey({ keyType, keySize, ecCurve }: Settings['letsencrypt'], path: string): Promise<void> {
  const kind =
    keyType === 'ec'
      ? ['-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${ecCurve}`]
      : ['-algorithm', 'RSA', '-pkeyopt', `rsa_keygen_bits:${keySize}`]
  await intoPlace(path, 0o600, (draft) => runCommand('openssl', ['genpkey', ...kind, '-out', draft]))
}

async function makeCertificate(names: readonly string[], path: string, key: string): Promise<void> {
  const alternatives = names.map((name) => `DNS:${name}`).join(',')
  const subject = `/O=${PLACEHOLDER}/CN=${names[0] ?? 'localhost'}`
  const args = [
    'req',
    '-x509',
    '-new',
    '-key',
    key,
    '-days',
    '30',
    '-subj',
    subject,
    '-addext',
    `subjectAltName=${alternatives}`,
  ]
  await intoPlace(path, 0o644, (draft) => runCommand('openssl', [...args, '-out', draft]))
}

async function intoPlace(path: string, mode: number, make: (draft: string) => Promise<unknown>): Promise<void> {
  const draft = `${path}.new`
  await rm(draft, { force: true })
  await make(draft)
  await chmod(draft, mode)
  await rename(draft, path)
}
