import type { ReactNode } from 'react'
import styles from './VisuallyHidden.module.css'

/** Heard, not seen. `live`: said when it changes. */
export function VisuallyHidden({ live, children }: { live?: 'polite' | 'assertive'; children: ReactNode }): ReactNode {
  return (
    <span className={styles.hidden} aria-live={live}>
      {children}
    </span>
  )
}
