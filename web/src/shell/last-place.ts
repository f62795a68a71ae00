import type { Id } from '../store/state.ts'

const TEAM = 'outpost.last-team'
const CHANNEL = 'outpost.last-channel.'

/** The team that was in view last on this device, or ''. */
export const lastTeamId = (): Id => localStorage.getItem(TEAM) ?? ''

/** The channel that was in view last in a team on this device, or ''. */
export const lastChannelId = (teamId: Id): Id => localStorage.getItem(CHANNEL + teamId) ?? ''

/** Remembers where the reader is, for the next time. */
export function rememberPlace(teamId: Id, channelId: Id): void {
  if (lastTeamId() !== teamId) localStorage.setItem(TEAM, teamId)
  localStorage.setItem(CHANNEL + teamId, channelId)
}
