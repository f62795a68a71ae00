import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import type { Post } from '../../../store/entities.ts'
import type { Id } from '../../../store/state.ts'
import { EditComposer } from '../../composer/EditComposer.tsx'
import { FileAttachments } from '../../files/FileAttachments.tsx'
import { stopEditing, useEditing } from '../actions/editing.ts'
import { Embeds, hasEmbeds } from '../embeds/Embeds.tsx'
import { Reactions } from '../reactions/Reactions.tsx'
import { AddToChannel } from '../system/AddToChannel.tsx'
import { Acknowledgements } from './Acknowledgements.tsx'
import { EditedMark } from './EditedMark.tsx'
import { MessageText } from './MessageText.tsx'
import type { Place } from './place.ts'
import { PostMarks } from './PostHeader.tsx'
import { ReplyHint } from './ReplyHint.tsx'
import { ThreadFooter } from './ThreadFooter.tsx'
import { UnsentNote } from './UnsentNote.tsx'
import css from './Post.module.css'

interface Props {
  readonly post: Post
  readonly place: Place
  readonly first: boolean
}

/** What a post says, and what hangs on it. */
export function PostBody({ post, place, first }: Props): ReactNode {
  const editing = useEditing((now) => now.postId === post.id && now.place === place)
  const isReacted = useStore((state) => state.reactions[post.id] !== undefined)
  const isReplied = useStore((state) => state.threads[post.id] !== undefined)
  if (editing) return <EditComposer postId={post.id} onDone={() => doneEditing(post.id)} />
  return (
    <>
      {post.root_id && place === 'channel' && <ReplyHint post={post} />}
      <div id={`body-${post.id}`} className={post.type === 'me' ? css['me'] : css['body']}>
        {post.message && <MessageText post={post} />}
        {post.edit_at > 0 && <EditedMark post={post} />}
        {hasEmbeds(post) && <Embeds post={post} />}
        {(post.file_ids?.length ?? 0) > 0 && <FileAttachments post={post} />}
      </div>
      {!first && <PostMarks post={post} />}
      {post.props['add_channel_member'] !== undefined && <AddToChannel post={post} />}
      {post.metadata.priority?.requested_ack && <Acknowledgements post={post} />}
      {isReacted && <Reactions post={post} />}
      {isReplied && place !== 'thread' && !post.root_id && <ThreadFooter post={post} />}
      {post.failed && <UnsentNote post={post} />}
    </>
  )
}

/** The post takes the focus back: it was opened from there, by key or by its menu. */
function doneEditing(postId: Id): void {
  stopEditing()
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-post-id="${postId}"]`)?.focus())
}
