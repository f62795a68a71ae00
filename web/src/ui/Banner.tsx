import type { ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from './icons.ts'
import { useUiTexts } from './ui-texts.ts'
import styles from './Banner.module.css'

export type BannerTone = 'info' | 'success' | 'warning' | 'danger'

const ICONS: Record<BannerTone, LucideIcon> = {
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
}

export interface BannerProps {
  tone?: BannerTone
  icon?: LucideIcon
  title?: string
  /** One or two buttons. */
  action?: ReactNode
  onClose?: () => void
  /** edge: over the whole width of a pane, without corners. card: among other content. */
  variant?: 'card' | 'edge'
  /** Said at once when it appears; for what people must know now. */
  urgent?: boolean
  className?: string
  children?: ReactNode
}

/** Something to know about the place it stands in. */
export function Banner({ tone = 'info', variant = 'card', ...props }: BannerProps): ReactNode {
  const texts = useUiTexts()
  return (
    <div
      role={props.urgent ? 'alert' : 'status'}
      className={cx(styles.banner, styles[tone], styles[variant], props.className)}
    >
      <Icon icon={props.icon ?? ICONS[tone]} className={styles.icon} />
      <div className={styles.content}>
        <div className={styles.text}>
          {props.title && <strong className={styles.title}>{props.title}</strong>}
          {props.children}
        </div>
        {props.action && <div className={styles.action}>{props.action}</div>}
      </div>
      {props.onClose && (
        <IconButton size="s" icon={X} label={texts.close} onPress={props.onClose} className={styles.close} />
      )}
    </div>
  )
}
