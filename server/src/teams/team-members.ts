import type { App } from '../app.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { uniqueSorted } from '../http/schema.ts'
import { isId } from '../ids.ts'
import type { Session } from '../sessions/session.ts'
import { currentMember } from './add-members.ts'
import { existingTeam, requireVisible, viewerIn } from './team-access.ts'
import { countMembers, findMembers, findMembersByIds } from './team-members.store.ts'
import type { MemberListOptions } from './team-members.store.ts'
import { memberViews } from './team-view.ts'
import type { TeamMember } from './team.ts'

/** Ids in one request. */
const MAX_IDS = 1000

async function requireMember(app: App, session: Session, teamId: string): Promise<void> {
  if (!(await app.access.canInTeam(session, teamId, 'view_team'))) throw noPermission('view_team')
}

/** One page of a team's members, of those the caller may know of. Throws 403. */
export async function listMembers(
  app: App,
  session: Session,
  teamId: string,
  options: Omit<MemberListOptions, 'viewer'>,
): Promise<TeamMember[]> {
  await requireMember(app, session, teamId)
  const viewer = await viewerIn(app, session, teamId)
  return memberViews(app, await findMembers(app.db, teamId, { ...options, viewer }))
}

/** The members among some ids, of those the caller may know of. Throws 403, 400 for an empty or too long list. */
export async function membersByIds(
  app: App,
  session: Session,
  teamId: string,
  ids: readonly string[],
): Promise<TeamMember[]> {
  const wanted = uniqueSorted(ids)
  if (wanted.length === 0 || wanted.length > MAX_IDS || !wanted.every(isId)) throw invalidBody('user_ids')
  await requireMember(app, session, teamId)
  const viewer = await viewerIn(app, session, teamId)
  return memberViews(app, await findMembersByIds(app.db, teamId, wanted, viewer))
}

/** One membership; a person who left is answered with the time. Throws 403, 404. */
export async function oneMember(app: App, session: Session, teamId: string, userId: string): Promise<TeamMember> {
  await requireMember(app, session, teamId)
  await requireVisible(app, session, teamId, userId)
  return currentMember(app, teamId, userId)
}

/** How many members a team has, of those the caller may know of. Throws 403. */
export async function teamStats(app: App, session: Session, teamId: string): Promise<object> {
  await requireMember(app, session, teamId)
  await existingTeam(app, teamId)
  const { total, active } = await countMembers(app.db, teamId, await viewerIn(app, session, teamId))
  return { team_id: teamId, total_member_count: total, active_member_count: active }
}
