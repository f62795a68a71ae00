import type { ReactNode } from 'react'
import type { Id } from '../../store/state.ts'

export default function ChannelNotificationsDialog(_: { channelId: Id; onClose: () => void }): ReactNode {
  return null
}
