import { channelPath, goTo } from '../../shell/navigate.ts'
import { openPanel } from '../../shell/panels.ts'
import type { Place } from './drafts.ts'

/** Goes where something is written: to the channel, and for a reply to its thread. */
export function openPlace({ channelId, rootId }: Place): void {
  goTo(channelPath(channelId))
  if (rootId) openPanel({ kind: 'thread', rootId })
}
