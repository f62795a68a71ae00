import type { Team } from '@mattermost/types/teams'
import type { Action, Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import type { Api } from '../../connect/api.ts'
import { forEach } from '../../each.ts'
import { confirm } from '../../prompt/confirm.ts'
import { findTeam } from '../../resolve/team.ts'

async function eachTeam({ args, connect }: Context, work: (api: Api, team: Team) => Promise<void>): Promise<void> {
  const { api } = await connect()
  await forEach(args, async (arg) => work(api, await findTeam(api, arg)))
}

/** Gives a team another display name. */
export const rename: Action = async ({ args, flags, out, connect }) => {
  const { api } = await connect()
  const team = await findTeam(api, args[0]!)
  const renamed = await api.patchTeam({ id: team.id, display_name: flags.text('display-name') })
  out.print(`'${args[0]}' team renamed`, renamed)
}

/** Opens teams to everybody or closes them. */
export const modify: Action = async (context) => {
  const { flags, out } = context
  if (flags.bool('private') === flags.bool('public')) throw new UsageError('use either --private or --public')
  const privacy = flags.bool('private') ? 'I' : 'O'
  await eachTeam(context, async (api, team) => {
    const changed = await api.call<Team>('PUT', `/teams/${team.id}/privacy`, { privacy })
    out.print(`Modified team '${changed.name}'`, changed)
  })
}

/** Archives teams; they can come back. */
export const archive: Action = async (context) => {
  await confirm(context, 'Archive these teams?', { backup: true })
  await eachTeam(context, async (api, team) => {
    await api.call('DELETE', `/teams/${team.id}`)
    context.out.print(`Archived team '${team.name}'`, team)
  })
}

/** Erases teams with everything in them. */
export const remove: Action = async (context) => {
  await confirm(context, 'Erase these teams with all their channels and posts? This cannot be undone.', {
    backup: true,
  })
  await eachTeam(context, async (api, team) => {
    await api.call('DELETE', `/teams/${team.id}?permanent=true`)
    context.out.print(`Deleted team '${team.name}'`, team)
  })
}

/** Brings archived teams back. */
export const restore: Action = (context) =>
  eachTeam(context, async (api, team) => {
    const restored = await api.unarchiveTeam(team.id)
    context.out.print(`Restored team '${restored.name}'`, restored)
  })
