import type { ReactNode } from 'react'
import type { Post } from '../../../store/entities.ts'
import { isUnsent } from '../../../store/posts.ts'
import { cx } from '../../../ui/cx.ts'
import type { Place } from './place.ts'
import css from './Post.module.css'

interface Props {
  readonly post: Post
  readonly place: Place
  readonly first: boolean
  readonly highlight?: boolean
  readonly children: ReactNode
}

/** The box of a post: takes the focus, and shows the actions while the pointer or the focus is on it. */
export function PostFrame({ post, first, highlight, children }: Props): ReactNode {
  return (
    <div
      role="article"
      tabIndex={-1}
      data-post-id={post.id}
      aria-labelledby={`author-${post.id} time-${post.id} body-${post.id}`}
      className={cx(css['post'], first && css['first'], isUnsent(post) && css['unsent'], highlight && css['highlight'])}
    >
      {children}
    </div>
  )
}
