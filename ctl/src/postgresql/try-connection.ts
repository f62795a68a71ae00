import pg from 'pg'
import { clientConfig, parseDataSource } from '../../../server/src/database/data-source.ts'

export interface Connection {
  /** such as 150004 */
  readonly version: number
  /** the role may make tables in the schema public */
  readonly mayCreate: boolean
  readonly encoding: string
}

/** Connects once with a data source and tells what it found. Rejects with the driver's or the server's own words. */
export async function work(dataSource: string): Promise<Connection> {
  const config = clientConfig(parseDataSource(dataSource, {}))
  const client = new pg.Client({ ...config, connectionTimeoutMillis: config.connectionTimeoutMillis || 15_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<Connection>(`
      SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding,
        COALESCE(has_schema_privilege('public', 'CREATE'), false) AS "mayCreate"`)
    return rows[0]!
  } finally {
    await client.end().catch(() => undefined)
  }
}
