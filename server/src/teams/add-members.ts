import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import { noPermission } from '../http/errors.ts'
import type { AppError } from '../http/errors.ts'
import { asAppError } from './graceful.ts'
import type { Session } from '../sessions/session.ts'
import { joinTeam, requireInGroups } from './join-team.ts'
import { existingUser, joinableTeam } from './team-access.ts'
import { findMember } from './team-members.store.ts'
import { memberView } from './team-view.ts'
import type { Team, TeamMember } from './team.ts'
import { teamError } from './teams.errors.ts'

/**
 * Somebody joins a team himself or is added by another. Joining oneself needs the right to join such teams; guests
 * cannot join by themselves. Throws 403, 404 for a missing team or person, 400 as `joinTeam`.
 */
export async function addMember(app: App, session: Session, teamId: string, userId: string): Promise<TeamMember> {
  if (userId === session.userId) {
    const team = await joinableTeam(app, teamId)
    const permission = team.allow_open_invite ? 'join_public_teams' : 'join_private_teams'
    if (!app.access.can(session, permission)) throw noPermission(permission)
    return addTo(app, team, await existingUser(app, userId), undefined)
  }
  await requireMayAdd(app, session, teamId)
  const team = await joinableTeam(app, teamId)
  const user = await addable(app, session, teamId, userId)
  return addTo(app, team, user, session.userId)
}

export interface MemberResult {
  readonly userId: string
  readonly member?: TeamMember
  readonly error?: AppError
}

/**
 * Adds several people. With `graceful` each of them succeeds or fails alone and the answer says how; else the first
 * failure ends it and nobody is added.
 */
export async function addMembers(
  app: App,
  session: Session,
  teamId: string,
  userIds: readonly string[],
  graceful: boolean,
): Promise<MemberResult[]> {
  await requireMayAdd(app, session, teamId)
  const team = await joinableTeam(app, teamId)
  if (graceful) {
    const results: MemberResult[] = []
    for (const userId of userIds) results.push(await addGracefully(app, session, team, userId))
    return results
  }
  await requireInGroups(app, team, userIds)
  const users: UserCore[] = []
  for (const userId of userIds) users.push(await addable(app, session, teamId, userId))
  await app.unitOfWork(async (tx) => {
    for (const user of users) await joinTeam(app, tx, team, user, { addedBy: session.userId })
  })
  return Promise.all(userIds.map(async (userId) => ({ userId, member: await currentMember(app, teamId, userId) })))
}

async function addGracefully(app: App, session: Session, team: Team, userId: string): Promise<MemberResult> {
  try {
    const user = await addable(app, session, team.id, userId)
    return { userId, member: await addTo(app, team, user, session.userId) }
  } catch (error) {
    return { userId, error: asAppError(error) }
  }
}

async function requireMayAdd(app: App, session: Session, teamId: string): Promise<void> {
  if (!(await app.access.canInTeam(session, teamId, 'add_user_to_team'))) throw noPermission('add_user_to_team')
}

/** The person, if the caller may bring him: guests only with the right to invite guests, nobody he may not know of. */
async function addable(app: App, session: Session, teamId: string, userId: string): Promise<UserCore> {
  const user = await existingUser(app, userId)
  if (user.isGuest && !(await app.access.canInTeam(session, teamId, 'invite_guest'))) throw noPermission('invite_guest')
  if (!(await app.access.canSeeUser(session, userId))) throw noPermission('view_members')
  return user
}

async function addTo(app: App, team: Team, user: UserCore, addedBy: string | undefined): Promise<TeamMember> {
  await requireInGroups(app, team, [user.id])
  await app.unitOfWork((tx) => joinTeam(app, tx, team, user, { ...(addedBy && { addedBy }) }))
  return currentMember(app, team.id, user.id)
}

/** The membership as it is now. Throws 404. */
export async function currentMember(app: App, teamId: string, userId: string): Promise<TeamMember> {
  const row = await findMember(app.db, teamId, userId)
  if (!row) throw teamError('app.team.get_member.missing.app_error')
  return memberView(app, row)
}
