import type { UserProfile } from '@mattermost/types/users'
import type { Action } from '../../cli/command.ts'
import { listPages } from '../../paging.ts'

/** Prints accounts, bots among them. */
export const list: Action = async ({ flags, out, connect }) => {
  const { api } = await connect()
  const query: Record<string, string> = {}
  if (flags.given('team')) query.in_team = (await api.getTeamByName(encodeURIComponent(flags.text('team')))).id
  if (flags.bool('inactive')) query.inactive = 'true'
  if (flags.text('role')) query.role = flags.text('role')
  const page = (params: string) =>
    api.call<UserProfile[]>('GET', `/users?${params}&${new URLSearchParams(query).toString()}`)
  for (const user of await listPages(flags, out, page)) {
    out.print(`${user.id}: ${user.username} (${user.email})`, user)
  }
}
