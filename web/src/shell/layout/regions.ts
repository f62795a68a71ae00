/** Moves the focus to the next region of the window (F6), or the one before. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isVisible)
  if (regions.length === 0) return
  const at = regions.findIndex((one) => one.contains(document.activeElement))
  const next = regions[(at + step + regions.length) % regions.length]!
  const inside = PLACES.flatMap((place) => [...next.querySelectorAll<HTMLElement>(place)]).find(isVisible)
  ;(inside ?? next).focus()
}

/** Where the focus goes inside a region: the field to write in, else the first thing that takes it. */
const PLACES = ['textarea', '[data-region-focus] a[href]', '[tabindex="0"]', 'a[href], button:not([disabled]), input']

const isVisible = (element: HTMLElement): boolean => element.checkVisibility({ visibilityProperty: true })
