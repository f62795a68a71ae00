import type { MouseEvent, ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import { getState } from '../../../client/store.ts'
import type { Post } from '../../../store/entities.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { MenuList } from '../../../ui/Menu.tsx'
import { Emoji } from '../../emoji/Emoji.tsx'
import { messageContext } from '../post/message-context.tsx'
import type { Place } from '../post/place.ts'
import { AddReaction } from '../reactions/AddReaction.tsx'
import { useRecentEmoji } from '../reactions/emoji-choice.tsx'
import { toggleReaction } from '../reactions/react.ts'
import { PostMenuItems } from './PostMenuItems.tsx'
import { rightsOf } from './post-rights.ts'
import css from './PostSheet.module.css'

interface Props {
  readonly post: Post
  readonly place: Place
  readonly onClose: () => void
}

/** The menu of a post for fingers: reactions in a row, then everything else. */
export default function PostSheet({ post, place, onClose }: Props): ReactNode {
  const t = useText()
  const rights = rightsOf(getState(), post)
  const recent = useRecentEmoji().slice(0, 5)
  const closeAfter = (event: MouseEvent): void => {
    const item = (event.target as Element).closest('[role^="menuitem"]')
    if (item && !item.hasAttribute('aria-haspopup')) setTimeout(onClose)
  }
  return (
    <Dialog compact flush size="s" title={t('posts.actions', 'Message actions')} onClose={onClose}>
      {rights.react && (
        <div className={css['reactions']}>
          {recent.map((name) => (
            <button
              key={name}
              type="button"
              className={css['reaction']}
              aria-label={t('posts.react_with', 'React with :{name}:', { name })}
              onClick={() => {
                toggleReaction(post.id, name)
                onClose()
              }}
            >
              <Emoji name={name} url={messageContext(getState()).customEmojiURL(name)} silent />
            </button>
          ))}
          <AddReaction postId={post.id} onPicked={onClose} />
        </div>
      )}
      <div className={css['items']} onClickCapture={closeAfter}>
        <MenuList label={t('posts.actions', 'Message actions')}>
          <PostMenuItems post={post} place={place} />
        </MenuList>
      </div>
    </Dialog>
  )
}
