import type { ReactNode } from 'react'
import { getState } from '../../../client/store.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { remove } from './post-actions.ts'
import { failureText } from '../../../shell/failure.ts'

interface Props {
  readonly postIds: readonly Id[]
  readonly onDone?: () => void
  readonly onClose: () => void
}

/** Says what goes with the posts: replies, files. Text that belongs to files stays until the answer, so nothing is lost by asking. */
export default function DeleteDialog({ postIds, onDone, onClose }: Props): ReactNode {
  const t = useText()
  const { posts, threads } = getState()
  const list = postIds.flatMap((id) => posts[id] ?? [])
  const replies = list.reduce((sum, post) => sum + (post.root_id ? 0 : (threads[post.id]?.replyCount ?? 0)), 0)
  const files = list.reduce((sum, post) => sum + (post.file_ids?.length ?? 0), 0)
  const removeAll = async (): Promise<void> => {
    for (const post of list) await remove(post.id)
    onDone?.()
  }
  return (
    <ConfirmDialog
      danger
      title={t('posts.delete_title', '{count, plural, one {Delete this message?} other {Delete # messages?}}', {
        count: list.length,
      })}
      confirmLabel={t('posts.delete', 'Delete')}
      onConfirm={removeAll}
      errorText={failureText}
      onClose={onClose}
    >
      <p>{t('posts.delete_text', 'It will be gone for everyone. This cannot be undone.')}</p>
      {replies > 0 && (
        <p>
          {t('posts.delete_replies', '{count, plural, one {# reply goes} other {# replies go}} with it.', {
            count: replies,
          })}
        </p>
      )}
      {files > 0 && (
        <p>
          {t('posts.delete_files', '{count, plural, one {# file goes} other {# files go}} with it.', { count: files })}
        </p>
      )}
    </ConfirmDialog>
  )
}
