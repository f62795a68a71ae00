import { useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { failureText } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { useWriting } from '../drafts/writing.ts'
import { uploadsOf } from '../files/uploads.ts'
import { settle } from './apply-edit.ts'
import { ComposerBox } from './ComposerBox.tsx'
import css from './Composer.module.css'
import { editOf, forgetEdit, isChanged, saveEdit } from './edit-post.ts'
import { tooLong } from './send/obstacle.ts'
import { notify } from './send/notices.ts'

interface Props {
  readonly postId: Id
  readonly onDone: () => void
}

/** A post as a field, with its files. What is typed survives a reload; Escape gives it up. */
export function EditComposer(props: Props): ReactNode {
  const isThere = useStore((state) => state.posts[props.postId] !== undefined)
  return isThere && <OpenEdit {...props} />
}

function OpenEdit({ postId, onDone }: Props): ReactNode {
  const t = useText()
  const writing = editOf(postId)
  const field = useRef<HTMLTextAreaElement>(null)
  const [pending, setPending] = useState(false)
  const blank = useWriting(writing, ({ message, files }) => message.trim() === '' && files.length === 0)
  const done = (): void => {
    forgetEdit(postId)
    onDone()
  }
  const save = async (): Promise<void> => {
    if (field.current) settle(field.current)
    const { message } = writing.read()
    if (pending || blank) return
    if (!isChanged(postId)) return done()
    const stands =
      uploadsOf(writing.key).length > 0
        ? { text: t('composer.edit_uploads', 'Wait until the files are uploaded, then save.') }
        : tooLong(message)
    notify(writing.key, stands ?? undefined)
    if (stands) return
    setPending(true)
    try {
      await saveEdit(postId)
      done()
    } catch (error) {
      notify(writing.key, { text: failureText(error) })
      setPending(false)
    }
  }
  const onOtherKey = (event: KeyboardEvent): boolean => {
    if (event.key !== 'Escape') return false
    event.stopPropagation()
    done()
    return true
  }
  return (
    <div className={css['edit']}>
      <ComposerBox
        field={field}
        writing={writing}
        label={t('composer.edit_message', 'Edit message')}
        autoFocus
        onSubmit={() => void save()}
        onOtherKey={onOtherKey}
        actions={
          <>
            <Button size="s" variant="quiet" onPress={done}>
              {t('composer.cancel', 'Cancel')}
            </Button>
            <Button size="s" variant="primary" pending={pending} disabled={blank} onPress={() => void save()}>
              {t('composer.save', 'Save')}
            </Button>
          </>
        }
      />
    </div>
  )
}
