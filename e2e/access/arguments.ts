import type { Route } from '../../server/src/http/route.ts'
import { BODIES } from './bodies.ts'
import { pictureForm } from './forms.ts'
import type { World } from './world.ts'

/** A call with arguments that mean something in a world: ids of the member's private things. */
export interface Request {
  readonly method: string
  /** without /api/v4 */
  readonly path: string
  readonly body: unknown
}

/** What a path parameter stands for: always something that `member` owns, or the private place it stands in. */
const PARAMS: Record<string, (world: World) => string> = {
  user_id: (w) => w.people.member.id,
  username: (w) => w.people.member.username,
  email: (w) => `${w.people.member.username}@example.com`,
  team_id: (w) => w.team,
  team_name: (w) => w.teamName,
  invite_id: (w) => w.inviteId,
  channel_id: (w) => w.channel,
  channel_name: (w) => w.channelName,
  post_id: (w) => w.post,
  thread_id: (w) => w.post,
  restore_version_id: (w) => w.oldVersion,
  timestamp: () => '1700000000000',
  scheduled_post_id: (w) => w.scheduled,
  bookmark_id: (w) => w.bookmark,
  file_id: (w) => w.file,
  upload_id: (w) => w.upload,
  emoji_id: (w) => w.emoji,
  emoji_name: (w) => w.emojiName,
  token_id: (w) => w.accessToken,
  category_id: (w) => w.category,
  category: () => 'theme',
  preference_name: (w) => w.team,
  role_id: (w) => w.role,
  role_name: (w) => w.roleName,
  scheme_id: (w) => w.teamScheme,
  group_id: (w) => w.userGroup,
  service: () => 'gitlab',
  action: () => 'press',
  remote_id: (w) => w.userGroup,
}

/** Routes that need another object than PARAMS names. */
const OTHER_PARAMS: Record<string, (world: World) => Record<string, string>> = {
  'POST /api/v4/users/:user_id/promote': (w) => ({ user_id: w.people.secondGuest.id }),
  'GET /api/v4/users/:user_id/image/default': (w) => ({ user_id: w.people.member.id }),
  'POST /api/v4/channels/:channel_id/restore': (w) => ({ channel_id: w.archivedChannel }),
  'POST /api/v4/teams/:team_id/restore': (w) => ({ team_id: w.archivedTeam }),
  'POST /api/v4/channels/:channel_id/convert_to_channel': (w) => ({ channel_id: w.group }),
  'GET /api/v4/channels/:channel_id/common_teams': (w) => ({ channel_id: w.group }),
  'DELETE /api/v4/users/:user_id/posts/:post_id/reactions/:emoji_name': () => ({ emoji_name: 'smile' }),
  'GET /api/v4/schemes/:scheme_id/channels': (w) => ({ scheme_id: w.channelScheme }),
}

/** Groups that people made can be linked to nothing; those of a directory can. */
const LINKED_GROUP = /groups\/:group_id\/(channels|teams|stats)/

const QUERIES: Record<string, (world: World) => string> = {
  'DELETE /api/v4/users/:user_id': () => '',
  'GET /api/v4/users': (w) => `in_channel=${w.channel}`,
  'GET /api/v4/users/autocomplete': (w) => `in_team=${w.team}&in_channel=${w.channel}&name=member`,
  'GET /api/v4/users/stats/filtered': (w) => `in_team=${w.team}`,
  'GET /api/v4/teams/:team_id/members_minus_group_members': (w) => `group_ids=${w.userGroup}`,
  'GET /api/v4/channels/:channel_id/members_minus_group_members': (w) => `group_ids=${w.userGroup}`,
  'POST /api/v4/teams/members/invite': (w) => `token=${w.invitation}`,
  'GET /api/v4/teams/:team_id/channels/autocomplete': () => 'name=secret',
  'GET /api/v4/teams/:team_id/channels/search_autocomplete': () => 'name=secret',
  'GET /api/v4/users/:user_id/channels/:channel_id/posts/unread': () => 'limit_after=30&limit_before=30',
  'GET /files/:file_id/public': () => 'h=guess',
  'HEAD /files/:file_id/public': () => 'h=guess',
  'GET /api/v4/emoji/autocomplete': () => 'name=emoji',
  'GET /api/v4/system/notices/:team_id': () => 'client=web&clientVersion=10.11.0',
  'GET /api/v4/license/client': () => 'format=old',
  'GET /api/v4/config/client': () => 'format=old',
  'GET /api/v4/redirect_location': () => 'url=not-an-address',
  'GET /api/v4/image': () => 'url=http%3A%2F%2F127.0.0.1%2Fx.png',
  'GET /api/v4/analytics/old': (w) => `name=standard&team_id=${w.team}`,
  'GET /api/v4/users/:user_id/posts/flagged': (w) => `channel_id=${w.channel}`,
}

/** The key of a route in the tables of this folder. */
export const keyOf = (one: Pick<Route, 'method' | 'path'>): string => `${one.method} ${one.path}`

/** Fills a route's path, query and body from a world. Throws for a parameter nobody has named a value for. */
export function requestFor(one: Route, world: World): Request {
  const linked: Record<string, string> = LINKED_GROUP.test(one.path) ? { group_id: world.ldapGroup } : {}
  const others = OTHER_PARAMS[keyOf(one)]?.(world) ?? linked
  const path = one.path.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = others[name] ?? PARAMS[name]?.(world)
    if (value === undefined)
      throw new Error(`no value for :${name} of ${keyOf(one)}: add it to e2e/access/arguments.ts`)
    return encodeURIComponent(value)
  })
  const query = QUERIES[keyOf(one)]?.(world)
  return {
    method: one.method,
    path: (query ? `${path}?${query}` : path).replace(/^\/api\/v4/, ''),
    body: bodyFor(one, world),
  }
}

/** A minimal valid body, undefined for routes that read none. */
export function bodyFor(one: Route, world: World): unknown {
  const special = BODIES[keyOf(one)]
  if (special) return special(world)
  if (one.raw && one.method === 'POST') return pictureForm('image')
  if (!one.body) return undefined
  throw new Error(`no body for ${keyOf(one)}: add one to e2e/access/bodies.ts`)
}
