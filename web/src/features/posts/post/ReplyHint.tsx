import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { useStore } from '../../../client/store.ts'
import { openPanel } from '../../../shell/panels.ts'
import type { Post } from '../../../store/entities.ts'
import { displayName } from '../../../store/names.ts'
import { usePost } from './use-post.ts'
import { useUser } from '../../../client/people.ts'
import css from './Post.module.css'

/** Above a reply that stands in the channel itself: what it replies to. Opens the thread. */
export function ReplyHint({ post }: { post: Post }): ReactNode {
  const t = useText()
  const root = usePost(post.root_id)
  useUser(root?.user_id ?? '')
  const name = useStore((state) => displayName(state, root?.user_id ?? ''))
  return (
    <button
      type="button"
      className={css['replyHint']}
      onClick={() => openPanel({ kind: 'thread', rootId: post.root_id, focusPostId: post.id })}
    >
      {root
        ? t('posts.replied_to', 'Reply to {name}: {text}', { name, text: root.message.slice(0, 120) })
        : t('posts.replied', 'Reply in a thread')}
    </button>
  )
}
