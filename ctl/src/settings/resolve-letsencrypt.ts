import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { onDisk, type Context } from '../context.ts'
import type { Reader } from './reader.ts'
import { certificateFiles, listensHttps } from './resolve-vhost.ts'
import type { FoundSecrets } from './secrets.ts'
import type { LetsEncryptSettings, ServiceUrl } from './settings.ts'

/** Names that no public certificate authority knows. */
const PRIVATE =
  /^[^.]+$|\.(test|example|invalid|localhost|local|localdomain|internal|intranet|lan|home|corp|home\.arpa)$/

/** What the decision depends on. `shared`: GitLab is on this machine, and `letsencrypt[…]` is first of all about its own certificate. */
export interface LetsEncryptParts {
  enabled: boolean
  url: ServiceUrl | undefined
  shared: boolean
  found: FoundSecrets
}

/** Certificates from Let's Encrypt for the chat's own host; unlike GitLab's package also on a machine without GitLab. */
export function resolveLetsEncrypt(context: Context, reader: Reader, parts: LetsEncryptParts): LetsEncryptSettings {
  const { url } = parts
  const said = reader.flag('letsencrypt.enable')
  const enabled = said !== false && parts.enabled && isPossible(reader, url) && isWanted(context, reader, parts, said)
  const key = (name: string): string => `letsencrypt.${name}`
  return {
    enabled,
    automatic: enabled && (said === undefined || parts.shared),
    names: [...new Set([...(url ? [url.host] : []), ...(parts.shared ? [] : reader.list(key('alt_names'), []))])],
    contactEmails: reader.list(key('contact_emails'), []),
    webroot: reader.path(
      key('wwwroot'),
      `${reader.path('mattermost_nginx.dir', reader.path('nginx.dir', '/var/opt/gitlab/nginx'))}/www`,
    ),
    productionEndpoint: reader.text(key('acme_production_endpoint'), 'https://acme-v02.api.letsencrypt.org/directory'),
    stagingEndpoint: reader.text(
      key('acme_staging_endpoint'),
      'https://acme-staging-v02.api.letsencrypt.org/directory',
    ),
    keyType: reader.choice(key('key_type'), ['rsa', 'ec'], 'rsa'),
    keySize: reader.integer(key('key_size'), { min: 2048, max: 8192 }, 2048),
    ecCurve: reader.text(key('ec_curve'), 'secp384r1'),
    owner: reader.text(key('owner'), 'root'),
    group: reader.text(key('group'), 'root'),
    autoRenew: reader.flag(key('auto_renew'), true),
    renewHour: reader.word(key('auto_renew_hour'), '0'),
    renewMinute: reader.word(key('auto_renew_minute'), String(minuteOf(url?.host ?? ''))),
    renewDayOfMonth: reader.word(key('auto_renew_day_of_month'), '*/4'),
    renewLogDirectory: reader.path(key('auto_renew_log_directory'), '/var/log/gitlab/lets-encrypt'),
  }
}

/** https on this machine's nginx. */
function isPossible(reader: Reader, url: ServiceUrl | undefined): url is ServiceUrl {
  return (
    url !== undefined &&
    listensHttps(reader, url) &&
    reader.flag('nginx.enable', true) &&
    reader.flag('mattermost_nginx.enable', true)
  )
}

/**
 * Without a word of the administrator: for a public name without certificate. A certificate that somebody put there is
 * never replaced, unless the settings of a machine without GitLab ask for it.
 */
function isWanted(context: Context, reader: Reader, parts: LetsEncryptParts, said: boolean | undefined): boolean {
  const { url, found, shared } = parts
  const files = certificateFiles(reader, url!.host)
  if (reader.isSet('mattermost_nginx.ssl_certificate')) {
    if (said && !shared)
      reader.warn(
        'letsencrypt.enable',
        `${files.certificate} is named as the certificate, so none is asked for. Remove mattermost_nginx['ssl_certificate'] to get one from Let's Encrypt.`,
      )
    return false
  }
  if (said && !shared) return true
  if (said === undefined && (!found.writable || isIP(url!.host) !== 0 || PRIVATE.test(url!.host))) return false
  return found.letsencryptAutoEnabled || !existsSync(onDisk(context.paths, files.certificate))
}

/** A minute that is always the same for one host and differs between hosts, so that not everybody renews at once. */
function minuteOf(host: string): number {
  let sum = 0
  for (const byte of Buffer.from(host)) sum = (sum * 31 + byte) % 60
  return sum
}
