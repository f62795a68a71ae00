import type { Team } from '@mattermost/types/teams'
import type { Api } from '../connect/api.ts'
import { firstFound, isId, missing } from './user.ts'

/** The team that an argument names: by id, or by name. Throws when there is none. */
export async function findTeam(api: Api, arg: string): Promise<Team> {
  const asked: (() => Promise<Team>)[] = []
  if (isId(arg)) asked.push(() => api.call('GET', `/teams/${arg}`))
  if (arg !== '' && !/[/\\]|\.\./.test(arg)) asked.push(() => api.getTeamByName(encodeURIComponent(arg)))
  return (await firstFound(asked)) ?? missing('team', arg)
}
