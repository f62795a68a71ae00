import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export default function TeamSettingsDialog(_: { teamId: Id; onClose: () => void }): ReactNode {
  return null
}
