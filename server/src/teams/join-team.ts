import type { App } from '../app.ts'
import type { UserCore } from '../access/access.ts'
import { joinDefaultChannels } from '../channels/join-default-channels.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import { mayBeInTeam } from './allowed-domains.ts'
import { countMembers, findMember, findOutsideGroups, lockTeam, saveMember, touchUser } from './team-members.store.ts'
import type { Team } from './team.ts'
import { teamError } from './teams.errors.ts'

export interface JoinOptions {
  /** who brought the person; not given: he came by himself */
  readonly addedBy?: string
  /** becomes a team admin */
  readonly admin?: boolean
}

/**
 * Makes a person a member of a live team and of its default channels (guests only of the team), inside the caller's
 * unit of work; the town square is told after the commit. False: he was a member already and stays as he is. Throws 400
 * when the team is full or takes no addresses of his domain. Rights and groups are the caller's affair.
 */
export async function joinTeam(
  app: App,
  tx: Tx,
  team: Team,
  user: UserCore,
  { addedBy, admin = false }: JoinOptions = {},
): Promise<boolean> {
  if (!mayBeInTeam(app, team, user)) throw teamError('api.team.join_user_to_team.allowed_domains.app_error')
  await lockTeam(tx.db, team.id)
  const before = await findMember(tx.db, team.id, user.id)
  if (before && before.deleteAt === 0) return false
  const { active } = await countMembers(tx.db, team.id, null)
  if (active >= app.config.get().TeamSettings.MaxUsersPerTeam) {
    throw before
      ? teamError('app.team.join_user_to_team.max_accounts.app_error')
      : teamError('app.team.join_user_to_team.save_member.max_accounts.app_error')
  }
  const guest = user.isGuest
  // Mattermost promises that whoever has the team's own address administers it (`mmctl team create --email`).
  const schemeAdmin = !guest && (admin || (team.email !== '' && team.email === user.email))
  const member = { teamId: team.id, userId: user.id, roles: '', schemeGuest: guest, schemeUser: !guest, schemeAdmin }
  const now = Date.now()
  await saveMember(tx.db, member, now)
  await touchUser(tx.db, user.id, now)
  tx.changed({ kind: 'teamMember', teamId: team.id, userId: user.id, present: true })
  tx.changed({ kind: 'user', userId: user.id })
  const by = addedBy === user.id ? undefined : addedBy
  await joinDefaultChannels(app, tx, team.id, user.id, { guest, admin: schemeAdmin, ...(by && { addedBy: by }) })
  tx.publish(event('added_to_team', { userId: user.id }, { team_id: team.id, user_id: user.id }))
  return true
}

/** Throws 400 when the team follows groups and one of the people is in none of them. */
export async function requireInGroups(app: Pick<App, 'db'>, team: Team, userIds: readonly string[]): Promise<void> {
  if (!team.group_constrained) return
  const outside = await findOutsideGroups(app.db, team.id, userIds)
  if (outside.length > 0) throw teamError('api.team.add_members.user_denied', { UserIDs: outside.join(', ') })
}
