import type { Team } from '@mattermost/types/teams'
import type { Action } from '../../cli/command.ts'
import { forEach } from '../../each.ts'
import { PAGE, allPages } from '../../paging.ts'

/** Prints all teams, archived ones too. */
export const list: Action = async ({ out, connect }) => {
  const { api } = await connect()
  const teams = await allPages((page) => api.call<Team[]>('GET', `/teams?page=${page}&per_page=${PAGE}`))
  for (const team of teams) out.print(team.delete_at > 0 ? `${team.name} (archived)` : team.name, team)
}

/** Prints the teams whose name or display name contains one of the words. */
export const search: Action = async ({ args, out, connect }) => {
  const { api } = await connect()
  const found = new Map<string, Team>()
  await forEach(args, async (term) => {
    const teams = await api.call<Team[]>('POST', '/teams/search', { term })
    if (teams.length === 0) throw new Error(`no team was found for "${term}"`)
    for (const team of teams) found.set(team.id, team)
  }).finally(() => {
    for (const team of [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      out.print(`${team.name}: ${team.display_name} (${team.id})`, team)
    }
  })
}
