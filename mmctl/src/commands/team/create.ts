import type { Team } from '@mattermost/types/teams'
import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'

/** Makes a team that everybody may join, or a private one. */
export const create: Action = async ({ flags, out, connect }) => {
  for (const name of ['name', 'display-name']) {
    if (!flags.text(name)) throw new UsageError(`a team needs --${name}`)
  }
  const { api } = await connect()
  const isPrivate = flags.bool('private')
  const team = await api.call<Team>('POST', '/teams', {
    name: flags.text('name'),
    display_name: flags.text('display-name'),
    email: flags.text('email'),
    type: isPrivate ? 'I' : 'O',
    allow_open_invite: !isPrivate,
  })
  out.print(`New team ${team.name} successfully created`, team)
}
