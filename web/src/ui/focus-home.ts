import { useEffect } from 'react'
import { afterClosing } from './after-closing.ts'

/** What floats above the page for a while. */
const FLOATING = '[role^="menu"], [role$="dialog"], [role="listbox"], [role="tooltip"]'

const FOCUSABLE = '[tabindex], a[href], button, input, textarea, select'

/** More places than anybody goes back over. */
const MOST = 40

/** Where the page had the focus, the last place first, each with what is around it that takes the focus. */
let home: readonly HTMLElement[] = []

/** Remembers where the focus is while nothing floats above the page. Returns what ends it. */
export function watchFocusHome(): () => void {
  const remember = ({ target }: FocusEvent): void => {
    if (!(target instanceof Element) || target.closest(FLOATING)) return
    // What has left the page is forgotten: it would keep everything alive that left with it.
    const places = new Set([...around(target), ...home.filter((one) => one.isConnected)])
    home = [...places].slice(0, MOST)
  }
  document.addEventListener('focusin', remember)
  return () => document.removeEventListener('focusin', remember)
}

function around(element: Element): HTMLElement[] {
  const found: HTMLElement[] = []
  for (let at: Element | null = element; at; at = at.parentElement) {
    if (at instanceof HTMLElement && at.matches(FOCUSABLE)) found.push(at)
  }
  return found
}

/**
 * Stands in what floats above the page. Closed, that gives the focus back to what opened it; which may be gone by then, as the
 * item of a menu is.
 */
export function FocusHome(): null {
  useEffect(() => bringFocusHome, [])
  return null
}

/** Where the focus is lost once everything has closed, it goes to where the page had it last. */
export function bringFocusHome(): void {
  afterClosing(() => {
    const { activeElement } = document
    const isLost = activeElement === null || activeElement === document.body
    if (isLost)
      home
        .map(present)
        .find((one) => one?.checkVisibility())
        ?.focus({ preventScroll: true })
  })
}

/** A place of the focus, if it is still there; for a field that was made anew meanwhile, the one in its stead. */
function present(place: HTMLElement, at: number): HTMLElement | null {
  if (place.isConnected) return place
  if (!place.matches('textarea')) return null
  const region = home.slice(at).find((one) => one.matches('[data-region]'))
  return region?.isConnected ? region.querySelector('textarea') : null
}
