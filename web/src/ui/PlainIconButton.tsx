import type { ComponentProps, ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { tooltip } from './Tooltip.tsx'
import styles from './IconButton.module.css'

export interface PlainIconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  icon: LucideIcon
  /** Its accessible name, shown as a tooltip too. */
  label: string
}

/** A small IconButton of the browser's own, for lists that draw many: it costs a tenth. It opens no menu by itself. */
export function PlainIconButton({ icon, label, className, ...props }: PlainIconButtonProps): ReactNode {
  return (
    <button
      type="button"
      {...props}
      {...tooltip(label)}
      aria-label={label}
      className={cx(styles.button, styles.s, styles.quiet, className)}
    >
      <Icon icon={icon} />
    </button>
  )
}
