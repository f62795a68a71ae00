import { useCallback } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import css from './Composer.module.css'
import { editOf, forgetEdit, isChanged, saveEdit } from './edit-post.ts'
import { SavingBox } from './SavingBox.tsx'
import { tooLong } from './send/obstacle.ts'
import { useLostEdit } from './use-lost-edit.ts'

interface Props {
  readonly postId: Id
  readonly onDone: () => void
}

/** A post as a field, with its files. What is typed survives a reload; Escape gives it up. */
export function EditComposer({ postId, onDone }: Props): ReactNode {
  const t = useText()
  const isThere = useStore((state) => state.posts[postId] !== undefined)
  const done = useCallback(() => {
    forgetEdit(postId)
    onDone()
  }, [postId, onDone])
  useLostEdit(postId, done)
  if (!isThere) return null
  return (
    <div className={css['edit']}>
      <SavingBox
        writing={editOf(postId)}
        label={t('composer.edit_message', 'Edit message')}
        obstacle={({ message }) => tooLong(message)}
        save={async () => {
          if (isChanged(postId)) await saveEdit(postId)
        }}
        onDone={done}
      />
    </div>
  )
}
