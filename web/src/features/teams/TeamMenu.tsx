import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import type { Id } from '../../store/state.ts'

export function TeamMenu({ teamId }: { teamId: Id }): ReactNode {
  return <b>{useStore((state) => state.teams[teamId]?.display_name)}</b>
}
