import { useState } from 'react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { cx } from './cx.ts'
import { DialogFoot } from './DialogFooter.tsx'
import { FocusHome } from './focus-home.ts'
import { X } from './icons.ts'
import { IconButton } from './IconButton.tsx'
import { useUiTexts } from './ui-texts.ts'
import styles from './Dialog.module.css'

export interface DialogProps {
  title: string
  /** Muted words under the title. */
  description?: ReactNode
  /** Called by Escape, the cross and a click outside. Render the dialog only while it is open. */
  onClose: () => void
  /** s 400, m 520, l 720, xl 960 px wide; below 768 px of window always the whole of it. */
  size?: 's' | 'm' | 'l' | 'xl'
  /** Buttons, the main one last: `<DialogButtons>` where it changes something. */
  footer?: ReactNode
  /** Controls in the header, before the cross. */
  headerActions?: ReactNode
  /** No way out but the buttons: while something runs, or when typed text would be lost by a click outside. */
  persistent?: boolean
  /** For questions that must be answered. */
  role?: 'dialog' | 'alertdialog'
  /** No space between edge and content, for lists. */
  flush?: boolean
  /** A short question stays small on narrow screens too, at the lower edge. */
  compact?: boolean
  className?: string
  children: ReactNode
}

/** A window over the page: holds the focus, gives it back. Put `autoFocus` on the field where people begin. */
export function Dialog({ size = 'm', ...props }: DialogProps): ReactNode {
  const texts = useUiTexts()
  const [foot, setFoot] = useState<Element | null>(null)
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => !open && props.onClose()}
      isDismissable={!props.persistent}
      isKeyboardDismissDisabled={props.persistent}
      className={cx(styles.scrim, props.compact && styles.compact)}
    >
      <Modal className={cx(styles.modal, styles[size])}>
        <AriaDialog role={props.role ?? 'dialog'} className={cx(styles.dialog, props.className)}>
          <FocusHome />
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title}>
              {props.title}
            </Heading>
            {props.headerActions}
            {!props.persistent && (
              <IconButton icon={X} label={texts.close} onPress={props.onClose} tooltipSide="bottom" />
            )}
          </header>
          {props.description && <p className={styles.description}>{props.description}</p>}
          <div className={cx(styles.body, props.flush && styles.flush)}>
            <DialogFoot value={foot}>{props.children}</DialogFoot>
          </div>
          <footer ref={setFoot} className={styles.footer}>
            {props.footer}
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
