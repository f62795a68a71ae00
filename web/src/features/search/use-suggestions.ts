import { useEffect, useMemo, useState } from 'react'
import { api } from '../../client/api.ts'
import { getState, update, useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Text } from '../../shell/i18n.tsx'
import type { Channel, User } from '../../store/entities.ts'
import { receivedUsers } from '../../store/load.ts'
import { typed } from '../../store/match-name.ts'
import { channelName, fullName } from '../../store/names.ts'
import type { Id, State } from '../../store/state.ts'
import { channelFilter } from './open-search.ts'
import { dayOf } from './query.ts'
import type { OpenFilter } from './query.ts'

/** A value that the filter at the caret may have. */
export type Suggestion = { readonly key: string; readonly value: string; readonly detail: string } & (
  | { readonly kind: 'person'; readonly userId: Id; readonly name: string }
  | { readonly kind: 'channel'; readonly channelId: Id; readonly name: string }
  | { readonly kind: 'date'; readonly name: string }
)

const MOST = 8
const DAY = 86_400_000

/** Values for the filter that is being written. `teamId` '' looks in all teams. */
export function useSuggestions(filter: OpenFilter | undefined, teamId: Id): readonly Suggestion[] {
  const t = useText()
  const users = useStore((state) => state.users)
  const channels = useStore((state) => state.channels)
  useFoundPeople(filter, teamId)
  const [kind, word] = [filter?.kind, filter?.typed ?? '']
  return useMemo(() => {
    // Both tables are asked for below; named here, because the answer is made anew when they change.
    const state: State = { ...getState(), users, channels }
    if (kind === 'person') return people(state, word)
    if (kind === 'channel') return places(state, teamId, word)
    return kind === 'date' ? days(t, word) : []
  }, [kind, word, teamId, users, channels, t])
}

function best<T>(items: readonly T[], fit: (item: T) => number): T[] {
  const scored = items.map((item) => ({ item, score: fit(item) })).filter(({ score }) => score > 0)
  return scored
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ item }) => item)
}

function people(state: State, word: string): Suggestion[] {
  const { score } = typed(word.replace(/^@/, ''))
  const fit = (user: User): number =>
    user.delete_at ? 0 : Math.max(score(user.username), score(fullName(user)), score(user.nickname))
  return best(Object.values(state.users), fit).map((user) => ({
    kind: 'person',
    key: user.id,
    userId: user.id,
    value: user.username,
    name: fullName(user) || user.nickname || user.username,
    detail: `@${user.username}`,
  }))
}

function places(state: State, teamId: Id, word: string): Suggestion[] {
  const { score } = typed(word.replace(/^[@~]/, ''))
  const wantsPeople = word.startsWith('@')
  const fit = (channel: Channel): number => {
    const isDirect = channel.type === 'D' || channel.type === 'G'
    if (!state.channelMembers[channel.id] || (wantsPeople && !isDirect)) return 0
    if (!isDirect && teamId && channel.team_id !== teamId) return 0
    return Math.max(score(channelName(state, channel.id)), isDirect ? 0 : score(channel.name))
  }
  const latest = Object.values(state.channels).toSorted((a, b) => b.last_post_at - a.last_post_at)
  return best(latest, fit).map((channel) => ({
    kind: 'channel',
    key: channel.id,
    channelId: channel.id,
    value: channelFilter(state, channel.id).slice('in:'.length),
    name: channelName(state, channel.id),
    detail: channel.team_id ? `~${channel.name}` : '',
  }))
}

/** Days that people mean: found by their number or by how they are called. */
function days(t: Text, word: string): Suggestion[] {
  if (/^\d{4}-\d{2}-\d{2}$/.test(word)) return []
  const zone = t.intl.timeZone
  const now = Date.now()
  const weekday = new Intl.DateTimeFormat(t.locale, { weekday: 'long', month: 'long', day: 'numeric', timeZone: zone })
  const name = (ago: number): string => {
    if (ago === 0) return t('dates.today', 'Today')
    return ago === 1 ? t('dates.yesterday', 'Yesterday') : weekday.format(now - ago * DAY)
  }
  const { score } = typed(word)
  return [0, 1, 2, 3, 4, 5, 6, 7, 14, 30, 90]
    .map((ago) => ({ value: dayOf(now - ago * DAY, zone), name: name(ago) }))
    .filter((day) => word === '' || day.value.startsWith(word) || score(day.name) > 0)
    .map((day) => ({ kind: 'date', key: day.value, detail: day.value, ...day }))
}

/** People whom this client has not met: the server knows them. */
function useFoundPeople(filter: OpenFilter | undefined, teamId: Id): void {
  const [asked, setAsked] = useState('')
  const word = filter?.kind === 'person' ? filter.typed.replace(/^@/, '') : ''
  useEffect(() => {
    if (word === '' || word === asked) return
    const timer = setTimeout(() => {
      setAsked(word)
      api.autocompleteUsers(word, teamId, '', { limit: MOST }).then(
        ({ users, out_of_channel: others }) => update((state) => receivedUsers(state, [...users, ...(others ?? [])])),
        () => undefined,
      )
    }, 120)
    return () => clearTimeout(timer)
  }, [word, asked, teamId])
}
