import { markStale, put } from '../change.ts'
import { changeChannelUsers, forgetTeam } from '../channels.ts'
import type { Team, TeamMember } from '../entities.ts'
import type { Id, State } from '../state.ts'
import { parse } from './reducer.ts'
import type { Reducers } from './reducer.ts'

export const teamReducers: Reducers<
  | 'added_to_team'
  | 'leave_team'
  | 'update_team'
  | 'delete_team'
  | 'restore_team'
  | 'update_team_scheme'
  | 'memberrole_updated'
> = {
  added_to_team: (state, data) => (data.user_id === state.me ? newTeam(state, data.team_id) : state),
  leave_team: (state, data) => {
    if (data.user_id === state.me) return forgetTeam(state, data.team_id)
    // Whoever leaves a team leaves its channels; no event says so for each of them.
    let after = state
    for (const channel of Object.values(state.channels)) {
      const users = state.channelUsers[channel.id]
      const wasIn = channel.team_id === data.team_id && (users === undefined || users.includes(data.user_id))
      if (wasIn) after = changeChannelUsers(after, channel.id, { left: data.user_id })
    }
    return after
  },
  update_team: (state, data) => updateTeam(state, parse<Team>(data.team)),
  delete_team: (state, data) => forgetTeam(state, parse<Team>(data.team).id),
  restore_team: (state, data) => newTeam(state, parse<Team>(data.team).id),
  /** Other roles apply in the team and its channels; my memberships name them. */
  update_team_scheme: (state, data) => {
    const team = parse<Team>(data.team)
    return markStale(updateTeam(state, team), `team:${team.id}`, 'channels')
  },
  memberrole_updated: (state, data) => {
    const member = parse<TeamMember>(data.member)
    if (member.user_id !== state.me || !state.teams[member.team_id]) return state
    const updated = { ...state, teamMembers: put(state.teamMembers, member.team_id, member) }
    // Only who administers a team sees its address and its invitation code.
    return markStale(updated, `team:${member.team_id}`)
  },
}

/** I am a member now (again): everything of the team is to be loaded. */
function newTeam(state: State, id: Id): State {
  const keys = [
    `team:${id}`,
    'channels',
    `categories:${id}`,
    `threads:${id}`,
    `drafts:${id}`,
    `scheduled:${id}`,
  ] as const
  return markStale(state, ...keys)
}

/** The event has no address and no invitation code, because it goes to everybody; who saw them has to ask again. */
function updateTeam(state: State, team: Team): State {
  const before = state.teams[team.id]
  if (!before) return state
  const { email, invite_id } = before
  const updated = { ...state, teams: put(state.teams, team.id, { ...team, email, invite_id }) }
  return email || invite_id ? markStale(updated, `team:${team.id}`) : updated
}
