import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Resizer.module.css'

const STEP = 16

export interface ResizerProps {
  /** What it changes: `Width of the list`. */
  label: string
  /** Width of the column in pixels, and its limits. */
  value: number
  min: number
  max: number
  /** While it is dragged. */
  onChange: (value: number) => void
  /** When it rests: the time to keep it. */
  onCommit?: (value: number) => void
  /** Double click, or Enter. */
  onReset?: () => void
  /** The edge of its column that it stands on. */
  edge: 'left' | 'right'
  className?: string
}

/** The edge of a column, to be dragged, or moved by arrow keys, Home and End. Stands in a positioned column. */
export function Resizer({
  label,
  value,
  min,
  max,
  edge,
  onChange,
  onCommit,
  onReset,
  className,
}: ResizerProps): ReactNode {
  const drag = useRef<{ x: number; from: number; to: number }>(undefined)
  const sign = edge === 'right' ? 1 : -1
  const limit = (width: number): number => Math.round(Math.max(min, Math.min(max, width)))
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { x: event.clientX, from: value, to: value }
  }
  const onPointerMove = ({ clientX }: PointerEvent): void => {
    if (!drag.current) return
    drag.current.to = limit(drag.current.from + (clientX - drag.current.x) * sign)
    onChange(drag.current.to)
  }
  const onLostPointerCapture = (): void => {
    if (drag.current && drag.current.to !== drag.current.from) onCommit?.(drag.current.to)
    drag.current = undefined
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const moves: Record<string, number> = {
      ArrowLeft: value - STEP * sign,
      ArrowRight: value + STEP * sign,
      Home: min,
      End: max,
    }
    const next = moves[event.key]
    if (next === undefined && event.key !== 'Enter') return
    event.preventDefault()
    if (next === undefined) return onReset?.()
    onChange(limit(next))
    onCommit?.(limit(next))
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      className={cx(styles.resizer, styles[edge], className)}
      onDoubleClick={onReset}
      {...{ onPointerDown, onPointerMove, onLostPointerCapture, onKeyDown }}
    />
  )
}
