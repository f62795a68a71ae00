import type { Channel as ServerChannel } from '@mattermost/types/channels'
import type { User } from '../../store/entities.ts'
import { channelName, fullName, otherOf } from '../../store/names.ts'
import { typed } from '../../store/match-name.ts'
import type { Id, State } from '../../store/state.ts'
import { unreadOf } from '../../store/unread.ts'

interface Common {
  readonly key: string
  readonly name: string
  /** muted words beside the name: its team, a full name */
  readonly detail: string
  readonly unread: boolean
  readonly mentions: number
  /** the better one stands above */
  readonly score: number
}

/** One line of the switcher: a channel of mine, somebody, or an open channel to join. */
export type Hit = Common &
  (
    | { readonly kind: 'channel'; readonly channelId: Id; readonly teamId: Id }
    | { readonly kind: 'person'; readonly userId: Id }
    | { readonly kind: 'open'; readonly channelName: string }
  )

/** What the server found for a query. */
export interface Found {
  readonly query: string
  readonly users: readonly User[]
  readonly channels: readonly ServerChannel[]
}

const MOST = 30
const DAY = 86_400_000

/** Channels of mine and people that I know, by what is typed; without it what is unread and what was used last. */
export function findHits(state: State, teamId: Id, query: string): Hit[] {
  const { score } = typed(query)
  const channels = Object.values(state.channels).flatMap((channel): Hit[] => {
    if (channel.delete_at || !state.channelMembers[channel.id]) return []
    const name = channelName(state, channel.id)
    const fit = Math.max(
      score(name),
      channel.type === 'D' ? personScore(state, channel.name, score) : score(channel.name),
    )
    if (fit === 0) return []
    const { unread, mentions } = unreadOf(state, channel.id)
    const elsewhere = channel.team_id && channel.team_id !== teamId
    const detail = elsewhere ? (state.teams[channel.team_id]?.display_name ?? '') : detailOf(state, channel)
    // What is unread first, then what was used last; a channel of another team a little later.
    const age = (Date.now() - channel.last_post_at) / DAY
    const total = fit * 10 + (mentions > 0 ? 8 : unread ? 5 : 0) + 5 / (1 + age) - (elsewhere ? 3 : 0)
    const key = `channel:${channel.id}`
    return [
      {
        kind: 'channel',
        key,
        channelId: channel.id,
        teamId: channel.team_id,
        name,
        detail,
        unread,
        mentions,
        score: total,
      },
    ]
  })
  return channels.toSorted((a, b) => b.score - a.score).slice(0, MOST)
}

function personScore(state: State, directName: string, score: (name: string) => number): number {
  const user = state.users[otherOf(state, directName)]
  return user ? Math.max(score(user.username), score(fullName(user)), score(user.nickname)) : 0
}

function detailOf(state: State, channel: { type: string; name: string }): string {
  if (channel.type !== 'D') return ''
  const user = state.users[otherOf(state, channel.name)]
  return user ? `@${user.username}` : ''
}

/** Adds what the server found to what is known, each once. */
export function mergeFound(hits: readonly Hit[], found: Found): Hit[] {
  const state = found.query === '' ? undefined : found
  if (!state) return [...hits]
  const known = new Set(hits.map(({ key }) => key))
  return [...hits, ...peopleOf(state, hits), ...openOf(state, known)].slice(0, MOST)
}

function peopleOf({ users }: Found, hits: readonly Hit[]): Hit[] {
  const shown = new Set(hits.map(({ detail }) => detail))
  const others = users.filter((user) => !user.delete_at && !shown.has(`@${user.username}`))
  return others.map((user) => ({
    kind: 'person',
    key: `person:${user.id}`,
    userId: user.id,
    name: fullName(user) || user.nickname || user.username,
    detail: `@${user.username}`,
    unread: false,
    mentions: 0,
    score: 0,
  }))
}

function openOf({ channels }: Found, known: ReadonlySet<string>): Hit[] {
  const others = channels.filter(({ id, type, delete_at }) => type === 'O' && !delete_at && !known.has(`channel:${id}`))
  return others.map((channel) => ({
    kind: 'open',
    key: `open:${channel.id}`,
    channelName: channel.name,
    name: channel.display_name,
    detail: '',
    unread: false,
    mentions: 0,
    score: 0,
  }))
}
