import { useRef, useState } from 'react'
import type { CSSProperties, MouseEvent, ReactNode, TouchEvent } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Menu, MenuTrigger } from './Menu.tsx'

/** Milliseconds of a finger's rest; iOS sends no contextmenu event of its own. */
const LONG_PRESS = 500

export interface ContextMenuProps {
  label: string
  /** The items for what was clicked, an element inside; null leaves the browser's own menu. */
  items: (target: Element) => ReactNode
  className?: string
  children: ReactNode
}

type Point = { x: number; y: number; items: ReactNode }

const atPoint = ({ x, y }: Point): CSSProperties => ({ position: 'fixed', left: x, top: y, width: 0, height: 0 })

/** A menu on right click, on the menu key, and on a long press. One serves a whole list: `items` is told the target. */
export function ContextMenu({ label, items, className, children }: ContextMenuProps): ReactNode {
  const [open, setOpen] = useState<Point>()
  const timer = useRef(0)
  const before = useRef<Element>(null)
  const cancel = (): void => clearTimeout(timer.current)
  const openAt = (target: EventTarget, x: number, y: number): boolean => {
    const found = target instanceof Element ? items(target) : null
    if (found) setOpen({ x, y, items: found })
    before.current = document.activeElement
    return Boolean(found)
  }
  const onContextMenu = (event: MouseEvent): void => {
    cancel()
    // React's events bubble out of the open menu too; and Shift with the mouse asks for the browser's own menu.
    if (!event.currentTarget.contains(event.target as Node) || (event.shiftKey && event.button === 2)) return
    if (openAt(event.target, event.clientX, event.clientY)) event.preventDefault()
  }
  const onTouchStart = ({ currentTarget, target, touches }: TouchEvent): void => {
    cancel()
    const touch = touches[0]
    if (!touch || touches.length > 1 || !currentTarget.contains(target as Node)) return
    timer.current = window.setTimeout(openAt, LONG_PRESS, target, touch.clientX, touch.clientY)
  }
  const close = (): void => {
    setOpen(undefined)
    // The point that it opened from is gone: the focus goes back to what had it.
    requestAnimationFrame(() => requestAnimationFrame(() => giveBack(before.current)))
  }
  const touch = { onTouchStart, onTouchMove: cancel, onTouchEnd: cancel, onTouchCancel: cancel }
  return (
    <div className={className} onContextMenu={onContextMenu} {...touch}>
      {children}
      {open && (
        <MenuTrigger isOpen onOpenChange={(stays) => !stays && close()}>
          <span aria-hidden style={atPoint(open)}>
            <AriaButton aria-label={label} excludeFromTabOrder style={{ width: 0, height: 0 }} />
          </span>
          <Menu label={label}>{open.items}</Menu>
        </MenuTrigger>
      )}
    </div>
  )
}

function giveBack(element: Element | null): void {
  const { activeElement } = document
  const isLost = activeElement === null || activeElement === document.body
  if (isLost && element instanceof HTMLElement && element.isConnected) element.focus({ preventScroll: true })
}
