import type { MouseEvent, ReactNode } from 'react'
import { siteAddress } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Post as PostData } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { Post } from '../posts/post/Post.tsx'
import { jumpTo, resultPath } from './jump.ts'
import css from './Search.module.css'

/** A post that was found, with the way to where it stands. */
export function ResultPost({ postId }: { postId: Id }): ReactNode {
  const post = useStore((state) => state.posts[postId])
  return (
    post && (
      <div className={css['result']}>
        <Post postId={postId} place="search" />
        <div className={css['foot']}>
          <JumpLink post={post} />
        </div>
      </div>
    )
  )
}

function JumpLink({ post }: { post: PostData }): ReactNode {
  const t = useText()
  const dates = useDates()
  const onClick = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    jumpTo(post.id, post.channel_id)
  }
  return (
    <a
      className={css['jump']}
      href={siteAddress(resultPath(post.id, post.channel_id))}
      onClick={onClick}
      aria-label={t('search.jump_to', 'Jump to the message of {time}', { time: dates.full(post.create_at) })}
    >
      {t('search.jump', 'Jump')}
    </a>
  )
}
