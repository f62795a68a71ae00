import type { Settings } from '../settings/settings.ts'
import { block, type Line } from './block.ts'

/** What the nginx in use can do. */
export interface NginxAbilities {
  /** knows the directive `http2`, which is since 1.25.1 how HTTP/2 is switched on */
  readonly http2Directive: boolean
}

/** Not GitLab's names: until 18.11 its nginx declares those itself, and refuses to start with them declared twice. */
const UPSTREAM = 'outpost'
const LOG_FORMAT = 'outpost_access'
/** Names of GitLab's package, so that what watches these files goes on working. */
export const ACCESS_LOG = 'gitlab_mattermost_access.log'
export const ERROR_LOG = 'gitlab_mattermost_error.log'

/**
 * The chat's part of nginx's http section: upstream, maps, log format and servers. It stands on its own, so that it
 * can be included by an nginx that somebody else looks after.
 */
export function virtualHost(settings: Settings, abilities: NginxAbilities): string {
  const { vhost } = settings.nginx
  const { address, port } = settings.listen
  return [
    '# Written by outpost-ctl reconfigure; changes made here are lost. Change the settings instead.',
    '',
    ...block(`upstream ${UPSTREAM}`, [`server ${upstreamAddress(address, port)};`]),
    '',
    ...block('map $http_upgrade $connection_upgrade', ['default upgrade;', "'' close;"]),
    ...filterMaps(),
    logFormat(vhost.logFormat, vhost.logFormatEscape),
    '',
    ...redirectServer(settings),
    ...mainServer(settings, abilities),
    '',
  ].join('\n')
}

/** A service that listens on every address is reached on this machine's own. */
function upstreamAddress(address: string, port: number): string {
  if (address === '' || address === '0.0.0.0') return `127.0.0.1:${port}`
  if (address === '::' || address === '[::]') return `[::1]:${port}`
  return address.includes(':') && !address.startsWith('[') ? `[${address}]:${port}` : `${address}:${port}`
}

const HIDDEN = ['private[-_]token', 'authenticity[-_]token', 'rss[-_]token', 'token']

/** Tokens must not end in a log: their values are left out of the address, and the referrer loses its query. */
function filterMaps(): Line[] {
  const steps = HIDDEN.flatMap((name, at) => {
    const from = at === 0 ? '$request_uri' : `$chat_request_uri_${at}`
    const to = at === HIDDEN.length - 1 ? '$filtered_request_uri' : `$chat_request_uri_${at + 1}`
    const pattern = `"~(?i)^(?<chat_start_${at}>.*[?&]${name})=[^&]*(?<chat_rest_${at}>.*)$"`
    return block(`map ${from} ${to}`, [
      `default ${from};`,
      `${pattern} "$chat_start_${at}=[FILTERED]$chat_rest_${at}";`,
    ])
  })
  const referer = ['default $http_referer;', '"~^(?<chat_referer>[^?]*)[?]" $chat_referer;']
  return [...steps, ...block('map $http_referer $filtered_http_referer', referer)]
}

function logFormat(format: string, escape: string): string {
  const kind = escape === '' || escape === 'default' ? '' : `escape=${escape} `
  return `log_format ${LOG_FORMAT} ${kind}'${format.replaceAll("'", String.raw`\'`)}';`
}

function listenLines(addresses: readonly string[], port: number, flags: readonly string[]): Line[] {
  return addresses.map((address) => `listen ${[`${address}:${port}`, ...flags].join(' ')};`)
}

/** Plain HTTP beside HTTPS: the redirect, and the place where a certificate authority looks for its proof. */
function redirectServer({ nginx: { vhost }, letsencrypt, url }: Settings): Line[] {
  const port = vhost.redirectHttpToHttpsPort
  if (!vhost.https || port === vhost.listenPort || !(vhost.redirectHttpToHttps || letsencrypt.enabled)) return []
  const otherwise = vhost.redirectHttpToHttps
    ? `return 301 https://${hostInUrl(vhost.serverName)}:${url?.port ?? vhost.listenPort}$request_uri;`
    : 'return 404;'
  return [
    ...block('server', [
      ...listenLines(vhost.listenAddresses, port, vhost.proxyProtocol ? ['proxy_protocol'] : []),
      `server_name ${vhost.serverName};`,
      'server_tokens off;',
      ...acmeLocation(letsencrypt.enabled, letsencrypt.webroot),
      ...block('location /', [otherwise]),
    ]),
    '',
  ]
}

const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)

