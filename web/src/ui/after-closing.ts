/** Does something once a menu or popover that closes now has given the focus back: what then takes the focus keeps it. */
export function afterClosing(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act))
}
