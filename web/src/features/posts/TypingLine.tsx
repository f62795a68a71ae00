import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export function TypingLine(_: { channelId: Id; rootId: Id }): ReactNode {
  return null
}
