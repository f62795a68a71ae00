import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { useUiTexts } from './ui-texts.ts'
import styles from './Spinner.module.css'

/** Work of unknown length. Show it after 150 ms, not before; for content that comes, prefer a Skeleton. */
export function Spinner(props: { size?: 's' | 'm' | 'l'; label?: string; className?: string }): ReactNode {
  const texts = useUiTexts()
  return (
    <span
      role="progressbar"
      aria-label={props.label ?? texts.loading}
      className={cx(styles.spinner, styles[props.size ?? 'm'], props.className)}
    />
  )
}
