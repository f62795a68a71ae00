import type { ReactNode, RefObject } from 'react'
import { Dialog as AriaDialog, DialogTrigger, Popover as AriaPopover } from 'react-aria-components/Popover'
import type { PopoverProps as AriaPopoverProps } from 'react-aria-components/Popover'
import { cx } from './cx.ts'
import { FocusHome } from './focus-home.ts'
import styles from './Popover.module.css'

/** `<PopoverTrigger><Button …/><Popover …/></PopoverTrigger>` */
export const PopoverTrigger = DialogTrigger

export interface PopoverProps {
  /** What is in it, for those who cannot see where it opened. */
  label: string
  placement?: AriaPopoverProps['placement']
  /** Without a PopoverTrigger around it: what it belongs to, and whether it is open. */
  triggerRef?: RefObject<Element | null>
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** No space between edge and content. */
  flush?: boolean
  className?: string
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A small surface that floats beside what opened it. Escape and a click outside close it; the focus returns. */
export function Popover({
  label,
  placement = 'bottom',
  flush,
  className,
  children,
  ...props
}: PopoverProps): ReactNode {
  return (
    <AriaPopover
      placement={placement}
      offset={4}
      containerPadding={8}
      triggerRef={props.triggerRef}
      isOpen={props.open}
      onOpenChange={props.onOpenChange}
      className={cx(styles.popover, className)}
      style={{ zIndex: 'var(--z-popover)' }}
    >
      <AriaDialog aria-label={label} className={cx(styles.content, flush && styles.flush)}>
        {/* Without a trigger around it the dialog knows no state to close. */}
        {({ close }) => (
          <>
            <FocusHome />
            {typeof children === 'function'
              ? children(props.open ? () => props.onOpenChange?.(false) : close)
              : children}
          </>
        )}
      </AriaDialog>
    </AriaPopover>
  )
}
