import { useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { failureText } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { Button } from '../../ui/Button.tsx'
import type { Content } from '../drafts/content.ts'
import { useWriting } from '../drafts/writing.ts'
import type { Writing } from '../drafts/writing.ts'
import { uploadsOf } from '../files/uploads.ts'
import { settle } from './apply-edit.ts'
import { ComposerBox } from './ComposerBox.tsx'
import { notify } from './send/notices.ts'
import type { Notice } from './send/notices.ts'

interface Props {
  readonly writing: Writing
  readonly label: string
  readonly head?: ReactNode
  readonly tools?: ReactNode
  /** why it cannot be saved as it is; null when it can */
  readonly obstacle: (content: Content) => Notice | null
  /** Rejects with an ApiError; what was typed stays then. */
  readonly save: (content: Content) => Promise<void>
  /** saved or given up */
  readonly onDone: () => void
}

/** A box for what is there already and is changed: Enter saves, Escape gives up. */
export function SavingBox({ writing, label, head, tools, obstacle, save, onDone }: Props): ReactNode {
  const t = useText()
  const field = useRef<HTMLTextAreaElement>(null)
  const [pending, setPending] = useState(false)
  const blank = useWriting(writing, ({ message, files }) => message.trim() === '' && files.length === 0)
  const submit = async (): Promise<void> => {
    if (field.current) settle(field.current)
    if (pending || blank) return
    const content = writing.read()
    const stands =
      uploadsOf(writing.key).length > 0
        ? { text: t('composer.edit_uploads', 'Wait until the files are uploaded, then save.') }
        : obstacle(content)
    notify(writing.key, stands ?? undefined)
    if (stands) return
    setPending(true)
    try {
      await save(content)
      onDone()
    } catch (error) {
      notify(writing.key, { text: failureText(error) })
      setPending(false)
    }
  }
  return (
    <ComposerBox
      field={field}
      writing={writing}
      label={label}
      autoFocus
      onSubmit={() => void submit()}
      onOtherKey={(event) => {
        if (event.key !== 'Escape') return false
        event.stopPropagation()
        onDone()
        return true
      }}
      head={head}
      tools={tools}
      actions={
        <>
          <Button size="s" variant="quiet" onPress={onDone}>
            {t('composer.cancel', 'Cancel')}
          </Button>
          <Button size="s" variant="primary" pending={pending} disabled={blank} onPress={() => void submit()}>
            {t('composer.save', 'Save')}
          </Button>
        </>
      }
    />
  )
}
