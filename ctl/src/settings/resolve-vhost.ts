import type { Reader } from './reader.ts'
import type { NginxVhost, ServiceUrl } from './settings.ts'

/** Mozilla's "intermediate" list. */
const CIPHERS = [
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'DHE-RSA-AES128-GCM-SHA256',
  'DHE-RSA-AES256-GCM-SHA384',
].join(':')

/** Without the query strings, which may hold tokens. */
const LOG_FORMAT =
  '$remote_addr - $remote_user [$time_local] "$request_method $filtered_request_uri $server_protocol" $status $body_bytes_sent "$filtered_http_referer" "$http_user_agent" $gzip_ratio'

const PORT = { min: 1, max: 65_535 }
const key = (name: string): string => `mattermost_nginx.${name}`

/** Certificate and key that are used when the settings name none. */
export function certificateFiles(reader: Reader, host: string): { certificate: string; key: string } {
  return {
    certificate: reader.path(key('ssl_certificate'), `/etc/gitlab/ssl/${host}.crt`),
    key: reader.path(key('ssl_certificate_key'), `/etc/gitlab/ssl/${host}.key`),
  }
}

/** The listener speaks TLS: `listen_https`, else as the URL has it. */
export function listensHttps(reader: Reader, url: ServiceUrl | undefined): boolean {
  return reader.flag(key('listen_https'), url?.https ?? false)
}

/** The virtual host. `mattermost_nginx` takes nothing of what the administrator wrote into `nginx`, as in GitLab's package. */
export function resolveVhost(reader: Reader, url: ServiceUrl | undefined, letsencrypt: boolean): NginxVhost {
  const word = (name: string, otherwise = ''): string => reader.word(key(name), otherwise)
  const proxyProtocol = reader.flag(key('proxy_protocol'), false)
  return {
    serverName: url?.host ?? '',
    listenAddresses: reader.list(key('listen_addresses'), ['*']),
    listenPort: reader.integer(key('listen_port'), PORT, url?.port ?? 80),
    https: listensHttps(reader, url),
    redirectHttpToHttps: reader.flag(key('redirect_http_to_https'), letsencrypt),
    redirectHttpToHttpsPort: reader.integer(key('redirect_http_to_https_port'), PORT, 80),
    proxyProtocol,
    ssl: resolveSsl(reader, url?.host ?? ''),
    http2: reader.flag(key('http2_enabled'), true),
    hstsMaxAge: hstsMaxAge(reader),
    hstsIncludeSubdomains: reader.flag(key('hsts_include_subdomains'), false),
    referrerPolicy: switchable(reader, 'referrer_policy', 'strict-origin-when-cross-origin'),
    clientMaxBodySize: word('client_max_body_size', '0'),
    proxyReadTimeout: word('proxy_read_timeout', '3600'),
    proxyConnectTimeout: word('proxy_connect_timeout', '300'),
    proxySetHeaders: proxyHeaders(reader, url, proxyProtocol),
    proxyCustomBufferSize: word('proxy_custom_buffer_size'),
    realIp: {
      header: word('real_ip_header', proxyProtocol ? 'proxy_protocol' : ''),
      recursive: word('real_ip_recursive'),
      trustedAddresses: reader.list(key('real_ip_trusted_addresses'), []),
    },
    logFormat: reader.text(key('log_format'), LOG_FORMAT),
    logFormatEscape: word('log_format_escape', 'default'),
    errorLogLevel: word('error_log_level', 'error'),
    custom: reader.text(key('custom_gitlab_mattermost_server_config'), ''),
  }
}

function resolveSsl(reader: Reader, host: string): NginxVhost['ssl'] {
  const word = (name: string, otherwise = ''): string => reader.word(key(name), otherwise)
  const files = certificateFiles(reader, host)
  return {
    certificate: files.certificate,
    certificateKey: files.key,
    clientCertificate: word('ssl_client_certificate'),
    verifyClient: word('ssl_verify_client'),
    verifyDepth: word('ssl_verify_depth', '1'),
    ciphers: word('ssl_ciphers', CIPHERS),
    preferServerCiphers: word('ssl_prefer_server_ciphers', 'off'),
    protocols: word('ssl_protocols', 'TLSv1.2 TLSv1.3'),
    sessionCache: word('ssl_session_cache', 'shared:SSL:10m'),
    sessionTimeout: word('ssl_session_timeout', '1d'),
    dhparam: word('ssl_dhparam'),
    ecdhCurve: word('ssl_ecdh_curve'),
    confCommands: reader.list(key('ssl_conf_command'), []),
    passwordFile: word('ssl_password_file'),
  }
}

/** Seconds; an explicit nil, or anything that is not above zero, switches the header off. */
function hstsMaxAge(reader: Reader): number {
  const path = key('hsts_max_age')
  if (reader.isNil(path) || reader.value(path) === false) return 0
  return Math.max(0, reader.integer(path, { min: -1, max: 4_294_967_295 }, 63_072_000))
}

/** A text that an explicit nil or false switches off. */
function switchable(reader: Reader, name: string, otherwise: string): string {
  if (reader.isNil(key(name)) || reader.value(key(name)) === false) return ''
  return reader.word(key(name), otherwise)
}

/** The headers towards the service; the administrator's hash goes over them name by name, nil takes one out. */
function proxyHeaders(reader: Reader, url: ServiceUrl | undefined, proxyProtocol: boolean): Record<string, string> {
  const https = url?.https ?? false
  const headers = new Map<string, string>([
    ['Host', '$http_host'],
    ['X-Real-IP', proxyProtocol ? '$proxy_protocol_addr' : '$remote_addr'],
    ['X-Forwarded-For', proxyProtocol ? '$proxy_protocol_addr' : '$proxy_add_x_forwarded_for'],
    ['X-Forwarded-Proto', https ? 'https' : 'http'],
    ...(https ? [['X-Forwarded-Ssl', 'on'] as const] : []),
    ['X-Frame-Options', 'SAMEORIGIN'],
    ['Upgrade', '$http_upgrade'],
    ['Connection', '$connection_upgrade'],
  ])
  for (const [name, value] of reader.texts(key('proxy_set_headers'))) {
    const path = `${key('proxy_set_headers')}.${name}`
    if (!/^[\w-]+$/.test(name)) reader.error(path, 'is no name that a header can have.')
    else if (value !== null && /[\r\n\0]/.test(value)) reader.error(path, 'must be one line.')
    else if (value === null) headers.delete(name)
    else headers.set(name, value)
  }
  return Object.fromEntries(headers)
}
