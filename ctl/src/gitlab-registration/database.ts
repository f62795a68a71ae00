import pg from 'pg'
import { RegistrationError } from './registration.ts'
import type { GitLabDatabase, RegistrationFailure } from './registration.ts'

/** ms; somebody waits before a terminal, and GitLab's people must not wait for us */
const CONNECT_MS = 15_000
const STATEMENT_MS = 15_000

/**
 * Does the work in one transaction of GitLab's database. Two registrations at once wait for each other. What
 * PostgreSQL refuses becomes a RegistrationError that says what to do.
 */
export async function inTransaction<T>(database: GitLabDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client =
    database instanceof pg.Client ? database : new pg.Client({ connectionTimeoutMillis: CONNECT_MS, ...database })
  // A connection that breaks between two statements is noticed by the next one.
  client.on('error', ignore)
  try {
    if (client !== database) await client.connect()
    return await transaction(client, work)
  } catch (error) {
    throw error instanceof RegistrationError ? error : explained(error, client)
  } finally {
    client.off('error', ignore)
    if (client !== database) await client.end().catch(ignore)
  }
}

const ignore = (): void => undefined

async function transaction<T>(client: pg.Client, work: (client: pg.Client) => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    await client.query(`SET LOCAL statement_timeout = ${STATEMENT_MS}`)
    await client.query(`SELECT pg_advisory_xact_lock(hashtext('outpost: registration with GitLab'))`)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(ignore)
    throw error
  }
}

/** By SQLSTATE: the kind of failure, and what to do. */
const STATES: Record<string, readonly [RegistrationFailure, string]> = {
  '28': ['access', 'Check the user, the password and pg_hba.conf; beside GitLab, run this as root or gitlab-psql.'],
  '3D': ['not_gitlab', "Name GitLab's database; GitLab's package calls it gitlabhq_production."],
  '42501': ['access', 'Connect as a user who may write to oauth_applications, such as gitlab or gitlab-psql.'],
  '25006': ['read_only', 'This is a standby; run it where the primary database is.'],
  '57P03': ['busy', 'The database is starting or stopping; try again in a minute.'],
  '53300': ['busy', 'All connections are taken; try again in a minute.'],
  '57014': [
    'busy',
    'Something holds the table, perhaps an upgrade of GitLab or another registration; try again when it has finished.',
  ],
  '55P03': [
    'busy',
    'Something holds the table, perhaps an upgrade of GitLab or another registration; try again when it has finished.',
  ],
  '40': ['busy', 'Somebody else wrote at the same time; try again.'],
  '23': ['column', 'This GitLab wants a column that is not known here; register the application in its Admin area.'],
}

function explained(error: unknown, client: pg.Client): RegistrationError {
  const { code = '', message } = error as { code?: string; message: string }
  const where = `GitLab's database ${client.database ?? ''} at ${client.host}:${client.port}`
  if (error instanceof pg.DatabaseError) {
    const [kind, advice] = STATES[code] ?? STATES[code.slice(0, 2)] ?? ['refused', 'Its own log says more.']
    return new RegistrationError(kind, `${where} refused: ${message} (${code}). ${advice}`, error)
  }
  const how = 'Check that it runs and that host, port and TLS are right; beside GitLab it is a socket folder.'
  return new RegistrationError('unreachable', `${where} cannot be reached: ${message || code}. ${how}`, error)
}
