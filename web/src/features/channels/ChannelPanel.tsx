import type { ReactNode } from 'react'
import type { Panel } from '../../shell/panels.ts'
import { ChannelInfo } from './ChannelInfo.tsx'
import { ChannelMembers } from './ChannelMembers.tsx'

/** What the right side tells about a channel: itself, or who is in it. */
export default function ChannelPanel({ panel }: { panel: Extract<Panel, { channelId: string }> }): ReactNode {
  if (panel.kind === 'members') return <ChannelMembers key={panel.channelId} channelId={panel.channelId} />
  return <ChannelInfo key={panel.channelId} channelId={panel.channelId} />
}
