import { DataSourceError, parseDataSource, type DataSource } from '../../../server/src/database/data-source.ts'
import { quote } from '../ruby/assign.ts'
import { accountName } from './resolve-account.ts'
import type { Reader } from './reader.ts'
import type { DatabaseSettings, LocalCluster } from './settings.ts'

/** What the settings say about the database, before the environment has its say. */
export interface DatabasePlan {
  dataSource: string
  name: string
  role: string
  local: LocalCluster
}

/** The database of the settings: `sql_data_source`, or the cluster of this machine. */
export function planDatabase(reader: Reader): DatabasePlan {
  const driver = reader.text('mattermost.sql_driver_name', 'postgres')
  if (driver !== 'postgres' && driver !== 'postgresql')
    reader.error(
      'mattermost.sql_driver_name',
      `is ${driver}; Outpost speaks PostgreSQL only. Remove the line; a MySQL database has to be moved first, for example with pgloader.`,
    )
  const directory = reader.path('postgresql.dir', '/var/opt/gitlab/postgresql')
  const local = {
    enabled: reader.flag('postgresql.enable', true),
    directory,
    socketDirectory: reader.path('postgresql.unix_socket_directory', directory),
    port: reader.integer('postgresql.port', { min: 1, max: 65_535 }, 5432),
    username: accountName(reader, 'postgresql.username', 'gitlab-psql'),
    group: accountName(reader, 'postgresql.group', 'gitlab-psql'),
    listenAddress: reader.text('postgresql.listen_address', ''),
  }
  const name = identifier(reader, 'mattermost.database_name', 'mattermost_production')
  const role = identifier(reader, 'postgresql.sql_mattermost_user', 'gitlab_mattermost')
  const standard = [
    ['user', role],
    ['host', local.socketDirectory],
    ['port', String(local.port)],
    ['dbname', name],
  ]
  const dataSource =
    reader.text('mattermost.sql_data_source') || standard.map(([key, value]) => `${key}=${keyword(value!)}`).join(' ')
  return { dataSource, name, role, local }
}

/** A value of a keyword data source, quoted where it must be. */
const keyword = (value: string): string => (/^[^\s'\\]+$/.test(value) ? value : `'${value.replace(/[\\']/g, '\\$&')}'`)

/** A name in PostgreSQL: up to 63 bytes. */
function identifier(reader: Reader, path: string, otherwise: string): string {
  const name = reader.text(path, otherwise)
  if (name !== '' && Buffer.byteLength(name) <= 63 && !/[\0\r\n]/.test(name)) return name
  reader.error(path, 'must be a name of 1 to 63 bytes.')
  return otherwise
}

/** The database that the service will really use: the environment may name another data source. */
export function resolveDatabase(
  reader: Reader,
  plan: DatabasePlan,
  env: Record<string, string>,
): DatabaseSettings | undefined {
  const inEnv = reader.isSet('mattermost.env.MM_SQLSETTINGS_DATASOURCE')
  const path = inEnv ? 'mattermost.env.MM_SQLSETTINGS_DATASOURCE' : 'mattermost.sql_data_source'
  const dataSource = env.MM_SQLSETTINGS_DATASOURCE || plan.dataSource
  const parsed = readDataSource(reader, path, dataSource, env)
  if (!parsed) return undefined
  for (const warning of parsed.warnings) reader.warn(path, `${quote(path)}: ${warning}`)
  const { local } = plan
  const manage = local.enabled && parsed.host === local.socketDirectory && parsed.port === local.port
  return {
    dataSource,
    parsed,
    manage,
    name: manage ? parsed.database : plan.name,
    role: manage ? parsed.user : plan.role,
    local,
  }
}

function readDataSource(
  reader: Reader,
  path: string,
  text: string,
  env: Record<string, string>,
): DataSource | undefined {
  try {
    return parseDataSource(text, env)
  } catch (error) {
    if (!(error instanceof DataSourceError)) throw error
    reader.error(path, `cannot be used: ${error.message}`)
    return undefined
  }
}
