const GAP = 6
const MARGIN = 8

const OPPOSITE = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const

/** Places a fixed element beside an anchor, on the wanted side when there is room, inside of the window in any case. */
export function placeBeside(element: HTMLElement, anchor: Element, wanted: keyof typeof OPPOSITE): void {
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = element
  const { clientWidth, clientHeight } = document.documentElement
  const room = { top: at.top, bottom: clientHeight - at.bottom, left: at.left, right: clientWidth - at.right }
  const needed = (wanted === 'top' || wanted === 'bottom' ? height : width) + GAP + MARGIN
  const side = room[wanted] >= needed || room[OPPOSITE[wanted]] < needed ? wanted : OPPOSITE[wanted]
  const middle = { x: at.left + (at.width - width) / 2, y: at.top + (at.height - height) / 2 }
  const x = side === 'left' ? at.left - width - GAP : side === 'right' ? at.right + GAP : middle.x
  const y = side === 'top' ? at.top - height - GAP : side === 'bottom' ? at.bottom + GAP : middle.y
  element.style.left = `${Math.max(MARGIN, Math.min(x, clientWidth - width - MARGIN))}px`
  element.style.top = `${Math.max(MARGIN, Math.min(y, clientHeight - height - MARGIN))}px`
}
