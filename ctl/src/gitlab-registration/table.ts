import type pg from 'pg'
import { RegistrationError } from './registration.ts'

/** A column of `oauth_applications` as the live database has it. */
export interface Column {
  readonly name: string
  /** as PostgreSQL writes it, without length */
  readonly type: string
  /** an INSERT that leaves the column out fails */
  readonly demanded: boolean
  /** the table and column it refers to */
  readonly references: { readonly table: string; readonly column: string } | null
}

const NEEDED = ['id', 'name', 'uid', 'secret', 'redirect_uri']

/**
 * The table's columns. GitLab adds some in almost every year, so nothing is assumed but the five that never changed.
 * NOT NULL may also be a check constraint, because GitLab tightens columns that way.
 */
export async function readColumns(client: pg.Client): Promise<Column[]> {
  const { rows } = await client.query<{
    name: string
    type: string
    demanded: boolean
    ref_table: string | null
    ref_column: string | null
  }>(`
    SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, refs.ref_table, refs.ref_column,
      NOT a.atthasdef AND a.attidentity = '' AND (a.attnotnull OR EXISTS (
        SELECT FROM pg_catalog.pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'c'
          AND pg_get_constraintdef(c.oid) ~* ('^CHECK \\(\\(+"?' || a.attname || '"? IS NOT NULL\\)'))) AS demanded
    FROM pg_catalog.pg_attribute a
    LEFT JOIN LATERAL (
      SELECT c.confrelid::regclass::text AS ref_table, quote_ident(f.attname) AS ref_column
      FROM pg_catalog.pg_constraint c
      JOIN pg_catalog.pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
      WHERE c.conrelid = a.attrelid AND c.contype = 'f' AND c.conkey = ARRAY[a.attnum] LIMIT 1) refs ON true
    WHERE a.attrelid = to_regclass('oauth_applications') AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY a.attnum LIMIT 200`)
  const names = new Set(rows.map((row) => row.name))
  const missing = NEEDED.filter((name) => !names.has(name))
  if (missing.length > 0) throw notGitLab(client, rows.length === 0 ? [] : missing)
  return rows.map(({ name, type, demanded, ref_table: table, ref_column: column }) => ({
    name,
    type,
    demanded,
    references: table && column ? { table, column } : null,
  }))
}

function notGitLab(client: pg.Client, missing: string[]): RegistrationError {
  const what =
    missing.length > 0
      ? `its table oauth_applications has no ${missing.join(', ')}`
      : 'it has no table oauth_applications'
  const how = "Name GitLab's own database (gitlabhq_production in its package), not the chat server's."
  return new RegistrationError('not_gitlab', `The database ${client.database ?? ''} is not GitLab's: ${what}. ${how}`)
}

/** What every application of ours has where the column exists; the rest is the caller's or the database's. */
const FIXED: Record<string, unknown> = {
  trusted: true,
  confidential: true,
  expire_access_tokens: true,
  ropc_enabled: false,
  dynamic: false,
  device_code_enabled: false,
}

const NEUTRAL: readonly (readonly [RegExp, unknown])[] = [
  [/^boolean$/, false],
  [/^(smallint|integer|bigint|numeric|real|double precision)$/, 0],
  [/^(text|character varying|character|citext)$/, ''],
  [/^jsonb?$/, '{}'],
  [/\[\]$/, '{}'],
  [/^(date|timestamp )/, 'now'],
]

/**
 * Values for a new row: those given, those fixed above, the organisation, and a neutral value for whatever else this
 * version demands. Throws RegistrationError when a column wants something that cannot be guessed.
 */
export async function completeRow(
  client: pg.Client,
  columns: readonly Column[],
  given: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const row: Record<string, unknown> = {}
  for (const column of columns) {
    if (column.name in given) row[column.name] = given[column.name]
    else if (column.name in FIXED) row[column.name] = FIXED[column.name]
    else if (column.references && (column.demanded || column.name === 'organization_id'))
      row[column.name] = await firstOf(client, column)
    else if (column.demanded) row[column.name] = neutral(column)
  }
  return row
}

/** GitLab's default organisation has the lowest id; so have other tables' rows of the instance itself. */
async function firstOf(client: pg.Client, column: Column): Promise<unknown> {
  const { table, column: key } = column.references!
  const { rows } = await client.query<{ first: unknown }>(`SELECT min(${key}) AS first FROM ${table}`)
  const first = rows[0]?.first ?? null
  if (first === null && column.demanded) {
    const why = `Its column ${column.name} refers to ${table}, which is empty`
    throw new RegistrationError(
      'column',
      `GitLab's application cannot be created. ${why}: finish GitLab's own set-up first.`,
    )
  }
  return first
}

function neutral({ name, type }: Column): unknown {
  const found = NEUTRAL.find(([pattern]) => pattern.test(type))
  if (found) return found[1]
  const why = `This GitLab demands a column ${name} of type ${type}, which is not known here`
  const how = 'Register the application in the Admin area of GitLab, under Applications.'
  throw new RegistrationError('column', `GitLab's application cannot be created. ${why}. ${how}`)
}
