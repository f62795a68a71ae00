import type { Action } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { findTeam } from '../../resolve/team.ts'
import { findUser } from '../../resolve/user.ts'

/** Makes accounts members of a team. */
export const add: Action = async ({ args: [arg, ...users], connect }) => {
  const { api } = await connect()
  const team = await findTeam(api, arg!)
  await forEach(users, async (user) => {
    await api.addToTeam(team.id, (await findUser(api, user)).id)
  })
}

/** Takes accounts out of a team. */
export const remove: Action = async ({ args: [arg, ...users], connect }) => {
  const { api } = await connect()
  const team = await findTeam(api, arg!)
  await forEach(users, async (user) => {
    await api.removeFromTeam(team.id, (await findUser(api, user)).id)
  })
}
