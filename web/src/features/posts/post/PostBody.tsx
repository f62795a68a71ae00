import type { ReactNode } from 'react'
import type { Post } from '../../../store/entities.ts'
import type { Place } from './place.ts'
import css from './Post.module.css'

/** What a post says. */
export function PostBody({ post }: { post: Post; place: Place }): ReactNode {
  return (
    <div id={`body-${post.id}`} className={css['body']}>
      {post.message}
    </div>
  )
}
