import { useMemo } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { siteAddress } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Post as PostData } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { EditComposer } from '../composer/EditComposer.tsx'
import { FileAttachments } from '../files/FileAttachments.tsx'
import type { Highlight } from '../markdown/highlight-terms.ts'
import { Markdown } from '../markdown/Markdown.tsx'
import { stopEditing, useEditing } from '../posts/actions/editing.ts'
import { Embeds } from '../posts/embeds/Embeds.tsx'
import { isSystemPost } from '../posts/post/author.ts'
import { EditedMark } from '../posts/post/EditedMark.tsx'
import { usePostContext } from '../posts/post/MessageText.tsx'
import { Post } from '../posts/post/Post.tsx'
import { PostAvatar } from '../posts/post/PostAvatar.tsx'
import { PostFrame } from '../posts/post/PostFrame.tsx'
import { PostHeader } from '../posts/post/PostHeader.tsx'
import { jumpTo, resultPath } from './jump.ts'
import css from './Search.module.css'

interface Props {
  readonly postId: Id
  /** what was searched for; the same array as long as it is the same */
  readonly highlights: readonly Highlight[]
}

/** A post that was found: with its words marked, and the way to where it stands. */
export function ResultPost({ postId, highlights }: Props): ReactNode {
  const post = useStore((state) => state.posts[postId])
  if (!post) return null
  if (highlights.length === 0 || isSystemPost(post)) {
    return (
      <>
        <Post postId={postId} place="search" />
        <JumpLink post={post} />
      </>
    )
  }
  return (
    <>
      <PostFrame post={post} place="search" first>
        <div className={css['gutter']}>
          <PostAvatar post={post} />
        </div>
        <div className={css['content']}>
          <PostHeader post={post} />
          <Body post={post} highlights={highlights} />
        </div>
      </PostFrame>
      <JumpLink post={post} />
    </>
  )
}

function Body({ post, highlights }: { post: PostData; highlights: readonly Highlight[] }): ReactNode {
  const editing = useEditing(({ postId }) => postId === post.id)
  const own = usePostContext(post)
  const context = useMemo(() => ({ ...own, highlights: [...highlights, ...own.highlights] }), [own, highlights])
  if (editing) return <EditComposer postId={post.id} onDone={stopEditing} />
  return (
    <div id={`body-${post.id}`}>
      {post.message && <Markdown text={post.message} context={context} className={css['text']} />}
      <EditedMark post={post} />
      <Embeds post={post} />
      {(post.file_ids?.length ?? 0) > 0 && <FileAttachments post={post} />}
    </div>
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
