import { Suspense, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, MouseEvent, ReactNode } from 'react'
import type { Post } from '../../../store/entities.ts'
import { isUnsent } from '../../../store/posts.ts'
import { cx } from '../../../ui/cx.ts'
import { useEditing } from '../actions/editing.ts'
import { markUnread } from '../actions/post-actions.ts'
import { pressedOnPost } from '../actions/post-keys.ts'
import { useSelection } from '../actions/selecting.ts'
import type { Place } from './place.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import css from './Post.module.css'

const PostBar = lazyPart(() => import('../actions/PostBar.tsx'))

interface Props {
  readonly post: Post
  readonly place: Place
  readonly first: boolean
  readonly highlight?: boolean
  readonly children: ReactNode
}

/** The box of a post: takes the focus and keys, and shows the actions while the pointer or the focus is on it. */
export function PostFrame({ post, place, first, highlight, children }: Props): ReactNode {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const [open, setOpen] = useState(false)
  const selected = useSelection(({ ids }) => ids?.has(post.id))
  const editing = useEditing((now) => now.postId === post.id && now.place === place)
  const frame = useRef<HTMLDivElement>(null)
  const onBlur = (event: FocusEvent): void => {
    if (!frame.current?.contains(event.relatedTarget)) setFocused(false)
  }
  const onClick = (event: MouseEvent): void => {
    if (event.altKey && !isUnsent(post)) void markUnread(post.id)
  }
  const showsBar = (pointed || focused || open) && selected === undefined && !editing
  return (
    <div
      ref={frame}
      role="article"
      tabIndex={-1}
      data-post-id={post.id}
      aria-labelledby={`author-${post.id} time-${post.id} body-${post.id}`}
      className={cx(
        css['post'],
        first && css['first'],
        isUnsent(post) && css['unsent'],
        highlight && css['highlight'],
        selected && css['selected'],
      )}
      onPointerEnter={(event) => setPointed(event.pointerType !== 'touch')}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={onBlur}
      onClick={onClick}
      onKeyDown={(event: KeyboardEvent<HTMLElement>) => pressedOnPost(event, post, place)}
    >
      {children}
      {showsBar && (
        <div className={css['bar']}>
          <Suspense>
            <PostBar post={post} place={place} onOpenChange={setOpen} />
          </Suspense>
        </div>
      )}
    </div>
  )
}
