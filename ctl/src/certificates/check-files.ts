import { access, constants } from 'node:fs/promises'
import { Problem } from '../cli/problem.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * Every certificate file that nginx will want is there and readable; otherwise a Problem names it. Nothing is asked of
 * files that Let's Encrypt will bring.
 */
export async function checkCertificateFiles({ nginx, letsencrypt }: Settings): Promise<void> {
  if (!nginx.enabled || !nginx.vhost.https) return
  const { ssl } = nginx.vhost
  const issued = letsencrypt.enabled ? [] : [ssl.certificate, ssl.certificateKey]
  const others = [ssl.clientCertificate, ssl.dhparam, ssl.passwordFile].filter(Boolean)
  const missing: string[] = []
  for (const path of [...issued, ...others]) {
    const readable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    )
    if (!readable) missing.push(path)
  }
  if (missing.length === 0) return
  const own = issued.some((path) => missing.includes(path))
  throw new Problem(
    `nginx cannot serve ${nginx.vhost.serverName}, because there is no readable file ${missing.join(' and ')}.`,
    own
      ? "Put the certificate (with its chain) and its key there, or set letsencrypt['enable'] = true to have one issued."
      : 'Put the file there, or take the setting that names it out.',
  )
}
