import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { useUiTexts } from './ui-texts.ts'
import styles from './Skeleton.module.css'

export interface SkeletonProps {
  /** Lines of text; the last one is shorter. */
  lines?: number
  /** Pixels of one line. */
  height?: number
  /** A round picture at the left. */
  avatar?: number
  label?: string
  className?: string
}

/** The shape of what comes, seen only when it takes longer than 150 ms. */
export function Skeleton({ lines = 2, height = 12, avatar, label, className }: SkeletonProps): ReactNode {
  const texts = useUiTexts()
  return (
    <div role="status" aria-label={label ?? texts.loading} className={cx(styles.skeleton, className)}>
      {avatar !== undefined && <span className={styles.avatar} style={{ width: avatar, height: avatar }} />}
      <span className={styles.lines}>
        {Array.from({ length: lines }, (_, line) => (
          <span key={line} className={styles.line} style={{ height }} />
        ))}
      </span>
    </div>
  )
}
