import type { ReactNode } from 'react'
import { openDialog } from '../../../shell/dialogs.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'

/** Asks before sending; answers whether it was confirmed. */
export function ask(question: { title: string; text: ReactNode; confirm: string }): Promise<boolean> {
  return new Promise((resolve) => {
    openDialog((close) => (
      <ConfirmDialog
        title={question.title}
        confirmLabel={question.confirm}
        onConfirm={() => resolve(true)}
        onClose={() => {
          resolve(false)
          close()
        }}
      >
        {question.text}
      </ConfirmDialog>
    ))
  })
}
