import type { Settings } from '../settings/settings.ts'
import { block, type Line } from './block.ts'

/**
 * nginx.conf of an nginx that is Outpost's own. `directory` is also its prefix: relative places are below it. Below
 * `conf`, service_conf/ holds the virtual host.
 */
export function mainConfig({ nginx }: Settings): string {
  const { http } = nginx
  return [
    '# Written by outpost-ctl reconfigure; changes made here are lost. Change the settings instead.',
    `user ${nginx.user} ${nginx.group};`,
    `worker_processes ${http.workerProcesses};`,
    `pid ${nginx.directory}/nginx.pid;`,
    `error_log ${nginx.logDirectory}/error.log error;`,
    'daemon off;',
    '',
    ...block('events', [`worker_connections ${http.workerConnections};`]),
    '',
    ...block('http', [
      'default_type application/octet-stream;',
      `access_log ${nginx.logDirectory}/access.log;`,
      ...temporaryPlaces(nginx.directory),
      `sendfile ${http.sendfile};`,
      `tcp_nopush ${http.tcpNopush};`,
      `tcp_nodelay ${http.tcpNodelay};`,
      `server_tokens ${http.hideServerTokens};`,
      `keepalive_timeout ${http.keepaliveTimeout};`,
      `keepalive_time ${http.keepaliveTime};`,
      `server_names_hash_bucket_size ${http.serverNamesHashBucketSize};`,
      ...gzipLines(http),
      http.proxyCachePath !== '' && `proxy_cache_path ${nginx.directory}/proxy_cache ${http.proxyCachePath};`,
      http.proxyCachePath !== '' && http.proxyCache !== '' && `proxy_cache ${http.proxyCache};`,
      'include service_conf/outpost.conf;',
      ...statusServer(nginx),
      ...(http.customConfig ? http.customConfig.trimEnd().split('\n') : []),
    ]),
    '',
  ].join('\n')
}

/** The package's nginx would use places that belong to the distribution's. */
function temporaryPlaces(directory: string): Line[] {
  return ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${directory}/${kind}_temp;`,
  )
}

function gzipLines(http: Settings['nginx']['http']): (Line | false)[] {
  if (http.gzip !== 'on') return ['gzip off;']
  return [
    'gzip on;',
    `gzip_http_version ${http.gzipHttpVersion};`,
    `gzip_comp_level ${http.gzipCompLevel};`,
    `gzip_proxied ${http.gzipProxied};`,
    http.gzipTypes.length > 0 && `gzip_types ${http.gzipTypes.join(' ')};`,
  ]
}

/** Counters for whoever watches nginx, by default for this machine alone. */
function statusServer({ http: { status } }: Settings['nginx']): Line[] {
  if (!status.enabled) return []
  const options = Object.entries(status.options).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name} ${one};`),
  )
  const denied = options.some((line) => line.startsWith('allow ')) && !options.some((line) => line.startsWith('deny '))
  const rules = [...options, denied && 'deny all;']
  return block('server', [
    ...status.listenAddresses.map((address) => `listen ${address}:${status.port};`),
    `server_name ${status.fqdn};`,
    ...block('location /nginx_status', ['stub_status;', ...rules]),
    ...(status.metrics ? metricsLocations(rules) : []),
  ])
}

/**
 * The connections, for Prometheus, under the names that GitLab's nginx gives them. Debian's knows no traffic of single
 * hosts. `return` would answer before anybody asked who may see it, so the rules stand in a location before it.
 */
function metricsLocations(rules: readonly (Line | false)[]): Line[] {
  const name = 'nginx_vts_main_connections'
  const lines = ['active', 'reading', 'waiting', 'writing'].map(
    (state) => `${name}{status=\\"${state}\\"} $connections_${state}\\n`,
  )
  const head = `# HELP ${name} Connections of nginx\\n# TYPE ${name} gauge\\n`
  return [
    ...block('location = /metrics', [...rules, 'try_files /. @metrics;']),
    ...block('location @metrics', [
      "default_type 'text/plain; version=0.0.4';",
      'access_log off;',
      `return 200 "${head}${lines.join('')}";`,
    ]),
  ]
}
