import type { ReactNode } from 'react'
import { Navigate, useParams } from 'react-router'
import { getState, useStore } from '../client/store.ts'
import type { State } from '../store/state.ts'
import { teamsInOrder } from '../store/teams.ts'
import { requiredStep } from './required-step.ts'
import { lastTeamId } from './last-place.ts'

/** `/`: the last team, or what has to happen before there is one. */
export function StartPage(): ReactNode {
  const state = useStore()
  return <Navigate to={startPath(state)} replace />
}

/** Where somebody who comes without an address belongs. */
export function startPath(state: State = getState()): string {
  if (!state.me) return state.config['NoAccounts'] === 'true' ? '/signup_user_complete' : '/login'
  const step = requiredStep(state)
  if (step) return step
  const teams = teamsInOrder(state)
  const team = state.teams[lastTeamId()] ?? teams[0]
  return team ? `/${team.name}` : '/select_team'
}

/** `/_redirect/pl/<id>` and the like: the same page in a team of the reader's. */
export function PostRedirect(): ReactNode {
  const rest = useParams()['*'] ?? ''
  const state = useStore()
  if (!state.me) return <Navigate to={`/login?redirect_to=${encodeURIComponent(`/_redirect/${rest}`)}`} replace />
  const start = startPath(state)
  return <Navigate to={start === '/select_team' ? start : `${start}/${rest}`} replace />
}
