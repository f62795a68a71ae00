import { reader } from '../client/api.ts'
import { markStale } from '../store/change.ts'
import { receivedConfig, receivedTeamMembers, receivedTeams } from '../store/load.ts'
import type { Id, StaleKey } from '../store/state.ts'
import { run } from '../store/reader.ts'
import { getState, update } from '../client/store.ts'

/**
 * Events were missed: everything that the screens show is asked for again. Loaded stretches of channels are dropped but for
 * the one in view, which goes on from what it shows.
 */
export async function resync(teamId: Id): Promise<void> {
  const keys: StaleKey[] = ['channels', 'preferences', 'users', 'groups']
  const ofTeam: StaleKey[] = [
    `categories:${teamId}`,
    `drafts:${teamId}`,
    `scheduled:${teamId}`,
    `threadCounts:${teamId}`,
  ]
  const threads = Object.keys(getState().threadPosts).map((id): StaleKey => `thread:${id}`)
  update((state) => markStale({ ...state, channelPosts: {} }, ...keys, ...ofTeam, ...threads))
  const [teams, members, config] = await Promise.all([
    reader.ok('/users/me/teams'),
    reader.ok('/users/me/teams/members'),
    reader.ok('/config/client?format=old'),
  ])
  update((state) =>
    run(state, [
      (now) => receivedTeams(now, teams),
      (now) => receivedTeamMembers(now, members),
      (now) => receivedConfig(now, config),
    ]),
  )
}
