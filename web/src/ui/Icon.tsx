import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './Icon.module.css'

/** s 14, m 16, l 20, xl 28 px. */
export type IconSize = 's' | 'm' | 'l' | 'xl'

export interface IconProps {
  icon: LucideIcon
  size?: IconSize
  /** What it means, when no text beside it says so; without it the icon is silent. */
  label?: string
  className?: string
}

/** A line icon in the colour of its text. */
export function Icon({ icon: Shape, size = 'm', label, className }: IconProps): ReactNode {
  const meaning = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const)
  return (
    <Shape {...meaning} strokeWidth={1.75} focusable={false} className={cx(styles.icon, styles[size], className)} />
  )
}
