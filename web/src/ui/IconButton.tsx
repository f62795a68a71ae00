import type { ReactNode, RefAttributes } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components/Button'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { tooltip } from './Tooltip.tsx'
import type { TooltipSide } from './Tooltip.tsx'
import styles from './IconButton.module.css'

export interface IconButtonProps
  extends
    Omit<AriaButtonProps, 'className' | 'children' | 'isDisabled' | 'isPending' | 'style' | 'aria-label'>,
    RefAttributes<HTMLButtonElement> {
  icon: LucideIcon
  /** Its accessible name, shown as a tooltip too. */
  label: string
  /** Keys that do the same, shown in the tooltip: `Ctrl+K`. */
  shortcut?: string
  size?: 's' | 'm' | 'l'
  variant?: 'quiet' | 'primary'
  /** A toggle: on or off. Absent for a plain button. */
  pressed?: boolean
  disabled?: boolean
  tooltipSide?: TooltipSide
  className?: string
}

/** A square button with an icon, a name and a tooltip. */
export function IconButton({ size = 'm', variant = 'quiet', ...props }: IconButtonProps): ReactNode {
  const { icon, label, shortcut, pressed, disabled, tooltipSide, className, ...rest } = props
  return (
    <AriaButton
      {...rest}
      {...tooltip(label, { shortcut, side: tooltipSide })}
      aria-label={label}
      aria-pressed={pressed}
      isDisabled={disabled}
      className={cx(styles.button, styles[size], styles[variant], className)}
    >
      <Icon icon={icon} size={size === 'l' ? 'l' : 'm'} />
    </AriaButton>
  )
}
