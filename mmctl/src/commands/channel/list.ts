import type { Channel } from '@mattermost/types/channels'
import type { Action } from '../../cli/command.ts'
import { ApiError } from '../../connect/api-error.ts'
import type { Connection } from '../../connect/connection.ts'
import { forEach } from '../../each.ts'
import { PAGE, allPages } from '../../paging.ts'
import { channelByName } from '../../resolve/channel.ts'
import { findTeam } from '../../resolve/team.ts'
import { firstFound, missing } from '../../resolve/user.ts'
import type { Team } from '@mattermost/types/teams'

/** Prints the channels of teams: public ones, archived ones, private ones. */
export const list: Action = async ({ args, out, connect }) => {
  const connection = await connect()
  const { api } = connection
  await forEach(args, async (arg) => {
    const { id } = await findTeam(api, arg)
    const all = (kind: string) =>
      allPages((page) => api.call<Channel[]>('GET', `/teams/${id}/channels${kind}?page=${page}&per_page=${PAGE}`))
    for (const one of await all('')) out.print(one.name, one)
    for (const one of await all('/deleted')) out.print(`${one.name} (archived)`, one)
    for (const one of await privateChannels(connection, id, () => all('/private'))) {
      out.print(`${one.name} (private)`, one)
    }
  })
}

/** All private channels for administrators; for others, those they are members of. */
async function privateChannels(
  { api, isLocal }: Connection,
  teamId: string,
  all: () => Promise<Channel[]>,
): Promise<Channel[]> {
  try {
    return await all()
  } catch (error) {
    if (isLocal || !(error instanceof ApiError && error.status === 403)) throw error
    const own = await api.call<Channel[]>('GET', `/users/me/teams/${teamId}/channels`)
    return own.filter((one) => one.type === 'P')
  }
}

/** Prints the channel with a name, in a team or in whichever has it first. */
export const search: Action = async ({ args, flags, out, connect }) => {
  const { api } = await connect()
  const name = args[0]!
  if (!name || /[/\\]|\.\./.test(name)) missing('channel', name)
  const teams = flags.given('team')
    ? [await findTeam(api, flags.text('team'))]
    : await allPages((page) => api.call<Team[]>('GET', `/teams?page=${page}&per_page=${PAGE}`))
  const found = await firstFound(teams.map((team) => () => channelByName(api, team.id, name)))
  if (!found) return missing('channel', name)
  const text = `Channel Name :${found.name}, Display Name :${found.display_name}, Channel ID :${found.id}`
  out.print(found.delete_at > 0 ? `${text} (archived)` : text, found)
}
