import type { Channel } from '@mattermost/types/channels'
import type { Api } from '../connect/api.ts'
import { findTeam } from './team.ts'
import { firstFound, isId, missing } from './user.ts'

/**
 * The channel that an argument names, archived ones too: `team:channel` (names or ids), or the id alone. Throws when
 * there is none.
 */
export async function findChannel(api: Api, arg: string): Promise<Channel> {
  const [first = '', second] = arg.split(':', 2)
  const asked: (() => Promise<Channel>)[] = []
  const name = second ?? first
  if (second !== undefined && !/[/\\]|\.\./.test(second) && second !== '') {
    const team = await findTeam(api, first)
    asked.push(() => channelByName(api, team.id, second))
  }
  if (isId(name)) asked.push(() => api.call('GET', `/channels/${name}`))
  return (await firstFound(asked)) ?? missing('channel', arg)
}

/** A channel of a team by its name, archived ones too. */
export const channelByName = (api: Api, teamId: string, name: string): Promise<Channel> =>
  api.call('GET', `/teams/${teamId}/channels/name/${encodeURIComponent(name)}?include_deleted=true`)
