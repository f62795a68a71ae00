import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import { openPanel } from '../../../shell/panels.ts'
import type { Post } from '../../../store/entities.ts'
import { tooltip } from '../../../ui/Tooltip.tsx'
import css from './Post.module.css'

/** That a post was edited, which the caller knows; its author opens the earlier versions from it. */
export function EditedMark({ post }: { post: Post }): ReactNode {
  const t = useText()
  const dates = useDates()
  const mine = useStore((state) => state.me === post.user_id)
  const label = t('posts.edited', 'edited')
  const tip = tooltip(t('posts.edited_at', 'Edited {time}', { time: dates.full(post.edit_at) }))
  if (!mine) {
    return (
      <span className={css['edited']} {...tip}>
        {label}
      </span>
    )
  }
  return (
    <button
      type="button"
      className={css['edited']}
      onClick={() => openPanel({ kind: 'history', postId: post.id }, { below: true })}
      {...tip}
    >
      {label}
    </button>
  )
}
