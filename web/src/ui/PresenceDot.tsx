import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './PresenceDot.module.css'

export type Presence = 'online' | 'away' | 'dnd' | 'offline'

export interface PresenceDotProps {
  presence: Presence
  /** Its meaning in the reader's words; without it the dot is silent. */
  label?: string
  /** s 8, m 10, l 14 px. */
  size?: 's' | 'm' | 'l'
  /** A ring in the colour below, when it lies on a picture. */
  ring?: boolean
  className?: string
}

/** Whether somebody is there. Each state has a shape of its own: colour alone says nothing to many. */
export function PresenceDot({ presence, label, size = 'm', ring, className }: PresenceDotProps): ReactNode {
  const meaning = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const)
  return (
    <span {...meaning} className={cx(styles.dot, styles[presence], styles[size], ring && styles.ring, className)} />
  )
}
