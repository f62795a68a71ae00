import { memo } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import type { Id } from '../../../store/state.ts'
import type { Place } from './place.ts'
import { PostAvatar } from './PostAvatar.tsx'
import { PostBody } from './PostBody.tsx'
import { PostFrame } from './PostFrame.tsx'
import { PostHeader, PostTime } from './PostHeader.tsx'
import css from './Post.module.css'

export interface PostProps {
  readonly postId: Id
  readonly place: Place
  /** shows who wrote it; false when it continues the post above */
  readonly first?: boolean
  /** a link led here */
  readonly highlight?: boolean
}

/** A post, with everything that hangs on it and can be done with it. Nothing while it is not in the state. */
export const Post = memo(function Post({ postId, place, first = true, highlight }: PostProps): ReactNode {
  const post = useStore((state) => state.posts[postId])
  if (!post) return null
  return (
    <PostFrame post={post} place={place} first={first} highlight={highlight}>
      <div className={css['gutter']}>
        {first ? <PostAvatar post={post} /> : <PostTime post={post} className={css['hoverTime']} />}
      </div>
      <div className={css['content']}>
        {first && <PostHeader post={post} place={place} />}
        <PostBody post={post} place={place} />
      </div>
    </PostFrame>
  )
})
