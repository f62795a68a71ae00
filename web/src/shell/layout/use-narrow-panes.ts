import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useLocation } from 'react-router'
import { closePanel } from '../panels.ts'
import { showSidebar } from './layout.ts'
import { isNarrow } from './narrow.ts'
import { paneHistoryChanged, startPaneHistory } from './pane-history.ts'
import { followSwipes } from './swipe-back.ts'

/** The ways back on narrow windows: the browser's history, and the finger. Goes on the frame. */
export function useNarrowPanes(): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null)
  const address = useLocation()
  useEffect(startPaneHistory, [])
  useEffect(paneHistoryChanged, [address])
  useEffect(() => followSwipes(frame.current!, { paneAt, onAway }), [])
  return frame
}

/** A panel goes anywhere; the page goes where it is alone on the screen. */
function paneAt(target: Element): HTMLElement | undefined {
  if (!isNarrow()) return undefined
  return target.closest<HTMLElement>('[data-region="right"], [data-region="main"]') ?? undefined
}

function onAway(pane: HTMLElement): void {
  if (pane.dataset['region'] === 'right') closePanel()
  else showSidebar(true)
}
