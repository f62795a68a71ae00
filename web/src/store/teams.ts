import type { Team } from './entities.ts'
import { preferenceKey } from './state.ts'
import type { State } from './state.ts'

/** My teams in my own order, which the preference teams_order holds; those it does not name come last, by name. */
export function teamsInOrder(state: State): readonly Team[] {
  const order = (state.preferences[preferenceKey('teams_order', '')]?.value ?? '').split(',')
  const place = (team: Team): number => (order.includes(team.id) ? order.indexOf(team.id) : order.length)
  const mine = Object.values(state.teams).filter((team) => state.teamMembers[team.id] && !team.delete_at)
  return mine.toSorted((a, b) => place(a) - place(b) || a.display_name.localeCompare(b.display_name))
}
