import type { Action, Context } from '../../cli/command.ts'
import type { Api } from '../../connect/api.ts'
import { findChannel } from '../../resolve/channel.ts'
import { findTeam } from '../../resolve/team.ts'

export type Kind = 'team' | 'channel'

interface Place {
  readonly id: string
  readonly group_constrained?: boolean | null
}

interface Group {
  readonly id: string
  readonly display_name: string
}

const place = (api: Api, kind: Kind, arg: string): Promise<Place> =>
  kind === 'team' ? findTeam(api, arg) : findChannel(api, arg)

/** Decides whether groups alone say who is a member of a team or channel. */
export const constrain =
  (kind: Kind, isOn: boolean): Action =>
  async ({ args, connect }) => {
    const { api } = await connect()
    const { id } = await place(api, kind, args[0]!)
    if (isOn && (await groupsOf(api, kind, id)).length === 0) {
      throw new Error(`no groups belong to the ${kind} "${args[0]}": it would lose all members`)
    }
    await api.call('PUT', `/${kind}s/${id}/patch`, { group_constrained: isOn })
  }

/** Prints whether groups alone say who is a member. */
export const status =
  (kind: Kind): Action =>
  async ({ args, out, connect }) => {
    const { api } = await connect()
    const { group_constrained } = await place(api, kind, args[0]!)
    out.print(group_constrained ? 'Enabled' : 'Disabled')
  }

/** Prints the groups of a team or channel. */
export const list =
  (kind: Kind): Action =>
  async ({ args, out, connect }: Context) => {
    const { api } = await connect()
    const { id } = await place(api, kind, args[0]!)
    for (const group of await groupsOf(api, kind, id)) out.print(group.display_name, group)
  }

async function groupsOf(api: Api, kind: Kind, id: string): Promise<readonly Group[]> {
  return (await api.call<{ groups: Group[] | null }>('GET', `/${kind}s/${id}/groups`)).groups ?? []
}

/** Prints the groups of the directory. */
export const listLdap: Action = async ({ out, connect }) => {
  const { api } = await connect()
  const { groups } = await api.call<{ groups: { name: string }[] | null }>('GET', '/ldap/groups')
  for (const group of groups ?? []) out.print(group.name, group)
}
