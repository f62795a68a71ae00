import { isDeepStrictEqual } from 'node:util'
import type { Id, State, Table } from '../web/src/store/state.ts'

/**
 * How the state that a client made of events differs from one freshly fetched, a line each; empty = all is well.
 *
 * Left out, because the one or the other cannot know it and nobody is shown it:
 * - of the socket and the moment: `connectionId`, `serverVersion`, `typing`, `stale`
 * - ephemeral posts: only the session that was told of them knows them
 * - statuses of others: never pushed, clients ask for them every minute
 * - bookkeeping of the server: `update_at` of posts (a reply, a reaction or an acknowledgement moves it), users (joining a
 *   team moves it) and channels, `last_update_at` of memberships, `last_activity_at`
 * - profiles and roles that were met and that nobody refers to any more: a client keeps them
 */
export function differences(applied: State, fresh: State): string[] {
  const names = namesOf(fresh, applied)
  const lines: string[] = []
  compare('', comparable(applied, fresh), comparable(fresh, fresh), lines)
  return lines.map((line) => line.replaceAll(/[a-z0-9]{26}/g, (id) => names.get(id) ?? id))
}

function comparable(state: State, fresh: State): object {
  const { connectionId: _1, serverVersion: _2, typing: _3, stale: _4, ...rest } = state
  const ephemeral = new Set(Object.values(state.posts).flatMap((post) => (isEphemeral(post) ? [post.id] : [])))
  const kept = (ids: readonly Id[]) => ids.filter((id) => !ephemeral.has(id))
  return {
    ...rest,
    statuses: { [state.me]: state.statuses[state.me] },
    posts: each(
      filtered(state.posts, (id) => !ephemeral.has(id)),
      'update_at',
    ),
    channelPosts: mapped(state.channelPosts, (stretch) => ({ ...stretch, order: kept(stretch.order) })),
    users: each(
      filtered(state.users, (id) => fresh.users[id] !== undefined),
      'update_at',
      'last_activity_at',
    ),
    roles: filtered(state.roles, (name) => fresh.roles[name] !== undefined),
    channels: each(state.channels, 'update_at', 'extra_update_at'),
    channelMembers: each(state.channelMembers, 'last_update_at'),
  }
}

const isEphemeral = (post: { type: string }): boolean => post.type === 'system_ephemeral'

const filtered = <T>(table: Table<T>, fits: (id: Id) => boolean): Table<T> =>
  Object.fromEntries(Object.entries(table).filter(([id]) => fits(id)))

const mapped = <T, U>(table: Table<T>, change: (value: T) => U): Table<U> =>
  Object.fromEntries(Object.entries(table).map(([id, value]) => [id, change(value)]))

const each = <T extends object>(table: Table<T>, ...left: readonly string[]): Table<object> =>
  mapped(table, (value) => Object.fromEntries(Object.entries(value).filter(([key]) => !left.includes(key))))

function compare(path: string, applied: unknown, fresh: unknown, lines: string[]): void {
  if (isDeepStrictEqual(applied, fresh)) return
  if (!isTable(applied) || !isTable(fresh)) {
    lines.push(`${path}: events say ${show(applied)}, refetch says ${show(fresh)}`)
    return
  }
  for (const key of new Set([...Object.keys(applied), ...Object.keys(fresh)])) {
    compare(path ? `${path}.${key}` : key, applied[key], fresh[key], lines)
  }
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

/** Ids say nothing to a reader of a failed test. */
function namesOf(...states: readonly State[]): Map<Id, string> {
  const names = new Map<Id, string>()
  for (const state of states) {
    for (const user of Object.values(state.users)) names.set(user.id, `@${user.username}`)
    for (const team of Object.values(state.teams)) names.set(team.id, `team ${team.name}`)
    for (const channel of Object.values(state.channels)) names.set(channel.id, `~${channel.name}`)
    for (const post of Object.values(state.posts)) names.set(post.id, `“${post.message.slice(0, 30)}”`)
    for (const one of Object.values(state.categories)) names.set(one.id, `[${one.display_name}]`)
  }
  return names
}
