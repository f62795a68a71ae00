import { useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { request } from '../../../client/api.ts'
import { failureText } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { TextArea } from '../../../ui/TextArea.tsx'
import { stopEditing } from '../actions/editing.ts'

/** A post as a field: Enter saves, Escape leaves it as it was. */
export function EditField({ post }: { post: Post }): ReactNode {
  const t = useText()
  const [message, setMessage] = useState(post.message)
  const [error, setError] = useState<string>()
  const save = async (): Promise<void> => {
    try {
      await request('PUT', `/posts/${post.id}/patch`, { message })
      stopEditing()
    } catch (failure) {
      setError(failureText(failure))
    }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') stopEditing()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    void save()
  }
  return (
    <div onKeyDown={onKeyDown}>
      <TextArea
        label={t('posts.edit', 'Edit')}
        hideLabel
        value={message}
        onChange={setMessage}
        error={error}
        autoFocus
      />
    </div>
  )
}
