import { Suspense, useCallback } from 'react'
import type { ComponentType, ReactNode } from 'react'
import { useShortcut } from '../keyboard.ts'
import { closePanel } from '../panels.ts'
import type { Panel } from '../panels.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'

type Of<K extends Panel['kind']> = ComponentType<{ panel: Extract<Panel, { kind: K }> }>

const SearchPanel = lazyPart(() => import('../../features/search/SearchPanel.tsx'))
const ChannelPanel = lazyPart(() => import('../../features/channels/ChannelPanel.tsx'))

const PANELS: { [K in Panel['kind']]: Of<K> } = {
  thread: lazyPart(() => import('../../features/threads/ThreadPanel.tsx')),
  search: SearchPanel as Of<'search'>,
  mentions: SearchPanel as Of<'mentions'>,
  saved: SearchPanel as Of<'saved'>,
  pinned: SearchPanel as Of<'pinned'>,
  info: ChannelPanel as Of<'info'>,
  members: ChannelPanel as Of<'members'>,
  files: SearchPanel as Of<'files'>,
  history: lazyPart(() => import('../../features/posts/HistoryPanel.tsx')),
}

/** The right side: whatever panel is on top. Escape closes it. */
export function RightSide({ panel }: { panel: Panel }): ReactNode {
  useShortcut(
    'Escape',
    useCallback(() => closePanel(), []),
  )
  const Shown = PANELS[panel.kind] as ComponentType<{ panel: Panel }>
  return (
    <Suspense>
      <Shown panel={panel} />
    </Suspense>
  )
}
