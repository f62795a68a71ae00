import { onDisk, type Paths } from '../context.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * The settings with every place below the root prefix, so that services which know nothing of the prefix find their
 * files. Without a prefix they stay as they are.
 */
export function rooted(settings: Settings, paths: Paths): Settings {
  if (paths.root === '') return settings
  const at = (path: string): string =>
    !path.startsWith('/') || path === paths.root || path.startsWith(`${paths.root}/`) ? path : onDisk(paths, path)
  const { account, directories, database, nginx, letsencrypt } = settings
  const { local } = database
  const { ssl } = nginx.vhost
  const host = database.parsed.host
  // What the system brings, such as its certificates, is the same for every prefix.
  const own = new Set<string>(Object.values(directories))
  // Both forms of a data source name the socket's folder as they name any host.
  const inText = (text: string): string =>
    host.startsWith('/')
      ? text.replace(host, at(host)).replace(encodeURIComponent(host), encodeURIComponent(at(host)))
      : text
  return {
    ...settings,
    account: { ...account, home: at(account.home) },
    directories: mapValues(directories, at),
    env: mapValues(settings.env, (value) =>
      value === database.dataSource ? inText(value) : own.has(value) ? at(value) : value,
    ),
    database: {
      ...database,
      dataSource: inText(database.dataSource),
      parsed: { ...database.parsed, host: at(host) },
      local: { ...local, directory: at(local.directory), socketDirectory: at(local.socketDirectory) },
    },
    nginx: {
      ...nginx,
      directory: at(nginx.directory),
      logDirectory: at(nginx.logDirectory),
      vhost: {
        ...nginx.vhost,
        ssl: {
          ...ssl,
          certificate: at(ssl.certificate),
          certificateKey: at(ssl.certificateKey),
          clientCertificate: at(ssl.clientCertificate),
          dhparam: at(ssl.dhparam),
          passwordFile: at(ssl.passwordFile),
        },
      },
    },
    letsencrypt: {
      ...letsencrypt,
      webroot: at(letsencrypt.webroot),
      renewLogDirectory: at(letsencrypt.renewLogDirectory),
    },
  }
}

function mapValues<T extends object>(object: T, change: (value: string) => string): T {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(String(value))])) as T
}
