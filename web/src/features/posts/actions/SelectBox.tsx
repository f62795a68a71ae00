import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { isUnsent } from '../../../store/posts.ts'
import { toggleSelected, useSelection } from './selecting.ts'
import css from './Selection.module.css'

/** The box that takes a post into the selection. */
export function SelectBox({ post }: { post: Post }): ReactNode {
  const t = useText()
  const selected = useSelection(({ ids }) => ids?.has(post.id) ?? false)
  if (isUnsent(post) || post.type === 'system_ephemeral') return null
  return (
    <input
      type="checkbox"
      className={css['box']}
      checked={selected}
      onChange={() => toggleSelected(post.id)}
      aria-label={t('posts.select_this', 'Select this message')}
    />
  )
}
