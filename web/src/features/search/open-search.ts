import { getState } from '../../client/store.ts'
import { openPanel } from '../../shell/panels.ts'
import { holdTyping } from '../../shell/type-ahead.ts'
import { otherOf } from '../../store/names.ts'
import type { Id, State } from '../../store/state.ts'

/** Id of the field, for those who bring the reader there. */
export const SEARCH_FIELD = 'search-field'

/** Whether the reader is in the field of the search. */
export const isSearching = (): boolean => document.activeElement?.id === SEARCH_FIELD

/** Opens the search within a channel; everywhere when it is ''. Brings the reader to the field when it is open already. */
export function searchIn(channelId: Id): void {
  const terms = channelFilter(getState(), channelId)
  openPanel({ kind: 'search', terms: terms && `${terms} ` })
  const field = document.getElementById(SEARCH_FIELD)
  if (field) field.focus()
  else holdTyping((focus) => focus.id === SEARCH_FIELD)
}

/** The filter that means a channel: `in:name`, or the names of the others in direct messages. */
export function channelFilter(state: State, channelId: Id): string {
  const channel = state.channels[channelId]
  if (!channel) return ''
  if (channel.type === 'D') return `in:@${state.users[otherOf(state, channel.name)]?.username ?? ''}`
  if (channel.type !== 'G') return `in:${channel.name}`
  const mine = state.users[state.me]?.username
  const others = channel.display_name.split(', ').filter((name) => name !== mine)
  return `in:@${others.join(',')}`
}
