import type { Action } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { confirm } from '../../prompt/confirm.ts'
import { findUser } from '../../resolve/user.ts'

/** Erases accounts with everything they wrote. */
export const deleteUsers: Action = async (context) => {
  const { args, out } = context
  await confirm(context, 'Erase these users with all their posts? This cannot be undone.', { backup: true })
  const { api } = await context.connect()
  await forEach(args, async (arg) => {
    const user = await findUser(api, arg)
    const { response } = await api.exchange('DELETE', `/users/${user.id}?permanent=true`)
    if (response.status === 202)
      throw new Error(`user ${user.username} is deleted, but the profile image is still stored`)
    out.print(`Deleted user '${user.username}'`, user)
  })
}

/** Erases all accounts; the server does so only for the machine's administrator. */
export const deleteAll: Action = async (context) => {
  if (!context.flags.bool('local')) throw new Error('this works in local mode only: use --local on the server itself')
  await confirm(context, 'Erase ALL users with all their posts? This cannot be undone.', { backup: true })
  const { api } = await context.connect()
  await api.call('DELETE', '/users')
  context.out.print('All users successfully deleted')
}
