import type { App } from '../app.ts'
import { invalidBody } from '../http/errors.ts'
import type { Session } from '../sessions/session.ts'
import { checkedRoles, compact, requirePlace } from './list-users.ts'
import type { Completions } from './name-completions.ts'
import type { User } from './user.ts'
import { viewRestriction } from './user-access.ts'
import { findUsers } from './user-lists.store.ts'
import type { UserFilter } from './user-lists.store.ts'
import type { UserSearch } from './users.schemas.ts'

const DEFAULT_LIMIT = 100
const MAX_LIMIT = 1000

/** Which fields a search of this caller looks at: he must not find people by what he may not see. */
function fieldsFor(app: App, session: Session): { emails: boolean; fullNames: boolean } {
  const { ShowEmailAddress, ShowFullName } = app.config.get().PrivacySettings
  const admin = app.access.can(session, 'manage_system')
  return { emails: admin || ShowEmailAddress, fullNames: admin || ShowFullName }
}

/** People by a term, within teams, channels or groups. Throws 400 without a term or for a limit beyond 1000, 403. */
export async function searchUsers(app: App, session: Session, body: UserSearch): Promise<User[]> {
  const term = (body.term ?? '').trim()
  const limit = body.limit || DEFAULT_LIMIT
  if (term === '') throw invalidBody('term')
  if (body.not_in_channel_id && !body.team_id) throw invalidBody('team_id')
  if (limit < 1 || limit > MAX_LIMIT) throw invalidBody('limit')
  const place = compact({
    inTeam: body.team_id || undefined,
    notInTeam: body.not_in_team_id || undefined,
    inChannel: body.in_channel_id || undefined,
    notInChannel: body.not_in_channel_id || undefined,
    inGroup: body.in_group_id || undefined,
    notInGroup: body.not_in_group_id || undefined,
    withoutTeam: body.without_team || undefined,
  })
  await requirePlace(app, session, place)
  const roles = (given: string[] | null | undefined, name: string) => (given ? checkedRoles(given, name) : undefined)
  const filter: UserFilter = {
    ...place,
    ...compact({
      role: body.role || undefined,
      roles: roles(body.roles, 'roles'),
      teamRoles: roles(body.team_roles, 'team_roles'),
      channelRoles: roles(body.channel_roles, 'channel_roles'),
    }),
    groupConstrained: body.group_constrained ?? false,
    active: !body.allow_inactive,
    visibleTo: viewRestriction(app, session),
    search: { term, ...fieldsFor(app, session) },
  }
  return findUsers(app.db, filter, { limit })
}

/**
 * People whose name begins with what somebody is typing (any part of it, for Korean and other scripts beyond ASCII); ''
 * finds everybody. With a channel: its people, and apart from them those of the team. Never by address. Throws 403.
 */
export async function autocompleteUsers(
  app: App,
  session: Session,
  asked: { name: string; teamId: string; channelId: string; limit: number },
): Promise<Completions> {
  const inTeam = asked.teamId || undefined
  const inChannel = asked.channelId || undefined
  await requirePlace(app, session, compact({ inTeam, inChannel }))
  const limit = Math.min(Math.max(asked.limit, 1), MAX_LIMIT)
  const fullNames = fieldsFor(app, session).fullNames
  const base: UserFilter = {
    active: true,
    visibleTo: viewRestriction(app, session),
    search: { term: asked.name, emails: false, fullNames },
  }
  const load = async (): Promise<Completions> => {
    if (!inChannel) return { users: await findUsers(app.db, { ...base, ...compact({ inTeam }) }, { limit }) }
    const outside = inTeam ? findUsers(app.db, { ...base, inTeam, notInChannel: inChannel }, { limit }) : []
    const [users, outOfChannel] = await Promise.all([findUsers(app.db, { ...base, inChannel }, { limit }), outside])
    return { users, outOfChannel }
  }
  // Who sees only some people, or more of them than others do, gets an answer of his own.
  if (base.visibleTo || app.access.can(session, 'manage_system')) return load()
  return app.nameCompletions.get([asked.name, asked.teamId, asked.channelId, limit, fullNames], load)
}
