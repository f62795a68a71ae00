/** Smaller differences (px) are bars of the browser that come and go. */
const LEAST = 120

/**
 * Keeps the frame as high as what can be seen above the keyboard of a touch screen. Chromium shrinks the page by itself
 * (interactive-widget in index.html); Safari draws its keyboard over it and scrolls the page away.
 */
export function followKeyboard(): void {
  const view = window.visualViewport
  if (!view) return
  const fit = (): void => {
    const isCovered = view.scale === 1 && window.innerHeight - view.height > LEAST
    const { style } = document.documentElement
    if (!isCovered) return void style.removeProperty('--visible-height')
    style.setProperty('--visible-height', `${view.height}px`)
    window.scrollTo(0, 0)
  }
  view.addEventListener('resize', fit)
  view.addEventListener('scroll', fit)
}
