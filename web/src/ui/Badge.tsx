import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Badge.module.css'

export type BadgeTone = 'neutral' | 'accent' | 'mention' | 'success' | 'warning' | 'danger'

/** A short word about its neighbour, for example that somebody is a bot. */
export function Badge({ tone = 'neutral', children }: { tone?: BadgeTone; children: ReactNode }): ReactNode {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>
}

export interface CountBadgeProps {
  /** Nothing is shown for zero. */
  count: number
  /** mention: it concerns the reader, filled in the alarm colour. */
  tone?: 'neutral' | 'mention'
  /** Above it a plus stands: 99+. */
  max?: number
  /** What is counted, for those who hear it: `3 mentions`. */
  label?: string
  className?: string
}

/** A number in a pill. */
export function CountBadge({ count, tone = 'neutral', max = 99, label, className }: CountBadgeProps): ReactNode {
  if (count <= 0) return null
  return (
    <span className={cx(styles.count, tone === 'mention' && styles.filled, className)}>
      <span aria-hidden={label ? true : undefined}>{count > max ? `${max}+` : count}</span>
      {label && <span className={styles.said}>{label}</span>}
    </span>
  )
}
