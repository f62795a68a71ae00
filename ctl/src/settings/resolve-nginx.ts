import type { Reader } from './reader.ts'
import { resolveVhost } from './resolve-vhost.ts'
import type { NginxHttp, NginxSettings, ServiceUrl } from './settings.ts'

const GZIP_TYPES = [
  'text/plain',
  'text/css',
  'application/javascript',
  'text/javascript',
  'application/json',
  'application/xml',
  'text/xml',
  'image/svg+xml',
]

/** nginx: whether it serves the chat, and how. `letsencrypt` turns the redirect from http on. */
export function resolveNginx(
  reader: Reader,
  service: { enabled: boolean; url: ServiceUrl | undefined },
  letsencrypt: boolean,
): NginxSettings {
  const whole = reader.flag('nginx.enable', true)
  const own = reader.flag('mattermost_nginx.enable', service.enabled)
  if (!whole && own && service.enabled)
    reader.warn(
      'nginx.enable',
      "nginx['enable'] is false: nothing on this machine passes requests on to the chat. Serve it with another proxy, or remove the line.",
    )
  return {
    enabled: service.enabled && whole && own,
    directory: reader.path('mattermost_nginx.dir', reader.path('nginx.dir', '/var/opt/gitlab/nginx')),
    logDirectory: reader.path(
      'mattermost_nginx.log_directory',
      reader.path('nginx.log_directory', '/var/log/gitlab/nginx'),
    ),
    user: reader.word('web_server.username', 'gitlab-www'),
    group: reader.word('web_server.group', 'gitlab-www'),
    http: resolveHttp(reader),
    vhost: resolveVhost(reader, service.url, letsencrypt),
  }
}

function resolveHttp(reader: Reader): NginxHttp {
  const word = (key: string, otherwise: string): string => reader.word(`nginx.${key}`, otherwise)
  return {
    workerProcesses: word('worker_processes', 'auto'),
    workerConnections: reader.integer('nginx.worker_connections', { min: 1, max: 1_000_000 }, 10_240),
    sendfile: word('sendfile', 'on'),
    tcpNopush: word('tcp_nopush', 'on'),
    tcpNodelay: word('tcp_nodelay', 'on'),
    hideServerTokens: word('hide_server_tokens', 'off'),
    gzip: reader.flag('nginx.gzip_enabled', true) ? word('gzip', 'on') : 'off',
    gzipHttpVersion: word('gzip_http_version', '1.1'),
    gzipCompLevel: word('gzip_comp_level', '2'),
    gzipProxied: word('gzip_proxied', 'any'),
    gzipTypes: reader.list('nginx.gzip_types', GZIP_TYPES),
    keepaliveTimeout: word('keepalive_timeout', '65'),
    keepaliveTime: word('keepalive_time', '1h'),
    serverNamesHashBucketSize: word('server_names_hash_bucket_size', '64'),
    proxyCachePath: word('proxy_cache_path', 'keys_zone=gitlab:10m max_size=1g levels=1:2').replace(
      /^proxy_cache\s+/,
      '',
    ),
    proxyCache: word('proxy_cache', 'gitlab'),
    customConfig: reader.text('nginx.custom_nginx_config', ''),
    status: {
      enabled: reader.flag('nginx.status.enable', true),
      listenAddresses: reader.list('nginx.status.listen_addresses', ['*']),
      fqdn: word('status.fqdn', 'localhost'),
      port: reader.integer('nginx.status.port', { min: 1, max: 65_535 }, 8060),
      metrics: reader.flag('nginx.status.vts_enable', true),
      options: statusOptions(reader),
    },
  }
}

/** Directives of the status page; the administrator's replace those of the same name. */
function statusOptions(reader: Reader): Record<string, string | string[]> {
  const options: Record<string, string | string[]> = {
    server_tokens: 'off',
    access_log: 'off',
    allow: '127.0.0.1',
    deny: 'all',
  }
  for (const key of reader.hash('nginx.status.options').keys()) {
    const values = reader.list(`nginx.status.options.${key}`, [])
    options[key] = values.length === 1 ? values[0]! : values
  }
  return options
}
