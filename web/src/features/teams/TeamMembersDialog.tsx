import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export default function TeamMembersDialog(_: { teamId: Id; onClose: () => void }): ReactNode {
  return null
}
