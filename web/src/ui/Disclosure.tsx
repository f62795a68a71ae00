import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { ChevronRight } from './icons.ts'
import styles from './Disclosure.module.css'

export interface DisclosureProps {
  title: ReactNode
  open?: boolean
  onToggle?: (open: boolean) => void
  /** Disclosures of one group: opening one closes the others. */
  group?: string
  className?: string
  children: ReactNode
}

/** A title that shows and hides what belongs to it. The browser opens it by itself when a search in the page hits. */
export function Disclosure({ title, open, onToggle, group, className, children }: DisclosureProps): ReactNode {
  return (
    <details
      name={group}
      open={open}
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
      className={cx(styles.disclosure, className)}
    >
      <summary className={styles.title}>
        <Icon icon={ChevronRight} className={styles.arrow} />
        {title}
      </summary>
      <div className={styles.content}>{children}</div>
    </details>
  )
}
