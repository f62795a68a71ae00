import type { ReactNode } from 'react'
import type { Panel } from '../../shell/panels.ts'

export default function ChannelPanel(_: { panel: Panel }): ReactNode {
  return null
}
