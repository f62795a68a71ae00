import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export function ChannelHeader(_: { channelId: Id }): ReactNode {
  return null
}
