import type { ReactNode } from 'react'
import type { Panel } from '../../shell/panels.ts'
import { ChannelFiles } from './ChannelFiles.tsx'
import { Mentions } from './Mentions.tsx'
import { Pinned } from './Pinned.tsx'
import { Saved } from './Saved.tsx'
import { Search } from './Search.tsx'
import css from './Search.module.css'

/** The lists of the right side: what was found, mentions of me, what I saved, what is pinned in a channel, its files. */
export default function SearchPanel({ panel }: { panel: Panel }): ReactNode {
  return <div className={css['panel']}>{listOf(panel)}</div>
}

function listOf(panel: Panel): ReactNode {
  switch (panel.kind) {
    case 'search':
      return <Search panel={panel} />
    case 'mentions':
      return <Mentions />
    case 'saved':
      return <Saved />
    case 'pinned':
      return <Pinned key={panel.channelId} channelId={panel.channelId} />
    case 'files':
      return <ChannelFiles key={panel.channelId} channelId={panel.channelId} />
    default:
      return null
  }
}
