import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export function Sidebar(_: { teamId: Id; isLoading: boolean; failed: boolean }): ReactNode {
  return null
}
