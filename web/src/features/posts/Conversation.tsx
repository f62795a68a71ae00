import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export function Conversation(_: { channelId: Id; focusPostId?: Id }): ReactNode {
  return null
}
