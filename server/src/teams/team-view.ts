import type { App } from '../app.ts'
import type { Session } from '../sessions/session.ts'
import type { MemberRow } from './team-members.store.ts'
import type { Team, TeamMember } from './team.ts'

type Parts = Pick<App, 'access'>

/** A team as everybody may know it: without the administrator's address and without the invitation link. */
export const publicTeam = (team: Team): Team => ({ ...team, email: '', invite_id: '' })

/** A team as the holder of `session` may see it: whoever manages it sees all, whoever may invite sees the link. */
export async function teamFor(app: Parts, session: Session, team: Team): Promise<Team> {
  if (await app.access.canInTeam(session, team.id, 'manage_team')) return team
  if (await app.access.canInTeam(session, team.id, 'invite_user')) return { ...team, email: '' }
  return publicTeam(team)
}

/** Teams as the holder of `session` may see them. */
export const teamsFor = (app: Parts, session: Session, teams: readonly Team[]): Promise<Team[]> =>
  Promise.all(teams.map((team) => teamFor(app, session, team)))

const BUILT_IN = ['team_guest', 'team_user', 'team_admin']

/** A membership with its effective roles; rows that name built-in roles count as if their flags were set. */
export async function memberView(app: Parts, row: MemberRow): Promise<TeamMember> {
  const explicit = row.roles.split(' ').filter(Boolean)
  const schemeId = (await app.access.team(row.teamId))?.schemeId
  return {
    team_id: row.teamId,
    user_id: row.userId,
    roles: app.access.effectiveRoles(row, 'team', schemeId).join(' '),
    delete_at: row.deleteAt,
    scheme_guest: row.schemeGuest || explicit.includes('team_guest'),
    scheme_user: row.schemeUser || explicit.includes('team_user'),
    scheme_admin: row.schemeAdmin || explicit.includes('team_admin'),
    explicit_roles: explicit.filter((name) => !BUILT_IN.includes(name)).join(' '),
  }
}

/** Memberships with their effective roles. */
export const memberViews = (app: Parts, rows: readonly MemberRow[]): Promise<TeamMember[]> =>
  Promise.all(rows.map((row) => memberView(app, row)))
