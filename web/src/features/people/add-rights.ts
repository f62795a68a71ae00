import type { Channel } from '../../store/entities.ts'
import { can } from '../../store/permissions.ts'
import type { Id, State } from '../../store/state.ts'

/** The channels of a team that I may bring somebody into. */
export const channelsToAddTo = (state: State, teamId: Id): Channel[] =>
  Object.values(state.channels).filter((channel) => channel.team_id === teamId && mayAddTo(state, channel))

function mayAddTo(state: State, { id, type, delete_at }: Channel): boolean {
  if (delete_at || !state.channelMembers[id]) return false
  return can(state, `manage_${type === 'P' ? 'private' : 'public'}_channel_members`, { channelId: id })
}
