import type { ReactNode } from 'react'
import type { Panel } from '../../shell/panels.ts'

export default function HistoryPanel(_: { panel: Panel }): ReactNode {
  return null
}
