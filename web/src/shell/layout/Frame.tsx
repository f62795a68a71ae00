import { useCallback } from 'react'
import type { CSSProperties, ReactNode } from 'react'
import { useLocation } from 'react-router'
import { useStore } from '../../client/store.ts'
import { Sidebar } from '../../features/sidebar/Sidebar.tsx'
import { TeamRail } from '../../features/teams/TeamRail.tsx'
import type { Id } from '../../store/state.ts'
import { ErrorBoundary } from '../ErrorBoundary.tsx'
import { useText } from '../i18n.tsx'
import { useShortcut } from '../keyboard.ts'
import { useTopPanel } from '../panels.ts'
import { ConnectionBar } from './ConnectionBar.tsx'
import css from './Frame.module.css'
import { useLayout } from './layout.ts'
import { useNarrow } from './narrow.ts'
import { focusNextRegion } from './regions.ts'
import { RightColumn } from './RightColumn.tsx'
import { SkipLinks } from './SkipLinks.tsx'
import { useNarrowPanes } from './use-narrow-panes.ts'

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
  const hasPanel = useTopPanel() !== undefined
  const frame = useNarrowPanes()
  const narrow = useNarrow()
  const { pathname } = useLocation()
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
      ref={frame}
      className={css['frame']}
      style={sizes}
      data-sidebar={sidebarOpen ? 'open' : 'closed'}
      data-right={hasPanel}
    >
      <SkipLinks />
      <ConnectionBar />
      {manyTeams && (
        <nav className={css['rail']} aria-label={t('shell.teams', 'Teams')} data-region="teams">
          <ErrorBoundary>
            <TeamRail teamId={teamId} />
          </ErrorBoundary>
        </nav>
      )}
      <nav className={css['sidebar']} aria-label={t('shell.channels', 'Channels')} data-region="sidebar" tabIndex={-1}>
        <ErrorBoundary>
          <Sidebar teamId={teamId} isLoading={isLoading} failed={failed} />
        </ErrorBoundary>
      </nav>
      <main
        className={css['main']}
        aria-label={t('shell.conversation', 'Conversation')}
        data-region="main"
        tabIndex={-1}
      >
        {/* What the list covers is not looked at: nothing in it counts as read. */}
        <ErrorBoundary resetKey={pathname}>{narrow && sidebarOpen ? null : children}</ErrorBoundary>
      </main>
      <RightColumn />
    </div>
  )
}
