import type { ReactNode } from 'react'
import { useDates } from '../../../shell/dates.ts'
import type { Post } from '../../../store/entities.ts'
import { PersonName } from '../../people/Person.tsx'
import { tooltip } from '../../../ui/Tooltip.tsx'
import type { Place } from './place.ts'
import css from './Post.module.css'

/** Who wrote a post, and when. */
export function PostHeader({ post }: { post: Post; place: Place }): ReactNode {
  return (
    <header className={css['header']}>
      <span id={`author-${post.id}`} className={css['name']}>
        <PersonName userId={post.user_id} />
      </span>
      <PostTime post={post} className={css['time']} />
    </header>
  )
}

/** When a post was written, with the full date as a tooltip; leads to the post by its link. */
export function PostTime({ post, className }: { post: Post; className?: string }): ReactNode {
  const dates = useDates()
  return (
    <time
      id={`time-${post.id}`}
      dateTime={new Date(post.create_at).toISOString()}
      className={className}
      {...tooltip(dates.full(post.create_at))}
    >
      {dates.time(post.create_at)}
    </time>
  )
}
