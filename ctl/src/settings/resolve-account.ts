import type { Reader } from './reader.ts'
import type { Account, Directories } from './settings.ts'

const NAME = /^[a-z_][a-z0-9_-]{0,31}$/i
/** Folders that belong to the system: the service must not come to own one of them. */
const SYSTEM =
  /^(\/|\/(bin|boot|dev|etc|home|lib|lib64|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)|\/usr\/\w+|\/var\/(log|lib|opt|cache|tmp|spool|run|www)|\/etc\/(gitlab|outpost|ssl)|\/opt\/gitlab|\/var\/(opt|log)\/gitlab)$/

/** The unix account of the service. */
export function resolveAccount(reader: Reader): Account {
  const ids = { min: 1, max: 4_294_967_294 }
  return {
    manage: reader.flag('manage_accounts.enable', true),
    username: accountName(reader, 'mattermost.username', 'mattermost'),
    group: accountName(reader, 'mattermost.group', 'mattermost'),
    uid: reader.integer('mattermost.uid', ids),
    gid: reader.integer('mattermost.gid', ids),
    home: folder(reader, 'mattermost.home', '/var/opt/gitlab/mattermost'),
  }
}

/** A name that useradd accepts, and not root. */
export function accountName(reader: Reader, path: string, otherwise: string): string {
  const name = reader.text(path, otherwise)
  if (name === 'root') reader.error(path, 'must not be root.')
  else if (NAME.test(name)) return name
  else reader.error(path, 'must be an account name: letters, digits, - and _, at most 32, and no digit first.')
  return otherwise
}

/** A folder that the service may own. */
function folder(reader: Reader, path: string, otherwise: string): string {
  const name = reader.path(path, otherwise)
  if (!SYSTEM.test(name) && !name.split('/').includes('..')) return name
  reader.error(path, `is ${name}, which belongs to the system. Name a folder of the service's own.`)
  return otherwise
}

/** Where the service keeps things. As in GitLab's package, only config.json follows `home`; the other defaults are fixed paths. */
export function resolveDirectories(reader: Reader, home: string): Directories {
  return {
    home,
    files: folder(reader, 'mattermost.file_directory', '/var/opt/gitlab/mattermost/data'),
    plugins: folder(reader, 'mattermost.plugin_directory', '/var/opt/gitlab/mattermost/plugins'),
    clientPlugins: folder(reader, 'mattermost.plugin_client_directory', '/var/opt/gitlab/mattermost/client-plugins'),
    logs: folder(reader, 'mattermost.log_file_directory', '/var/log/gitlab/mattermost'),
    env: folder(reader, 'mattermost.env_directory', '/opt/gitlab/etc/mattermost/env'),
    configFile: `${home}/config.json`,
  }
}
