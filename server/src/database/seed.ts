import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ClientBase } from 'pg'
import { newId } from '../ids.ts'

const at = (file: string): URL => new URL(`../../migrations/${file}`, import.meta.url)

interface SchemaFile {
  migrations: [version: number, name: string][]
  tables: Record<string, unknown>
  materializedViews: Record<string, unknown>
}

interface DefaultRole {
  name: string
  displayname: string
  description: string
  schememanaged: boolean
  builtin: boolean
  permissions: string[]
}

const schema = JSON.parse(readFileSync(at('schema-141.json'), 'utf8')) as SchemaFile

/** Mattermost's migrations up to 10.11: number and name, as `db_migrations` holds them (110 never existed). */
export const mattermostMigrations: readonly (readonly [version: number, name: string])[] = schema.migrations

/** Names of all tables and materialized views that migration 0001 makes. */
export const mattermostTables: readonly string[] = [
  ...Object.keys(schema.tables),
  ...Object.keys(schema.materializedViews),
]

/** The built-in roles of 10.11 with the permissions a fresh server has, in no particular order. */
export const defaultRoles: readonly DefaultRole[] = JSON.parse(readFileSync(at('roles-10.11.json'), 'utf8'))

/**
 * Markers of data migrations that 10.11 looks for at start. One that is missing makes it run that migration again,
 * which resets changed roles or refuses to start, so a new database carries all of them.
 */
export const migrationMarkers: readonly string[] = `
  AdvancedPermissionsMigrationComplete EmojisPermissionsMigrationComplete GuestRolesCreationMigrationComplete
  SystemConsoleRolesCreationMigrationComplete ContentExtractionConfigDefaultTrueMigrationComplete
  PlaybookRolesCreationMigrationComplete CRTChannelMembershipCountsMigrationComplete
  CRTThreadCountsAndUnreadsMigrationComplete CustomGroupAdminRoleCreationMigrationComplete RemainingSchemaMigrations
  PostPriorityConfigDefaultTrueMigrationComplete migration_advanced_permissions_phase_2
  migration_sidebar_categories_phase_2 s3_path_migration delete_empty_drafts_migration delete_orphan_drafts_migration
  delete_dms_preferences_migration emoji_permissions_split webhook_permissions_split list_join_public_private_teams
  remove_permanent_delete_user add_bot_permissions apply_channel_manage_delete_to_channel_user
  remove_channel_manage_delete_from_team_user view_members_new_permission add_manage_guests_permissions
  channel_moderations_permissions add_use_group_mentions_permission add_system_console_permissions
  add_convert_channel_permissions manage_shared_channel_permissions manage_secure_connections_permissions
  add_system_roles_permissions add_billing_permissions download_compliance_export_results
  experimental_subsection_permissions authentication_subsection_permissions integrations_subsection_permissions
  site_subsection_permissions compliance_subsection_permissions environment_subsection_permissions
  about_subsection_permissions reporting_subsection_permissions test_email_ancillary_permission
  playbooks_permissions custom_groups_permissions playbooks_manage_roles products_boards
  custom_groups_permission_restore read_channel_content_permissions add_ip_filtering_permissions
  add_outgoing_oauth_connections_permissions add_channel_bookmarks_permissions
  add_manage_jobs_ancillary_permissions add_upload_file_permission
  restrict_access_to_channel_conversion_to_public_permissions fix_read_audits_permission
  remove_get_analytics_permission add_sysconsole_mobile_security_permission add_channel_banner_permissions`
  .trim()
  .split(/\s+/)

/** Writes the rows that a fresh 10.11 server has after its first start. Runs inside the transaction of migration 0001. */
export async function seedNewDatabase(client: ClientBase, now: number = Date.now()): Promise<void> {
  await client.query(
    'INSERT INTO db_migrations (version, name) SELECT * FROM unnest($1::bigint[], $2::varchar[])',
    columns(mattermostMigrations),
  )
  const roles = defaultRoles.map(({ permissions, ...role }) => ({
    id: newId(),
    ...role,
    createat: now,
    updateat: now,
    deleteat: 0,
    // Mattermost writes a blank before each permission.
    permissions: permissions.map((permission) => ` ${permission}`).join(''),
  }))
  await client.query('INSERT INTO roles SELECT * FROM json_populate_recordset(NULL::roles, $1::json)', [
    JSON.stringify(roles),
  ])
  await client.query(
    'INSERT INTO systems (name, value) SELECT * FROM unnest($1::varchar[], $2::varchar[])',
    columns(systemRows(now)),
  )
}

function systemRows(now: number): [name: string, value: string][] {
  return [
    ['DiagnosticId', newId()],
    ['InstallationDate', String(now)],
    ['FirstServerRunTimestamp', String(now)],
    ['AsymmetricSigningKey', newSigningKey()],
    ['PostActionCookieSecret', JSON.stringify({ key: randomBytes(32).toString('base64') })],
    ...migrationMarkers.map((marker): [string, string] => [marker, 'true']),
  ]
}

/** A P-256 key with its numbers as bare decimal integers, too long for JSON.stringify, which would round them. */
export function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' })
  const decimal = (part: unknown): bigint => BigInt(`0x${Buffer.from(String(part), 'base64url').toString('hex')}`)
  return `{"ecdsa_key":{"curve":"P-256","x":${decimal(jwk.x)},"y":${decimal(jwk.y)},"d":${decimal(jwk.d)}}}`
}

function columns<A, B>(rows: readonly (readonly [A, B])[]): [A[], B[]] {
  return [rows.map((row) => row[0]), rows.map((row) => row[1])]
}
