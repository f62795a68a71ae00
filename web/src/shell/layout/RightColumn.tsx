import { memo, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { Resizer } from '../../ui/Resizer.tsx'
import { ErrorBoundary } from '../ErrorBoundary.tsx'
import { useText } from '../i18n.tsx'
import { closeAllPanels, useTopPanel } from '../panels.ts'
import css from './Frame.module.css'
import { useLayout } from './layout.ts'
import { usePanelFocus } from './panel-focus.ts'
import { RightSide } from './RightSide.tsx'

/** Widths (px): the narrowest, and that of somebody who chose none. The widest is half of the window. */
const LEAST = 320
const USUAL = 400

/** The column on the right with its edge to drag; over the page where there is no room for it, full where there is one pane. */
export const RightColumn = memo(function RightColumn(): ReactNode {
  const t = useText()
  const panel = useTopPanel()
  const width = useLayout(({ rightWidth }) => rightWidth)
  const most = useHalfWindow()
  const column = usePanelFocus(panel)
  if (!panel) return null
  return (
    <>
      <div className={css['scrim']} onClick={closeAllPanels} data-scrim />
      <aside
        ref={column}
        className={css['right']}
        aria-label={t('shell.details', 'Details')}
        data-region="right"
        tabIndex={-1}
      >
        <ErrorBoundary resetKey={panel}>
          <RightSide panel={panel} />
        </ErrorBoundary>
        <Resizer
          label={t('shell.right_width', 'Width of the right side')}
          edge="left"
          value={Math.min(width, most)}
          min={LEAST}
          max={most}
          onChange={(rightWidth) => useLayout.setState({ rightWidth })}
          onReset={() => useLayout.setState({ rightWidth: USUAL })}
          className={css['resizer']}
        />
      </aside>
    </>
  )
})

const halfWindow = (): number => Math.max(LEAST, Math.floor(window.innerWidth / 2))

const useHalfWindow = (): number =>
  useSyncExternalStore((heard) => {
    window.addEventListener('resize', heard)
    return () => window.removeEventListener('resize', heard)
  }, halfWindow)
