import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { useUiTexts } from './ui-texts.ts'
import styles from './DialogButtons.module.css'

export interface DialogButtonsProps {
  onCancel: () => void
  cancelLabel?: string
  /** It runs: too late to cancel. */
  pending?: boolean
  /** The way out has the focus at first: for what is dangerous. */
  cancelFirst?: boolean
  /** What else can be done here, apart from the two. */
  aside?: ReactNode
  /** The button that does it. */
  children: ReactNode
}

/**
 * The foot of every dialog that changes something when it is confirmed: Cancel, then the verb. A dialog that only shows, or
 * where each choice counts at once, has nothing to cancel: its cross is enough.
 */
export function DialogButtons(props: DialogButtonsProps): ReactNode {
  const texts = useUiTexts()
  return (
    <>
      {props.aside && <div className={styles.aside}>{props.aside}</div>}
      <Button onPress={props.onCancel} disabled={props.pending} autoFocus={props.cancelFirst}>
        {props.cancelLabel ?? texts.cancel}
      </Button>
      {props.children}
    </>
  )
}
