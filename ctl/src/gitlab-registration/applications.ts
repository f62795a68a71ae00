import type pg from 'pg'
import { urisOf } from './callback-uris.ts'
import { formOf } from './secrets.ts'
import type { SecretForm } from './secrets.ts'
import type { Column } from './table.ts'

/** A row of `oauth_applications`; columns that this GitLab does not have read as their default. */
export interface Application {
  readonly id: string
  readonly name: string
  readonly uid: string
  /** as stored */
  readonly secret: string
  readonly uris: readonly string[]
  readonly scopes: readonly string[]
  readonly trusted: boolean
  readonly confidential: boolean
  /** belongs to a person or a group, not to the instance */
  readonly owned: boolean
  /** registered itself, without anybody's consent */
  readonly dynamic: boolean
}

/** The application with this id, locked until the end of the transaction if it is to be changed. */
export async function findByUid(client: pg.Client, uid: string, lock = ''): Promise<Application | null> {
  const { rows } = await client.query(`SELECT * FROM oauth_applications WHERE uid = $1 ${lock && 'FOR UPDATE'}`, [uid])
  return rows[0] ? applicationOf(rows[0]) : null
}

/**
 * The instance's applications that lead to a path where chat servers end their sign-in, oldest first, locked. Those
 * of a person and those that registered themselves are left out: somebody else knows their secret.
 */
export async function findChatApplications(client: pg.Client): Promise<Application[]> {
  const { rows } = await client.query(
    `SELECT * FROM oauth_applications WHERE redirect_uri LIKE '%/gitlab/complete%' ORDER BY id LIMIT 1000 FOR UPDATE`,
  )
  return rows.map(applicationOf).filter((one) => !one.owned && !one.dynamic)
}

/** The newest form in which secrets stand in the table: this GitLab reads it, because it wrote it. */
export async function formInUse(client: pg.Client): Promise<SecretForm> {
  const { rows } = await client.query<{ secret: string }>(
    'SELECT secret FROM oauth_applications ORDER BY id DESC LIMIT 1000',
  )
  const forms = new Set(rows.map((row) => formOf(row.secret)))
  if (forms.has('sha512')) return 'sha512'
  return forms.has('pbkdf2') ? 'pbkdf2' : 'plain'
}

/** Adds a row with these columns. */
export async function insertApplication(client: pg.Client, row: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(row)
  const places = names.map((_, at) => `$${at + 1}`)
  await client.query(
    `INSERT INTO oauth_applications (${names.map(quoted).join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(row),
  )
}

/** Changes what is given and exists in this GitLab. */
export async function updateApplication(
  client: pg.Client,
  columns: readonly Column[],
  id: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const known = Object.entries({ ...changes, updated_at: utcNow() }).filter(([name]) =>
    columns.some((column) => column.name === name),
  )
  const assignments = known.map(([name], at) => `${quoted(name)} = $${at + 2}`).join(', ')
  await client.query(`UPDATE oauth_applications SET ${assignments} WHERE id = $1`, [
    id,
    ...known.map(([, value]) => value),
  ])
}

/** Rails keeps UTC in columns without a zone. */
export const utcNow = (): string => new Date().toISOString().replace('Z', '')

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

function applicationOf(row: Record<string, unknown>): Application {
  const text = (name: string): string => (typeof row[name] === 'string' ? row[name] : '')
  return {
    id: String(row.id),
    name: text('name'),
    uid: text('uid'),
    secret: text('secret'),
    uris: urisOf(text('redirect_uri')),
    scopes: urisOf(text('scopes')),
    trusted: row.trusted === true,
    confidential: row.confidential !== false,
    owned: (row.owner_id ?? null) !== null,
    dynamic: row.dynamic === true,
  }
}
