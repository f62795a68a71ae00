import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { bringFocusHome } from '../../ui/focus-home.ts'
import type { Panel } from '../panels.ts'

/** A thread opens with its field to write in ready, but for fingers, whose keyboard would cover it; what closes gives the focus back. */
export function usePanelFocus(panel: Panel | undefined): RefObject<HTMLElement | null> {
  const column = useRef<HTMLElement>(null)
  const isOpen = panel !== undefined
  useEffect(() => {
    if (isOpen) return bringFocusHome
  }, [isOpen])
  useEffect(() => {
    if (panel?.kind !== 'thread' || panel.focusPostId || matchMedia('(pointer: coarse)').matches) return
    return whenThere(column.current!, 'textarea', (field) => field.focus())
  }, [panel])
  return column
}

/** Parts of a panel are loaded when they are first shown. Returns what ends the waiting. */
function whenThere(place: HTMLElement, wanted: string, take: (found: HTMLElement) => void): () => void {
  const look = (): void => {
    const found = place.querySelector<HTMLElement>(wanted)
    if (!found) return
    observer.disconnect()
    take(found)
  }
  const observer = new MutationObserver(look)
  observer.observe(place, { childList: true, subtree: true })
  look()
  return () => observer.disconnect()
}
