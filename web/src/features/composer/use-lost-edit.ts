import { useEffect, useState } from 'react'
import { onEvent } from '../../client/live.ts'
import { getState } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { showToast } from '../../ui/toasts.ts'
import { editOf } from './edit-post.ts'

/** The post was deleted elsewhere while it was being edited here: what was typed into it can still be taken along. */
export function useLostEdit(postId: Id, onLost: () => void): void {
  const t = useText()
  const [before] = useState(() => getState().posts[postId]?.message)
  useEffect(
    () =>
      onEvent('post_deleted', () => {
        if (getState().posts[postId]) return
        const { message } = editOf(postId).read()
        onLost()
        if (message.trim() === '' || message === before) return
        const copy = (): void =>
          void navigator.clipboard
            .writeText(message)
            .then(() => showToast(t('drafts.copied', 'Text copied')), showFailure)
        showToast(t('composer.edit_lost', 'The message that you were editing was deleted.'), {
          action: { label: t('composer.copy_edit', 'Copy what I wrote'), onAction: copy },
          duration: Infinity,
        })
      }),
    [postId, before, onLost, t],
  )
}
