import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import type { Panel } from '../panels.ts'

/** A thread opens with its field to write in ready, but for fingers, whose keyboard would cover it; what closes gives the focus back. */
export function usePanelFocus(panel: Panel | undefined): RefObject<HTMLElement | null> {
  const column = useRef<HTMLElement>(null)
  const isOpen = panel !== undefined
  useEffect(() => {
    if (!isOpen) return
    const before = document.activeElement
    return () => void requestAnimationFrame(() => giveBack(before))
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

function giveBack(before: Element | null): void {
  const isLost = document.activeElement === null || document.activeElement === document.body
  if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
}
