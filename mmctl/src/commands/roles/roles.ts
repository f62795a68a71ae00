import type { Role } from '@mattermost/types/roles'
import type { Action, Context } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { findUser } from '../../resolve/user.ts'

const ADMIN = 'system_admin'

/** Prints the names of all roles. */
export const list: Action = async ({ out, connect }) => {
  const { api } = await connect()
  for (const role of await api.call<Role[]>('GET', '/roles')) out.print(role.name, role)
}

/** Makes accounts system administrators. */
export const systemAdmin: Action = (context) =>
  changeRoles(context, 'assigned to', (roles) => (roles.includes(ADMIN) ? roles : [...roles, ADMIN]))

/** Makes system administrators ordinary members. */
export const member: Action = (context) =>
  changeRoles(context, 'revoked for', (roles) => roles.filter((role) => role !== ADMIN))

async function changeRoles(
  { args, out, connect }: Context,
  done: string,
  change: (roles: string[]) => string[],
): Promise<void> {
  const { api } = await connect()
  await forEach(args, async (arg) => {
    const user = await findUser(api, arg)
    const before = user.roles.split(' ').filter(Boolean)
    const after = change(before)
    if (after.length === before.length) return
    await api.updateUserRoles(user.id, after.join(' '))
    out.print(`System admin role ${done} user "${arg}". Current roles are: ${after.join(', ')}`)
  })
}
