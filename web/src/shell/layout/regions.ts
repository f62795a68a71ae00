/** Moves the focus to the next region of the window (F6), or the one before. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (one) => one.offsetParent !== null,
  )
  if (regions.length === 0) return
  const at = regions.findIndex((one) => one.contains(document.activeElement))
  const next = regions[(at + step + regions.length) % regions.length]!
  const inside = next.querySelector<HTMLElement>(
    '[data-region-focus], textarea, [tabindex="0"], a[href], button:not([disabled])',
  )
  ;(inside ?? next).focus()
}
