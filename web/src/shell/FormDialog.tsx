import { useId, useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { DialogButtons } from '../ui/DialogButtons.tsx'
import type { DialogProps } from '../ui/Dialog.tsx'
import css from './FormDialog.module.css'
import { failureText } from './failure.ts'

interface Props extends Pick<DialogProps, 'title' | 'description' | 'size' | 'compact' | 'onClose'> {
  /** the verb of its button */
  readonly submit: string
  /** nothing worth sending yet */
  readonly disabled?: boolean
  /** closes the dialog when it is done; what it rejects with is shown */
  readonly onSubmit: () => Promise<unknown>
  readonly children: ReactNode
}

/** A dialog with fields, Cancel and one verb: sends once at a time, says what went wrong and keeps what was typed. */
export function FormDialog({ submit, disabled, onSubmit, children, ...dialog }: Props): ReactNode {
  const id = useId()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState('')
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setError('')
    try {
      await onSubmit()
      dialog.onClose()
    } catch (failure) {
      setError(failureText(failure))
      setBusy(false)
    }
  }
  const footer = (
    <DialogButtons onCancel={dialog.onClose} pending={busy}>
      <Button type="submit" form={id} variant="primary" pending={busy} disabled={disabled}>
        {submit}
      </Button>
    </DialogButtons>
  )
  return (
    <Dialog {...dialog} footer={footer}>
      <form id={id} className={css['form']} onSubmit={(event) => void send(event)}>
        {children}
        {error && (
          <Banner tone="danger" urgent>
            {error}
          </Banner>
        )}
      </form>
    </Dialog>
  )
}
