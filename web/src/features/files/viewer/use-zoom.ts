import { useCallback, useEffect, useRef, useState } from 'react'
import type { PointerEvent, RefObject } from 'react'
import { FITTED, keepInside, zoomAt } from './zoom.ts'
import type { View } from './zoom.ts'

export interface Zoom {
  readonly view: View
  readonly stage: RefObject<HTMLDivElement | null>
  readonly picture: RefObject<HTMLImageElement | null>
  readonly zoomBy: (factor: number) => void
  readonly move: (x: number, y: number) => void
  readonly reset: () => void
  readonly handlers: Record<string, (event: PointerEvent<HTMLDivElement>) => void>
}

/** px that a finger moves before it is a swipe. */
const SWIPE = 60

interface Swipes {
  readonly onNext: () => void
  readonly onPrevious: () => void
  readonly onDown: () => void
}

/** Enlarging and moving a picture by wheel, pointer, two fingers and buttons. A fitted one is swiped away instead. */
export function useZoom(swipes: Swipes): Zoom {
  const [view, setView] = useState<View>(FITTED)
  const stage = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLImageElement>(null)
  const change = useCallback((step: (view: View) => View) => {
    setView((before) => {
      const { current: room } = stage
      const { current: image } = picture
      if (!room || !image) return before
      const size = { width: image.offsetWidth, height: image.offsetHeight }
      return keepInside(step(before), size, { width: room.clientWidth, height: room.clientHeight })
    })
  }, [])
  const pointOf = useCallback((event: { clientX: number; clientY: number }) => {
    const { left, top, width, height } = stage.current!.getBoundingClientRect()
    return { x: event.clientX - left - width / 2, y: event.clientY - top - height / 2 }
  }, [])
  useEffect(() => {
    const { current } = stage
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      change((before) => zoomAt(before, Math.exp(-event.deltaY / 300), pointOf(event)))
    }
    // React listens passively: the page would scroll or be enlarged as well.
    current?.addEventListener('wheel', onWheel, { passive: false })
    return () => current?.removeEventListener('wheel', onWheel)
  }, [change, pointOf])
  const handlers = usePointers({ view, change, pointOf, swipes })
  return {
    view,
    stage,
    picture,
    zoomBy: (factor) => change((before) => zoomAt(before, factor, { x: 0, y: 0 })),
    move: (x, y) => change((before) => ({ ...before, x: before.x + x, y: before.y + y })),
    reset: () => setView(FITTED),
    handlers,
  }
}

interface Pointing {
  readonly view: View
  readonly change: (step: (view: View) => View) => void
  readonly pointOf: (event: { clientX: number; clientY: number }) => { x: number; y: number }
  readonly swipes: Swipes
}

function usePointers({ view, change, pointOf, swipes }: Pointing): Zoom['handlers'] {
  const points = useRef(new Map<number, { x: number; y: number }>())
  const start = useRef<{ x: number; y: number } | null>(null)
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    points.current.set(event.pointerId, pointOf(event))
    start.current = points.current.size === 1 ? pointOf(event) : null
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const before = points.current.get(event.pointerId)
    if (!before) return
    const now = pointOf(event)
    const [other] = [...points.current].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]))
    points.current.set(event.pointerId, now)
    if (other) {
      const spread = (one: { x: number; y: number }): number => Math.hypot(one.x - other.x, one.y - other.y)
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }
      change((one) => zoomAt(one, spread(now) / Math.max(1, spread(before)), middle))
    } else change((one) => ({ ...one, x: one.x + now.x - before.x, y: one.y + now.y - before.y }))
  }
  const onPointerUp = (event: PointerEvent<HTMLDivElement>): void => {
    const begun = start.current
    points.current.delete(event.pointerId)
    start.current = null
    if (!begun || view.scale > 1 || event.pointerType === 'mouse') return
    const { x, y } = pointOf(event)
    if (Math.abs(x - begun.x) > SWIPE) return x < begun.x ? swipes.onNext() : swipes.onPrevious()
    if (y - begun.y > SWIPE) swipes.onDown()
  }
  const onDoubleClick = (event: PointerEvent<HTMLDivElement>): void =>
    change((one) => (one.scale > 1 ? FITTED : zoomAt(one, 2.5, pointOf(event))))
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp, onDoubleClick }
}
