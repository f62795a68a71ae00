import type { ReactNode } from 'react'
import type { Panel } from '../../shell/panels.ts'

export default function ThreadPanel(_: { panel: Panel }): ReactNode {
  return null
}
