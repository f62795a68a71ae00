import { useState } from 'react'
import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { DialogButtons } from './DialogButtons.tsx'
import styles from './ConfirmDialog.module.css'

export interface ConfirmDialogProps {
  title: string
  /** What will happen, and whether it can be undone. */
  children?: ReactNode
  /** The verb: `Delete`. */
  confirmLabel: string
  cancelLabel?: string
  danger?: boolean
  /** While its promise runs the button waits; then the dialog closes. When it fails, the dialog stays and says why. */
  onConfirm: () => unknown
  /** A failure in the reader's words. */
  errorText?: (error: unknown) => string
  onClose: () => void
}

/** A question before something that people may regret. Enter confirms what is safe; what is dangerous wants the button. */
export function ConfirmDialog({ errorText = String, ...props }: ConfirmDialogProps): ReactNode {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<string>()
  const confirm = async (): Promise<void> => {
    setPending(true)
    try {
      await props.onConfirm()
      props.onClose()
    } catch (error) {
      setFailure(errorText(error))
      setPending(false)
    }
  }
  const footer = (
    <DialogButtons
      onCancel={props.onClose}
      cancelLabel={props.cancelLabel}
      pending={pending}
      cancelFirst={props.danger}
    >
      <Button
        variant={props.danger ? 'danger' : 'primary'}
        pending={pending}
        autoFocus={!props.danger}
        onPress={() => void confirm()}
      >
        {props.confirmLabel}
      </Button>
    </DialogButtons>
  )
  return (
    <Dialog
      compact
      size="s"
      role="alertdialog"
      title={props.title}
      onClose={props.onClose}
      persistent={pending}
      footer={footer}
    >
      <div className={styles.text}>{props.children}</div>
      {failure && (
        <p role="alert" className={styles.failure}>
          {failure}
        </p>
      )}
    </Dialog>
  )
}
