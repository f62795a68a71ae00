import type { ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import styles from './EmptyState.module.css'

export interface EmptyStateProps {
  icon?: LucideIcon
  title: string
  /** It is all that the page says: its title is the page's heading. */
  isPage?: boolean
  /** What to do about it. */
  text?: ReactNode
  /** The button that does it. */
  action?: ReactNode
  className?: string
}

/** Where nothing is yet: says what to do, and has the button for it. */
export function EmptyState({ icon, title, isPage, text, action, className }: EmptyStateProps): ReactNode {
  const Title = isPage ? 'h1' : 'p'
  return (
    <div className={cx(styles.empty, className)}>
      {icon && <Icon icon={icon} size="xl" className={styles.icon} />}
      <Title className={styles.title}>{title}</Title>
      {text && <p className={styles.text}>{text}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