function mainServer(settings: Settings, abilities: NginxAbilities): Line[] {
  const { vhost, logDirectory } = settings.nginx
  const flags = [...(vhost.proxyProtocol ? ['proxy_protocol'] : []), ...(vhost.https ? ['ssl'] : [])]
  const http2 = vhost.https && vhost.http2
  return block('server', [
    ...listenLines(vhost.listenAddresses, vhost.listenPort, [
      ...flags,
      ...(http2 && !abilities.http2Directive ? ['http2'] : []),
    ]),
    http2 && abilities.http2Directive && 'http2 on;',
    `server_name ${vhost.serverName};`,
    'server_tokens off;',
    `client_max_body_size ${vhost.clientMaxBodySize};`,
    ...(vhost.https ? tlsLines(settings) : []),
    ...realIpLines(settings),
    vhost.hstsMaxAge > 0 &&
      `add_header Strict-Transport-Security "max-age=${vhost.hstsMaxAge}${vhost.hstsIncludeSubdomains ? '; includeSubdomains' : ''}" always;`,
    vhost.referrerPolicy && `add_header Referrer-Policy ${vhost.referrerPolicy};`,
    `access_log ${logDirectory}/${ACCESS_LOG} ${LOG_FORMAT};`,
    `error_log ${logDirectory}/${ERROR_LOG} ${vhost.errorLogLevel};`,
    ...webSocketLocation(settings, '~ /api/v[0-9]+/(users/)?websocket$'),
    ...webSocketLocation(settings, '~ /plugins/focalboard/ws/*'),
    ...acmeLocation(settings.letsencrypt.enabled, settings.letsencrypt.webroot),
    ...rootLocation(settings),
    ...customLines(vhost.custom),
  ])
}

/** The administrator's own text, which may name what GitLab's package declared. */
function customLines(text: string): Line[] {
  if (text === '') return []
  const named = text
    .replaceAll(/(?<=http:\/\/)gitlab_mattermost\b/g, UPSTREAM)
    .replaceAll(/\bgitlab_mattermost_access(?=\s*;)/g, LOG_FORMAT)
  return named.trimEnd().split('\n')
}

function tlsLines({ nginx: { vhost } }: Settings): (Line | false)[] {
  const { ssl } = vhost
  return [
    `ssl_certificate ${ssl.certificate};`,
    `ssl_certificate_key ${ssl.certificateKey};`,
    ssl.passwordFile !== '' && `ssl_password_file ${ssl.passwordFile};`,
    ssl.clientCertificate !== '' && `ssl_client_certificate ${ssl.clientCertificate};`,
    ssl.verifyClient !== '' && `ssl_verify_client ${ssl.verifyClient};`,
    ssl.verifyClient !== '' && `ssl_verify_depth ${ssl.verifyDepth};`,
    `ssl_ciphers '${ssl.ciphers}';`,
    `ssl_protocols ${ssl.protocols};`,
    `ssl_prefer_server_ciphers ${ssl.preferServerCiphers};`,
    `ssl_session_cache ${ssl.sessionCache};`,
    `ssl_session_timeout ${ssl.sessionTimeout};`,
    ssl.dhparam !== '' && `ssl_dhparam ${ssl.dhparam};`,
    ssl.ecdhCurve !== '' && `ssl_ecdh_curve ${ssl.ecdhCurve};`,
    ...ssl.confCommands.map((command) => `ssl_conf_command ${command};`),
  ]
}

function realIpLines({ nginx: { vhost } }: Settings): (Line | false)[] {
  const { header, recursive, trustedAddresses } = vhost.realIp
  return [
    header !== '' && `real_ip_header ${header};`,
    recursive !== '' && `real_ip_recursive ${recursive};`,
    ...trustedAddresses.map((address) => `set_real_ip_from ${address};`),
  ]
}

function webSocketLocation({ nginx: { vhost } }: Settings, place: string): Line[] {
  return block(`location ${place}`, [
    ...headerLines(vhost.proxySetHeaders),
    'proxy_http_version 1.1;',
    `client_max_body_size ${vhost.clientMaxBodySize};`,
    'proxy_buffers 256 16k;',
    'proxy_buffer_size 16k;',
    'client_body_timeout 60;',
    'send_timeout 300;',
    'lingering_timeout 5;',
    'proxy_connect_timeout 90;',
    'proxy_send_timeout 300;',
    `proxy_read_timeout ${vhost.proxyReadTimeout};`,
    `proxy_pass http://${UPSTREAM};`,
  ])
}

function acmeLocation(enabled: boolean, webroot: string): Line[] {
  if (!enabled) return []
  return block('location /.well-known/acme-challenge/', [`root ${webroot};`])
}

function rootLocation({ nginx: { vhost } }: Settings): Line[] {
  const size = vhost.proxyCustomBufferSize
  return block('location /', [
    // Compressed answers over TLS would let an attacker guess secrets by their size (BREACH).
    vhost.https && 'gzip off;',
    `proxy_read_timeout ${vhost.proxyReadTimeout};`,
    `proxy_connect_timeout ${vhost.proxyConnectTimeout};`,
    'proxy_redirect off;',
    size !== '' && `proxy_buffers 8 ${size};`,
    size !== '' && `proxy_buffer_size ${size};`,
    ...headerLines(vhost.proxySetHeaders),
    'proxy_http_version 1.1;',
    `proxy_pass http://${UPSTREAM};`,
  ])
}

function headerLines(headers: Readonly<Record<string, string>>): Line[] {
  return Object.entries(headers).map(([name, value]) => `proxy_set_header ${name} ${quoted(value)};`)
}

/** Bare where nginx needs no quotes. */
function quoted(value: string): string {
  return /^[\w$.:/-]+$/.test(value) ? value : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
