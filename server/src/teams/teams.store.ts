import { sql } from 'kysely'
import type { SelectQueryBuilder } from 'kysely'
import type { Queries } from '../database/pool.ts'
import type { DB, TeamsTable } from '../database/tables.ts'
import type { Team } from './team.ts'

type TeamRow = { [K in keyof TeamsTable]: K extends 'cloudlimitsarchived' ? boolean : TeamsTable[K] }

function teamOf(row: TeamRow & { policyid?: string | null }): Team {
  return {
    id: row.id,
    create_at: row.createat ?? 0,
    update_at: row.updateat ?? 0,
    delete_at: row.deleteat ?? 0,
    display_name: row.displayname ?? '',
    name: row.name ?? '',
    description: row.description ?? '',
    email: row.email ?? '',
    type: row.type ?? 'O',
    company_name: row.companyname ?? '',
    allowed_domains: row.alloweddomains ?? '',
    invite_id: row.inviteid ?? '',
    allow_open_invite: row.allowopeninvite ?? false,
    ...(row.lastteamiconupdate && { last_team_icon_update: row.lastteamiconupdate }),
    scheme_id: row.schemeid,
    group_constrained: row.groupconstrained,
    policy_id: row.policyid ?? null,
    cloud_limits_archived: row.cloudlimitsarchived,
  }
}

/** The team, archived or not. */
export async function findTeam(db: Queries, id: string): Promise<Team | null> {
  const row = await db.selectFrom('teams').selectAll('teams').where('teams.id', '=', id).executeTakeFirst()
  return row ? teamOf(row) : null
}

/** The team with this name in addresses, archived or not. */
export async function findTeamByName(db: Queries, name: string): Promise<Team | null> {
  const row = await db.selectFrom('teams').selectAll('teams').where('teams.name', '=', name).executeTakeFirst()
  return row ? teamOf(row) : null
}

/** The live team behind an invitation link. */
export async function findTeamByInviteId(db: Queries, inviteId: string): Promise<Team | null> {
  const row = await db
    .selectFrom('teams')
    .selectAll('teams')
    .where('teams.inviteid', '=', inviteId)
    .where((eb) => eb(eb.fn.coalesce('teams.deleteat', sql.lit(0)), '=', 0))
    .executeTakeFirst()
  return row ? teamOf(row) : null
}

/** Live teams that a user is a member of now, by display name. */
export async function findTeamsOfUser(db: Queries, userId: string): Promise<Team[]> {
  const rows = await db
    .selectFrom('teams')
    .innerJoin('teammembers', 'teammembers.teamid', 'teams.id')
    .selectAll('teams')
    .where('teammembers.userid', '=', userId)
    .where('teammembers.deleteat', '=', 0)
    .where((eb) => eb(eb.fn.coalesce('teams.deleteat', sql.lit(0)), '=', 0))
    .orderBy('teams.displayname')
    .orderBy('teams.id')
    .execute()
  return rows.map(teamOf)
}

/** Which teams a list or search is about. What is undefined does not narrow. */
export interface TeamFilter {
  /** true: only listed teams; false: only the others */
  readonly listed?: boolean
  /** the caller's own wish beside what he may see */
  readonly allowOpenInvite?: boolean
  readonly archived: boolean
  readonly term?: string
  readonly groupConstrained?: boolean
  /** leave out teams that a retention policy names */
  readonly withoutPolicy: boolean
  /** fill in policy_id */
  readonly showPolicy: boolean
}

