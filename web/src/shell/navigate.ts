import type { NavigateFunction } from 'react-router'
import { getState } from '../client/store.ts'
import type { Id } from '../store/state.ts'
import { currentTeamId } from './place.ts'

let navigateFunction: NavigateFunction | undefined

/** The router hands its own function over at the start. */
export const setNavigate = (navigate: NavigateFunction): void => void (navigateFunction = navigate)

/** Goes to a path of this site, without its base path; `replace` leaves no step back. */
export function goTo(path: string, options?: { replace?: boolean; state?: unknown }): void {
  void navigateFunction?.(path, options)
}

/** The address of a channel in Mattermost's scheme; direct messages in the team given or in view. */
export function channelPath(channelId: Id, inTeam?: Id): string {
  const { channels, teams, users, me } = getState()
  const channel = channels[channelId]
  if (!channel) return '/'
  const team = teams[channel.team_id || inTeam || currentTeamId()] ?? Object.values(teams)[0]
  const base = `/${team?.name ?? 'select_team'}`
  if (channel.type === 'G') return `${base}/messages/${channel.name}`
  if (channel.type !== 'D') return `${base}/channels/${channel.name}`
  const other = channel.name.split('__').find((id) => id !== me) ?? me
  const user = users[other]
  return `${base}/messages/${user ? `@${user.username}` : channel.name}`
}

/** The address of a post, which also works in old links. */
export function postPath(postId: Id, teamId?: Id): string {
  const team = getState().teams[teamId || currentTeamId()] ?? Object.values(getState().teams)[0]
  return `/${team?.name ?? '_redirect'}/pl/${postId}`
}
