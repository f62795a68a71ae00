import { useState } from 'react'
import type { ReactNode } from 'react'
import { request } from '../../../client/api.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { Button } from '../../../ui/Button.tsx'
import { TextArea } from '../../../ui/TextArea.tsx'
import { stopEditing } from '../actions/editing.ts'
import { failureText } from '../../../shell/failure.ts'

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
  return (
    <div onKeyDown={(event) => event.key === 'Escape' && stopEditing()}>
      <TextArea
        label={t('posts.edit', 'Edit')}
        hideLabel
        value={message}
        onChange={setMessage}
        error={error}
        autoFocus
      />
      <Button size="s" variant="primary" onPress={() => void save()}>
        Save
      </Button>
    </div>
  )
}
