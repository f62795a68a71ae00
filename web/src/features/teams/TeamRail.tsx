import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export function TeamRail(_: { teamId: Id }): ReactNode {
  return null
}
