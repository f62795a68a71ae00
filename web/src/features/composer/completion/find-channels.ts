import { api } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import { typed } from '../../../store/match-name.ts'
import type { Id, State } from '../../../store/state.ts'
import type { ChannelHit, Item } from './items.ts'
import { searchable } from './searchable.ts'

const MOST = 20

/** Channels of a team that the server told of and that are not mine. */
const others = new Map<Id, Map<Id, ChannelHit>>()

/** Channels that fit what is typed behind ~; mine first. */
export function findChannels(state: State, teamId: Id, query: string): Item[] {
  const { score } = typed(query)
  const fit = ({ name, display_name: title }: ChannelHit): number => Math.max(score(title), score(name))
  const best = (hits: ChannelHit[]): ChannelHit[] =>
    hits
      .filter((hit) => fit(hit) > 0)
      .toSorted((a, b) => fit(b) - fit(a) || a.display_name.localeCompare(b.display_name))
      .slice(0, MOST)
  const mine = Object.values(state.channels).filter((one) => one.team_id === teamId && !one.delete_at)
  const known = [...(others.get(teamId)?.values() ?? [])].filter(({ id }) => !state.channels[id])
  return [
    ...best(mine).map((channel): Item => ({ kind: 'channel', channel, isMine: true })),
    ...best(known).map((channel): Item => ({ kind: 'channel', channel, isMine: false })),
  ]
}

/** Asks the server for further channels; `findChannels` finds them then. */
export async function askForChannels(teamId: Id, query: string): Promise<void> {
  const found = await api.autocompleteChannels(teamId, searchable(query))
  const known = others.get(teamId) ?? new Map<Id, ChannelHit>()
  others.set(teamId, known)
  for (const one of found) if (!getState().channels[one.id] && !one.delete_at) known.set(one.id, one)
}
