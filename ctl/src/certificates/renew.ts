import { join } from 'node:path'
import type { Context } from '../context.ts'
import type { Places } from '../services/places.ts'
import type { Plan, Resource } from '../resources/resource.ts'
import type { Settings } from '../settings/settings.ts'
import { day, isGoodFor, readCertificate, reasonToIssue } from './certificate.ts'
import { issueCertificate } from './issue.ts'
import { trustLocalAuthorities } from './trust.ts'

/**
 * The certificate of the chat's names, from the authority: asked for when there is none, when it ends soon, or when it
 * lacks a name. nginx reads the new one without dropping a connection.
 */
export function issuedCertificate(
  context: Context,
  places: Places,
  settings: Settings,
  say: (text: string) => void,
): Resource {
  const { certificate } = settings.nginx.vhost.ssl
  const plan = async (): Promise<Plan | undefined> => {
    const state = await readCertificate(certificate, settings.letsencrypt.names)
    const reason = reasonToIssue(state)
    if (!reason) return undefined
    const apply = async (): Promise<void> => {
      trustLocalAuthorities(context.paths)
      const accountKeyFile = join(places.state, 'letsencrypt/account-key.pem')
      await issueCertificate({ settings, accountKeyFile, say }).catch((error: Error) => {
        if (!state || !isGoodFor(state, new Date())) throw error
        say(`    - not renewed: ${error.message}`)
        say(`    - the present one is good until ${day(state.notAfter)}; the next run tries again`)
      })
      const issued = await readCertificate(certificate, settings.letsencrypt.names)
      if (issued && issued.notAfter > (state?.notAfter ?? 0)) say(`    - valid until ${day(issued.notAfter)}`)
    }
    return { changes: [`request a new one: ${reason}`], triggers: ['reload nginx'], apply }
  }
  return { name: `certificate ${certificate}`, plan }
}
