import type { App } from '../app.ts'
import { noPermission } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { findMembershipsOf } from './team-members.store.ts'
import { publicTeam, teamsFor } from './team-view.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'
import type { TeamSearch } from './teams.schemas.ts'
import { findTeams } from './teams.store.ts'
import type { TeamFilter } from './teams.store.ts'

const POLICY = 'sysconsole_read_compliance_data_retention_policy'

/**
 * What the caller may list: everything, only listed teams, only the others, or (null) nothing. Archived teams are
 * shown to those who may list all: they administer them.
 */
function scopeOf(app: Pick<App, 'access'>, session: Session): Pick<TeamFilter, 'listed' | 'archived'> | null {
  const listed = app.access.can(session, 'list_public_teams')
  const unlisted = app.access.can(session, 'list_private_teams')
  if (listed && unlisted) return { archived: true }
  if (unlisted) return { listed: false, archived: false }
  return listed ? { listed: true, archived: false } : null
}

function policyOf(
  app: Pick<App, 'access'>,
  session: Session,
  without: boolean,
): Pick<TeamFilter, 'withoutPolicy' | 'showPolicy'> {
  const showPolicy = app.access.can(session, POLICY)
  if (without && !showPolicy) throw noPermission(POLICY)
  return { withoutPolicy: without, showPolicy }
}

export interface TeamPage {
  readonly teams: Team[]
  readonly total_count: number
}

/** One page of the teams that the caller may list, by display name. Throws 403 when he may list none. */
export async function listTeams(
  app: App,
  session: Session,
  options: { offset: number; perPage: number; withoutPolicy: boolean },
): Promise<TeamPage> {
  const policy = policyOf(app, session, options.withoutPolicy)
  const scope = scopeOf(app, session)
  if (!scope) throw teamError('api.team.get_all_teams.insufficient_permissions')
  const page = { offset: options.offset, limit: options.perPage }
  const { teams, total } = await findTeams(app.db, { ...scope, ...policy }, page)
  return { teams: await foundFor(app, session, teams), total_count: total }
}

const MAX_FOUND = 10_000
/** No server has so many pages, and the product with their size stays a number that PostgreSQL can read. */
const MAX_PAGE = 1_000_000_000

/** Teams whose name or display name contains a term, of those the caller may list; all of them unless a page is asked for. */
export async function searchTeams(app: App, session: Session, search: TeamSearch): Promise<TeamPage> {
  const policy = policyOf(app, session, search.exclude_policy_constrained ?? false)
  const scope = scopeOf(app, session)
  if (!scope) return { teams: [], total_count: 0 }
  const paged = isPaged(search)
  const limit = paged ? Math.min(Math.max(search.per_page ?? 60, 0), 200) : MAX_FOUND
  const offset = paged ? Math.min(Math.max(search.page ?? 0, 0), MAX_PAGE) * limit : 0
  const grouped = search.include_group_constrained ? undefined : (search.group_constrained ?? undefined)
  const filter: TeamFilter = {
    ...scope,
    ...policy,
    term: (search.term ?? '').trim(),
    ...(typeof search.allow_open_invite === 'boolean' && { allowOpenInvite: search.allow_open_invite }),
    ...(grouped !== undefined && { groupConstrained: grouped }),
  }
  const { teams, total } = await findTeams(app.db, filter, { offset, limit })
  return { teams: await foundFor(app, session, teams), total_count: total }
}

/** Like `teamsFor`, but a long list costs one look-up: who is no member of a team sees of it what everybody sees. */
async function foundFor(app: App, session: Session, teams: readonly Team[]): Promise<Team[]> {
  const everywhere = (['manage_team', 'invite_user'] as const).some((one) => app.access.can(session, one))
  if (everywhere) return teamsFor(app, session, teams)
  const mine = new Set((await findMembershipsOf(app.db, session.userId)).map((row) => row.teamId))
  const own = await teamsFor(
    app,
    session,
    teams.filter((team) => mine.has(team.id)),
  )
  const byId = new Map(own.map((team) => [team.id, team]))
  return teams.map((team) => byId.get(team.id) ?? publicTeam(team))
}

/** Whether the answer is a page with its total: only when both numbers were sent. */
export const isPaged = (search: TeamSearch): boolean =>
  typeof search.page === 'number' && typeof search.per_page === 'number'
