import { useCallback } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { Sidebar } from '../../features/sidebar/Sidebar.tsx'
import { TeamRail } from '../../features/teams/TeamRail.tsx'
import type { Id } from '../../store/state.ts'
import { useText } from '../i18n.tsx'
import { useShortcut } from '../keyboard.ts'
import { useTopPanel } from '../panels.ts'
import { ConnectionBar } from './ConnectionBar.tsx'
import css from './Frame.module.css'
import { useLayout } from './layout.ts'
import { focusNextRegion } from './regions.ts'
import { RightSide } from './RightSide.tsx'

interface Props {
  readonly teamId: Id
  /** the team's channels are on their way */
  readonly isLoading: boolean
  readonly failed: boolean
  readonly children: ReactNode
}

/** The window: rail · sidebar · page · right side. Narrow, one of them at a time. */
export function Frame({ teamId, isLoading, failed, children }: Props): ReactNode {
  const t = useText()
  const panel = useTopPanel()
  const { sidebarWidth, rightWidth, sidebarOpen } = useLayout()
  const manyTeams = useStore((state) => Object.keys(state.teamMembers).length > 1)
  useShortcut(
    'F6',
    useCallback(() => focusNextRegion(1), []),
  )
  useShortcut(
    'shift+F6',
    useCallback(() => focusNextRegion(-1), []),
  )
  const sizes = { '--sidebar-width': `${sidebarWidth}px`, '--right-width': `${rightWidth}px` } as CSSProperties
  return (
    <div
      className={css['frame']}
      style={sizes}
      data-sidebar={sidebarOpen ? 'open' : 'closed'}
      data-right={Boolean(panel)}
    >
      <ConnectionBar />
      {manyTeams && (
        <nav className={css['rail']} aria-label={t('shell.teams', 'Teams')} data-region="teams">
          <TeamRail teamId={teamId} />
        </nav>
      )}
      <nav className={css['sidebar']} aria-label={t('shell.channels', 'Channels')} data-region="sidebar" tabIndex={-1}>
        <Sidebar teamId={teamId} isLoading={isLoading} failed={failed} />
      </nav>
      <main
        className={css['main']}
        aria-label={t('shell.conversation', 'Conversation')}
        data-region="main"
        tabIndex={-1}
      >
        {children}
      </main>
      {panel && (
        <aside className={css['right']} aria-label={t('shell.details', 'Details')} data-region="right" tabIndex={-1}>
          <RightSide panel={panel} />
        </aside>
      )}
    </div>
  )
}
