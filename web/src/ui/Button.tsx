import type { ReactNode, RefAttributes } from 'react'
import type { LucideIcon } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components/Button'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components/Button'
import { cx } from './cx.ts'
import { Icon } from './Icon.tsx'
import { Spinner } from './Spinner.tsx'
import styles from './Button.module.css'

export interface ButtonProps
  extends
    Omit<AriaButtonProps, 'className' | 'children' | 'isDisabled' | 'isPending' | 'style'>,
    RefAttributes<HTMLButtonElement> {
  /** One primary button per view; quiet ones have no edge. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 's' | 'm' | 'l'
  icon?: LucideIcon
  /** Shows that the action runs, and takes no further press; the button keeps its width and the focus. */
  pending?: boolean
  disabled?: boolean
  /** As wide as its container. */
  wide?: boolean
  className?: string
  children: ReactNode
}

/** A button with words. Use `onPress`; inside a form `type="submit"`. */
export function Button({ variant = 'secondary', size = 'm', ...props }: ButtonProps): ReactNode {
  const { icon, pending, disabled, wide, className, children, ...rest } = props
  return (
    <AriaButton
      {...rest}
      isDisabled={disabled}
      isPending={pending}
      className={cx(styles.button, styles[variant], styles[size], wide && styles.wide, className)}
    >
      <span className={styles.content}>
        {icon && <Icon icon={icon} />}
        {children}
      </span>
      {pending && (
        <span className={styles.pending}>
          <Spinner size="s" />
        </span>
      )}
    </AriaButton>
  )
}
