import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { permittedTeam } from './team-access.ts'
import { findMember, findRoles, lockTeam, saveMember } from './team-members.store.ts'
import type { MemberRow } from './team-members.store.ts'
import { memberView } from './team-view.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'

/** Width of the column that holds explicit role names. */
const MAX_EXPLICIT = 256

/**
 * Gives a member exactly the named roles: those of the team's scheme become flags, the others are kept by name. Throws
 * 403, 404 for a non-member, 400 for unknown roles and for making guests of members or the reverse.
 */
export async function setMemberRoles(
  app: App,
  session: Session,
  teamId: string,
  userId: string,
  roles: string,
): Promise<void> {
  const names = [...new Set(roles.split(/\s+/).filter(Boolean))]
  if (!names.every((name) => /^[a-z0-9_]{1,64}$/.test(name))) throw invalidBody('team_member_roles')
  const team = await permittedTeam(app, session, teamId, 'manage_team_roles')
  const wanted = await resolveRoles(app, team, names)
  await change(app, team, userId, (before) => {
    if (wanted.schemeUser && wanted.schemeGuest) {
      throw teamError('api.team.update_team_member_roles.guest_and_user.app_error')
    }
    if (before.schemeGuest !== wanted.schemeGuest) {
      throw teamError('api.channel.update_team_member_roles.changing_guest_role.app_error')
    }
    return wanted
  })
}

export interface SchemeFlags {
  readonly scheme_admin: boolean
  readonly scheme_user: boolean
  readonly scheme_guest: boolean
}

/** Makes a member administrator of the team or takes that from him. Throws 403, 404 for a non-member, 400 for guests. */
export async function setSchemeRoles(
  app: App,
  session: Session,
  teamId: string,
  userId: string,
  flags: SchemeFlags,
): Promise<void> {
  const team = await permittedTeam(app, session, teamId, 'manage_team_roles')
  await change(app, team, userId, (before) => {
    if (before.schemeGuest) throw teamError('api.team.update_team_member_roles.guest.app_error')
    if (flags.scheme_guest) throw teamError('api.team.update_team_member_roles.user_and_guest.app_error')
    if (!flags.scheme_user) throw teamError('api.team.update_team_member_roles.unset_user_scheme.app_error')
    return { roles: before.roles, schemeUser: true, schemeAdmin: flags.scheme_admin, schemeGuest: false }
  })
}

type Roles = Pick<MemberRow, 'roles' | 'schemeAdmin' | 'schemeGuest' | 'schemeUser'>

async function resolveRoles(app: App, team: Team, names: readonly string[]): Promise<Roles> {
  const schemeRole = (kind: 'guest' | 'user' | 'admin') =>
    app.access.schemeRole('team', kind, team.scheme_id ?? undefined)
  const flags = { schemeGuest: false, schemeUser: false, schemeAdmin: false }
  const explicit: string[] = []
  const known = new Map((await findRoles(app.db, names)).map((role) => [role.name, role.schemeManaged]))
  for (const name of names) {
    const schemeManaged = known.get(name)
    if (schemeManaged === undefined) throw teamError('app.role.get_by_name.app_error', { Role: name })
    if (name === schemeRole('admin')) flags.schemeAdmin = true
    else if (name === schemeRole('user')) flags.schemeUser = true
    else if (name === schemeRole('guest')) flags.schemeGuest = true
    else if (!schemeManaged) explicit.push(name)
    else throw teamError('api.channel.update_team_member_roles.scheme_role.app_error', { Role: name })
  }
  const roles = explicit.join(' ')
  if (roles.length > MAX_EXPLICIT) throw invalidBody('team_member_roles')
  return { roles, ...flags }
}

/** Built-in names in rows of old servers count as flags from the first change on. */
function normalised(row: MemberRow): MemberRow {
  const names = row.roles.split(' ').filter(Boolean)
  return {
    ...row,
    schemeGuest: row.schemeGuest || names.includes('team_guest'),
    schemeUser: row.schemeUser || names.includes('team_user'),
    schemeAdmin: row.schemeAdmin || names.includes('team_admin'),
    roles: names.filter((name) => !['team_guest', 'team_user', 'team_admin'].includes(name)).join(' '),
  }
}

async function change(app: App, team: Team, userId: string, decide: (before: MemberRow) => Roles): Promise<void> {
  // Kept in memory from here on: inside the transaction it would have to be read over a second connection.
  await app.access.team(team.id)
  await app.unitOfWork(async (tx) => {
    await lockTeam(tx.db, team.id)
    const row = await findMember(tx.db, team.id, userId)
    if (!row || row.deleteAt > 0) throw teamError('app.team.get_member.missing.app_error')
    const before = normalised(row)
    const after = { ...before, ...decide(before) }
    await saveMember(tx.db, after, Date.now())
    tx.changed({ kind: 'teamMember', teamId: team.id, userId, present: true })
    const member = JSON.stringify(await memberView(app, after))
    tx.publish(event('memberrole_updated', { userId }, { member }))
  })
}
