import type { Action, Context } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { findUser } from '../../resolve/user.ts'
import { printRole } from './role-table.ts'

/** Prints a role with its permissions. */
export const show: Action = async ({ args, out, connect }) => {
  const { api } = await connect()
  printRole(out, await api.getRoleByName(encodeURIComponent(args[0]!)))
}

/** Gives accounts a role. */
export const assign: Action = (context) =>
  changeRoles(context, (roles, name) => (roles.includes(name) ? roles : [...roles, name]))

/** Takes a role from accounts. */
export const unassign: Action = (context) => changeRoles(context, (roles, name) => roles.filter((one) => one !== name))

async function changeRoles(
  { args: [name, ...users], connect }: Context,
  change: (roles: string[], name: string) => string[],
): Promise<void> {
  const { api } = await connect()
  // A role that does not exist would be a right that nobody can see.
  await api.getRoleByName(encodeURIComponent(name!))
  await forEach(users, async (arg) => {
    const user = await findUser(api, arg)
    const before = user.roles.split(' ').filter(Boolean)
    const after = change(before, name!)
    if (after.length !== before.length) await api.updateUserRoles(user.id, after.join(' '))
  })
}
