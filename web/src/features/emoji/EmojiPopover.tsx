import { Suspense } from 'react'
import type { ReactNode, RefObject } from 'react'
import { useText } from '../../shell/i18n.tsx'
import { Popover, PopoverTrigger } from '../../ui/Popover.tsx'
import type { PopoverProps } from '../../ui/Popover.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import type { EmojiPickerProps } from './EmojiPicker.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import styles from './EmojiPicker.module.css'

const EmojiPicker = lazyPart(async () => ({ default: (await import('./EmojiPicker.tsx')).EmojiPicker }))

export interface EmojiPopoverProps extends EmojiPickerProps {
  /** The button that opens it. Without one give `triggerRef`, `open` and `onOpenChange`. */
  children?: ReactNode
  triggerRef?: RefObject<Element | null>
  open?: boolean
  onOpenChange?: (open: boolean) => void
  placement?: PopoverProps['placement']
  label?: string
}

/**
 * The picker beside what opened it, loaded when it first opens. A pick closes it, unless another one is to follow; so does
 * the way to a new emoji.
 */
export function EmojiPopover(props: EmojiPopoverProps): ReactNode {
  const { children, triggerRef, open, onOpenChange, placement = 'top end', label, ...picker } = props
  const t = useText()
  const { onPick, onAddCustom } = picker
  const popover = (
    <Popover
      flush
      label={label ?? t('emoji.choose', 'Choose an emoji')}
      {...{ placement, triggerRef }}
      {...(!children && { open, onOpenChange })}
    >
      {(close) => (
        <Suspense fallback={<Pending />}>
          <EmojiPicker
            {...picker}
            onPick={(name, more) => {
              onPick(name, more)
              if (!more) close()
            }}
            onAddCustom={
              onAddCustom &&
              (() => {
                close()
                onAddCustom()
              })
            }
          />
        </Suspense>
      )}
    </Popover>
  )
  if (!children) return popover
  return (
    <PopoverTrigger isOpen={open} onOpenChange={onOpenChange}>
      {children}
      {popover}
    </PopoverTrigger>
  )
}

const Pending = (): ReactNode => (
  <div className={styles.pending}>
    <Spinner />
  </div>
)

/** The picker for reactions to a post. */
export function ReactionPicker(props: Omit<EmojiPopoverProps, 'label'>): ReactNode {
  const t = useText()
  return <EmojiPopover {...props} label={t('emoji.react', 'Add a reaction')} />
}
