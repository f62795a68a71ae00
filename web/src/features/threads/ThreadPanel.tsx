import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import type { Panel } from '../../shell/panels.ts'
import { channelName } from '../../store/names.ts'
import { FollowButton } from './FollowButton.tsx'
import { ThreadView } from './ThreadView.tsx'

/** A thread on the right side. */
export default function ThreadPanel({ panel }: { panel: Extract<Panel, { kind: 'thread' }> }): ReactNode {
  const t = useText()
  const { rootId, focusPostId } = panel
  const channel = useStore((state) => channelName(state, state.posts[rootId]?.channel_id ?? ''))
  return (
    <>
      <PanelHeader
        title={t('threads.thread', 'Thread')}
        subtitle={channel}
        actions={<FollowButton rootId={rootId} />}
      />
      <ThreadView key={`${rootId}:${focusPostId ?? ''}`} rootId={rootId} focusPostId={focusPostId} />
    </>
  )
}
