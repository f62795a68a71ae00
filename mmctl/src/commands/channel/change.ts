import type { Channel } from '@mattermost/types/channels'
import type { Action, Context } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import type { Api } from '../../connect/api.ts'
import { forEach } from '../../each.ts'
import { confirm } from '../../prompt/confirm.ts'
import { findChannel } from '../../resolve/channel.ts'
import { findTeam } from '../../resolve/team.ts'

async function eachChannel({ args, connect }: Context, work: (api: Api, one: Channel) => Promise<void>): Promise<void> {
  if (args.length === 0) throw new UsageError('name at least one channel, as team:channel')
  const { api } = await connect()
  await forEach(args, async (arg) => work(api, await findChannel(api, arg)))
}

/** Gives a channel another name, display name or both. */
export const rename: Action = async ({ args, flags, out, connect }) => {
  const name = flags.text('name')
  const displayName = flags.text('display-name')
  if (!name && !displayName) throw new UsageError('use --name, --display-name or both')
  const { api } = await connect()
  const channel = await findChannel(api, args[0]!)
  const patch = { ...(name && { name }), ...(displayName && { display_name: displayName }) }
  const renamed = await api.patchChannel(channel.id, patch)
  out.print(`'${renamed.name}' channel renamed`, renamed)
}

/** Makes a channel public or private. */
export const modify: Action = async ({ args, flags, connect }) => {
  if (flags.bool('private') === flags.bool('public')) throw new UsageError('use either --private or --public')
  const { api } = await connect()
  const channel = await findChannel(api, args[0]!)
  await api.updateChannelPrivacy(channel.id, flags.bool('private') ? 'P' : 'O')
}

/** Archives channels; they can come back. */
export const archive: Action = (context) =>
  eachChannel(context, async (api, channel) => {
    await api.call('DELETE', `/channels/${channel.id}`)
  })

/** Brings archived channels back. */
export const unarchive: Action = (context) =>
  eachChannel(context, async (api, channel) => {
    await api.unarchiveChannel(channel.id)
  })

/** Erases channels with everything in them. */
export const remove: Action = async (context) => {
  await confirm(context, 'Erase these channels with all their posts? This cannot be undone.', { backup: true })
  await eachChannel(context, async (api, channel) => {
    await api.call('DELETE', `/channels/${channel.id}?permanent=true`)
    context.out.print(`Deleted channel '${channel.name}'`, channel)
  })
}

/** Moves channels to another team. */
export const move: Action = async ({ args: [arg, ...channels], flags, out, connect }) => {
  const { api } = await connect()
  const team = await findTeam(api, arg!)
  const body = { team_id: team.id, force: flags.bool('force') }
  await forEach(channels, async (one) => {
    const channel = await findChannel(api, one)
    if (channel.team_id === team.id) throw new Error(`channel "${channel.name}" is already in team "${team.name}"`)
    const moved = await api.call<Channel>('POST', `/channels/${channel.id}/move`, body)
    out.print(`Moved channel ${moved.name} to "${team.name}" (${team.id}) from ${channel.team_id}.`, moved)
  })
}
