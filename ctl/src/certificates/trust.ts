import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import tls from 'node:tls'
import { trustedCertificateFolders } from '../reconfigure/rooted.ts'
import type { Paths } from '../context.ts'

/** From now on this process also trusts the authorities whose certificates the administrator put beside the settings. */
export async function trustLocalAuthorities(paths: Paths): Promise<void> {
  const extra: string[] = []
  for (const folder of trustedCertificateFolders(paths)) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (!/\.(crt|pem|cer)$/.test(name)) continue
      const text = await readFile(join(folder, name), 'utf8').catch(() => '')
      if (text.includes('BEGIN CERTIFICATE')) extra.push(text)
    }
  }
  if (extra.length > 0) tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...extra])
}
