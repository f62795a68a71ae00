import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import styles from './ColorSwatch.module.css'

/** A patch of colour (any CSS colour). With a label it means something by itself. */
export function ColorSwatch({
  color,
  label,
  className,
}: {
  color: string
  label?: string
  className?: string
}): ReactNode {
  const meaning = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const)
  return <span {...meaning} className={cx(styles.swatch, className)} style={{ backgroundColor: color }} />
}
