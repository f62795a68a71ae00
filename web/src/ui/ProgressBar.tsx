import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './ProgressBar.module.css'

/** How far something is: `value` from 0 to 1; null while that is unknown. */
export function ProgressBar(props: { value: number | null; label: string; className?: string }): ReactNode {
  const percent = props.value === null ? undefined : Math.round(Math.min(1, Math.max(0, props.value)) * 100)
  return (
    <div
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={cx(styles.track, percent === undefined && styles.unknown, props.className)}
    >
      <div className={styles.bar} style={percent === undefined ? undefined : { width: `${percent}%` }} />
    </div>
  )
}
