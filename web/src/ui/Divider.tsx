import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Divider.module.css'

/** A line across; with a text in its middle it parts times or what is new. `accent`: drawn in the alarm colour. */
export function Divider({
  accent,
  className,
  children,
}: {
  accent?: boolean
  className?: string
  children?: ReactNode
}): ReactNode {
  const look = cx(styles.divider, accent && styles.accent, className)
  if (!children) return <hr className={cx(styles.plain, look)} />
  return <div className={look}>{children}</div>
}
