import type { Channel } from '@mattermost/types/channels'
import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { findTeam } from '../../resolve/team.ts'

/** Makes a channel in a team. */
export const create: Action = async ({ flags, out, connect }) => {
  for (const name of ['name', 'display-name', 'team']) {
    if (!flags.text(name)) throw new UsageError(`a channel needs --${name}`)
  }
  const { api } = await connect()
  const team = await findTeam(api, flags.text('team'))
  const channel = await api.call<Channel>('POST', '/channels', {
    team_id: team.id,
    name: flags.text('name'),
    display_name: flags.text('display-name'),
    header: flags.text('header'),
    purpose: flags.text('purpose'),
    type: flags.bool('private') ? 'P' : 'O',
  })
  out.print(`New channel ${channel.name} successfully created`, channel)
}
