import { memo } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import type { Post as PostData } from '../../../store/entities.ts'
import type { Id } from '../../../store/state.ts'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Info } from '../../../ui/icons.ts'
import { SelectBox } from '../actions/SelectBox.tsx'
import { useSelection } from '../actions/selecting.ts'
import { CombinedText } from '../system/CombinedPost.tsx'
import { SystemText } from '../system/SystemText.tsx'
import { useCompact } from './density.ts'
import { isSystemPost } from './author.ts'
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
  /** several messages of the server told as one, this one the first */
  readonly combined?: readonly Id[]
}

/** A post, with everything that hangs on it and can be done with it. Nothing while it is not in the state. */
export const Post = memo(function Post({ postId, place, first = true, highlight, combined }: PostProps): ReactNode {
  const post = useStore((state) => state.posts[postId])
  if (!post) return null
  if (isSystemLine(post)) return <SystemLine post={post} place={place} highlight={highlight} combined={combined} />
  return (
    <PostFrame post={post} place={place} first={first} highlight={highlight}>
      <Gutter post={post} first={first} />
      <div className={css['content']}>
        {first && <PostHeader post={post} />}
        <PostBody post={post} place={place} first={first} />
      </div>
    </PostFrame>
  )
})

/** What only tells that something happened; it has no author to show. */
const isSystemLine = (post: PostData): boolean =>
  isSystemPost(post) && post.type !== 'system_auto_responder' && post.type !== 'system_ephemeral'

function Gutter({ post, first }: { post: PostData; first: boolean }): ReactNode {
  const selecting = useSelection(({ ids }) => ids !== null)
  const compact = useCompact()
  return (
    <div className={css['gutter']}>
      {selecting ? (
        <SelectBox post={post} />
      ) : first && compact ? (
        <PostTime post={post} className={cx(css['hoverTime'], css['gutterTime'])} />
      ) : first ? (
        <PostAvatar post={post} />
      ) : (
        <PostTime post={post} className={css['hoverTime']} />
      )}
    </div>
  )
}

function SystemLine({ post, place, highlight, combined }: Omit<PostProps, 'postId'> & { post: PostData }): ReactNode {
  return (
    <PostFrame post={post} place={place} first={false} highlight={highlight}>
      <div className={css['gutter']}>
        <Icon icon={Info} size="s" className={css['systemIcon']} />
      </div>
      <div className={css['system']}>
        <div id={`body-${post.id}`}>
          {combined && combined.length > 1 ? <CombinedText ids={combined} /> : <SystemText post={post} />}
        </div>
        <PostTime post={post} className={css['time']} />
      </div>
    </PostFrame>
  )
}