/** One page of teams by display name, and how many there are in all. */
export async function findTeams(
  db: Queries,
  filter: TeamFilter,
  page: { offset: number; limit: number },
): Promise<{ teams: Team[]; total: number }> {
  const rows = await filtered(db.selectFrom('teams'), filter)
    .leftJoin('retentionpoliciesteams as policy', 'policy.teamid', 'teams.id')
    .selectAll('teams')
    .select(filter.showPolicy ? 'policy.policyid' : sql<string | null>`NULL`.as('policyid'))
    .orderBy('teams.displayname')
    .orderBy('teams.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
  const counted = await filtered(db.selectFrom('teams'), filter)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return { teams: rows.map(teamOf), total: counted.count }
}

function filtered(
  start: SelectQueryBuilder<DB, 'teams', object>,
  filter: TeamFilter,
): SelectQueryBuilder<DB, 'teams', object> {
  const open = sql<boolean>`coalesce(teams.allowopeninvite, false)`
  let query = start
  if (filter.listed !== undefined) query = query.where(open, '=', filter.listed)
  if (filter.allowOpenInvite !== undefined) query = query.where(open, '=', filter.allowOpenInvite)
  if (!filter.archived) query = query.where(sql<number>`coalesce(teams.deleteat, 0)`, '=', 0)
  if (filter.groupConstrained !== undefined) {
    query = query.where(sql<boolean>`coalesce(teams.groupconstrained, false)`, '=', filter.groupConstrained)
  }
  if (filter.term) {
    const pattern = `%${filter.term.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    query = query.where(sql<boolean>`(lower(teams.name) LIKE ${pattern} OR lower(teams.displayname) LIKE ${pattern})`)
  }
  if (filter.withoutPolicy) {
    const named = sql<boolean>`EXISTS (SELECT 1 FROM retentionpoliciesteams AS p WHERE p.teamid = teams.id)`
    query = query.where((eb) => eb.not(named))
  }
  return query
}

/** Throws PostgreSQL's 23505 when the name is taken. */
export async function insertTeam(db: Queries, team: Team): Promise<void> {
  await db
    .insertInto('teams')
    .values({
      id: team.id,
      createat: team.create_at,
      updateat: team.update_at,
      deleteat: team.delete_at,
      displayname: team.display_name,
      name: team.name,
      description: team.description,
      email: team.email,
      type: team.type,
      companyname: team.company_name,
      alloweddomains: team.allowed_domains,
      inviteid: team.invite_id,
      schemeid: team.scheme_id,
      allowopeninvite: team.allow_open_invite,
      lastteamiconupdate: 0,
      groupconstrained: team.group_constrained,
      cloudlimitsarchived: team.cloud_limits_archived,
    })
    .execute()
}

const COLUMNS = {
  display_name: 'displayname',
  description: 'description',
  type: 'type',
  company_name: 'companyname',
  allowed_domains: 'alloweddomains',
  invite_id: 'inviteid',
  allow_open_invite: 'allowopeninvite',
  last_team_icon_update: 'lastteamiconupdate',
  scheme_id: 'schemeid',
  group_constrained: 'groupconstrained',
  cloud_limits_archived: 'cloudlimitsarchived',
  delete_at: 'deleteat',
} as const

/** Fields of a team that can change. */
export type TeamChange = { [K in keyof typeof COLUMNS]?: Team[K] }

/** Changes only the named fields, so that two people changing different ones do not undo each other. Null: no such team. */
export async function updateTeam(db: Queries, id: string, change: TeamChange, now: number): Promise<Team | null> {
  const named = Object.entries(change).filter(([, value]) => value !== undefined)
  const set = Object.fromEntries(named.map(([field, value]) => [COLUMNS[field as keyof TeamChange], value]))
  const row = await db
    .updateTable('teams')
    .set({ ...set, updateat: now })
    .where('teams.id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row ? teamOf(row) : null
}

/** Ids of everybody who is a member of a team now, and of all its channels, archived ones too. */
export async function findContents(db: Queries, teamId: string): Promise<{ userIds: string[]; channelIds: string[] }> {
  const members = await db
    .selectFrom('teammembers')
    .select('teammembers.userid')
    .where('teammembers.teamid', '=', teamId)
    .where('teammembers.deleteat', '=', 0)
    .execute()
  const channels = await db.selectFrom('channels').select('channels.id').where('channels.teamid', '=', teamId).execute()
  return { userIds: members.map((row) => row.userid), channelIds: channels.map((row) => row.id) }
}

/** Removes everything that belongs to a team alone; its channels must be gone already. */
export async function deleteTeamRows(db: Queries, teamId: string): Promise<void> {
  const statements = [
    sql`DELETE FROM commands WHERE teamid = ${teamId}`,
    sql`DELETE FROM incomingwebhooks WHERE teamid = ${teamId}`,
    sql`DELETE FROM outgoingwebhooks WHERE teamid = ${teamId}`,
    sql`DELETE FROM sidebarcategories WHERE teamid = ${teamId}`,
    sql`DELETE FROM groupteams WHERE teamid = ${teamId}`,
    sql`DELETE FROM retentionpoliciesteams WHERE teamid = ${teamId}`,
    sql`DELETE FROM teammembers WHERE teamid = ${teamId}`,
    sql`DELETE FROM teams WHERE id = ${teamId}`,
  ]
  for (const statement of statements) await statement.execute(db)
}

/** The scope a scheme is for, or null for a missing one. */
export async function findSchemeScope(db: Queries, schemeId: string): Promise<string | null> {
  const row = await db
    .selectFrom('schemes')
    .select('schemes.scope')
    .where('schemes.id', '=', schemeId)
    .where('schemes.deleteat', '=', 0)
    .executeTakeFirst()
  return row ? (row.scope ?? '') : null
}
