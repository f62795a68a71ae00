import type { ChannelMembership } from '@mattermost/types/channels'
import type { Action } from '../../cli/command.ts'
import { UsageError } from '../../cli/usage-error.ts'
import { forEach } from '../../each.ts'
import { PAGE, allPages } from '../../paging.ts'
import { findChannel } from '../../resolve/channel.ts'
import { findUser } from '../../resolve/user.ts'

/** Makes accounts members of a channel. */
export const add: Action = async ({ args: [arg, ...users], connect }) => {
  if (!arg || users.length === 0) throw new UsageError('a channel and at least one user are needed')
  const { api } = await connect()
  const channel = await findChannel(api, arg)
  await forEach(users, async (user) => {
    await api.addToChannel((await findUser(api, user)).id, channel.id)
  })
}

/** Takes accounts, or all, out of a channel. */
export const remove: Action = async ({ args: [arg, ...users], flags, connect }) => {
  const all = flags.bool('all-users')
  if (!arg || all === users.length > 0) throw new UsageError('a channel and either users or --all-users are needed')
  const { api } = await connect()
  const channel = await findChannel(api, arg)
  if (!all) {
    return forEach(users, async (user) => {
      await api.removeFromChannel((await findUser(api, user)).id, channel.id)
    })
  }
  const members = await allPages((page) =>
    api.call<ChannelMembership[]>('GET', `/channels/${channel.id}/members?page=${page}&per_page=${PAGE}`),
  )
  await forEach(members, async (member) => {
    await api.removeFromChannel(member.user_id, channel.id)
  })
}
