/** Movement (px) after which a touch is a swipe or something else; what flings it, in px a ms; the share of the width that settles it. */
const START = 12
const FLING = 0.4
const ENOUGH = 0.35
const SETTLE = 160

interface Swipe {
  readonly id: number
  readonly pane: HTMLElement
  readonly x: number
  readonly y: number
  moved: boolean
  distance: number
  /** px a ms, and when it was measured */
  speed: number
  time: number
}

interface Options {
  /** what a swipe that begins here would take away, if anything */
  readonly paneAt: (target: Element) => HTMLElement | undefined
  /** it was swiped away */
  readonly onAway: (pane: HTMLElement) => void
}

/** A finger that goes from left to right pushes the pane on top away. The pane follows the finger. Returns what ends it. */
export function followSwipes(frame: HTMLElement, { paneAt, onAway }: Options): () => void {
  let swipe: Swipe | undefined
  const begin = (event: PointerEvent): void => {
    const target = event.target as Element
    const pane = event.pointerType === 'touch' && event.isPrimary && !scrollsSideways(target) && paneAt(target)
    if (!pane) return void (swipe &&= undefined)
    const { pointerId: id, clientX: x, clientY: y, timeStamp: time } = event
    swipe = { id, pane, x, y, moved: false, distance: 0, speed: 0, time }
  }
  const move = (event: PointerEvent): void => {
    if (swipe?.id !== event.pointerId) return
    if (!swipe.moved && !isSwipe(event, swipe)) return void (isOther(event, swipe) && (swipe = undefined))
    if (!swipe.moved) frame.setPointerCapture(event.pointerId)
    swipe.moved = true
    frame.dataset['swiping'] = 'true'
    const distance = Math.max(0, event.clientX - swipe.x - START)
    swipe.speed = (distance - swipe.distance) / Math.max(1, event.timeStamp - swipe.time)
    Object.assign(swipe, { distance, time: event.timeStamp })
    swipe.pane.style.transform = `translateX(${distance}px)`
  }
  const end = (event: PointerEvent): void => {
    if (swipe?.id !== event.pointerId) return
    const { pane, moved, distance, speed } = swipe
    swipe = undefined
    if (!moved) return
    const width = pane.offsetWidth
    const away = event.type === 'pointerup' && (distance > width * ENOUGH || speed > FLING)
    void settle(pane, distance, away ? width : 0).then(() => {
      delete frame.dataset['swiping']
      pane.style.transform = ''
      if (away) onAway(pane)
    })
  }
  const listeners = { pointerdown: begin, pointermove: move, pointerup: end, pointercancel: end } as const
  for (const [name, listener] of Object.entries(listeners)) frame.addEventListener(name, listener as EventListener)
  return () => {
    for (const [name, listener] of Object.entries(listeners)) frame.removeEventListener(name, listener as EventListener)
  }
}

function isSwipe({ clientX, clientY }: PointerEvent, { x, y }: Swipe): boolean {
  return clientX - x > START && clientX - x > 1.5 * Math.abs(clientY - y)
}

/** It scrolls, or goes the other way. */
function isOther({ clientX, clientY }: PointerEvent, { x, y }: Swipe): boolean {
  return Math.abs(clientY - y) > START || x - clientX > START
}

async function settle(pane: HTMLElement, from: number, to: number): Promise<void> {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const frames = [{ transform: `translateX(${from}px)` }, { transform: `translateX(${to}px)` }]
  await pane.animate(frames, { duration: SETTLE, easing: 'ease-out', fill: 'none' }).finished.catch(() => undefined)
}

/** Code, tables and rows of tools that scroll sideways keep the finger; so do sliders and selected text. */
function scrollsSideways(target: Element): boolean {
  if (target.closest('input[type="range"], [role="slider"], [role="separator"], [draggable="true"]')) return true
  for (let at: Element | null = target; at && !at.hasAttribute('data-region'); at = at.parentElement) {
    if (at.scrollWidth > at.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(at).overflowX)) return true
  }
  return !(getSelection()?.isCollapsed ?? true)
}
