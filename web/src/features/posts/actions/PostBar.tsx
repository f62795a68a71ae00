import { useState } from 'react'
import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { usePreference } from '../../../client/preferences.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Post } from '../../../store/entities.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Bookmark, BookmarkCheck, Ellipsis, Reply, X } from '../../../ui/icons.ts'
import { Menu, MenuTrigger } from '../../../ui/Menu.tsx'
import { Emoji } from '../../emoji/Emoji.tsx'
import type { Place } from '../post/place.ts'
import { usePostContext } from '../post/MessageText.tsx'
import { AddReaction } from '../reactions/AddReaction.tsx'
import { useRecentEmoji } from '../reactions/emoji-choice.tsx'
import { toggleReaction } from '../reactions/react.ts'
import { remove, replyTo, save } from './post-actions.ts'
import { PostMenuItems } from './PostMenuItems.tsx'
import { rightsOf } from './post-rights.ts'
import css from './PostBar.module.css'

interface Props {
  readonly post: Post
  readonly place: Place
  /** something of the bar is open: it has to stay */
  readonly onOpenChange: (open: boolean) => void
}

/** What is done with a post most often, at its upper right corner. */
export default function PostBar({ post, place, onOpenChange }: Props): ReactNode {
  const t = useText()
  const rights = rightsOf(useStore.getState(), post)
  const saved = usePreference('flagged_post', post.id) === 'true'
  if (!rights.isReal && post.type !== 'system_ephemeral') return null
  return (
    <div className={css['bar']} role="toolbar" aria-label={t('posts.actions', 'Message actions')}>
      {rights.react && place !== 'search' && <QuickReactions post={post} />}
      {rights.react && <AddReaction postId={post.id} onOpenChange={onOpenChange} />}
      {rights.reply && place !== 'thread' && (
        <IconButton
          size="s"
          icon={Reply}
          label={t('posts.reply', 'Reply')}
          shortcut="R"
          onPress={() => replyTo(post.id)}
        />
      )}
      {rights.isReal ? (
        <>
          <IconButton
            size="s"
            icon={saved ? BookmarkCheck : Bookmark}
            label={saved ? t('posts.unsave', 'Remove from saved') : t('posts.save', 'Save')}
            shortcut="S"
            pressed={saved}
            onPress={() => void save(post.id, !saved)}
          />
          <More post={post} place={place} onOpenChange={onOpenChange} />
        </>
      ) : (
        <IconButton size="s" icon={X} label={t('posts.dismiss', 'Dismiss')} onPress={() => void remove(post.id)} />
      )}
    </div>
  )
}

function QuickReactions({ post }: { post: Post }): ReactNode {
  const t = useText()
  const context = usePostContext(post)
  const names = useRecentEmoji().slice(0, 3)
  return names.map((name) => (
    <button
      key={name}
      type="button"
      className={css['quick']}
      aria-label={t('posts.react_with', 'React with :{name}:', { name })}
      data-tip={`:${name}:`}
      onClick={() => toggleReaction(post.id, name)}
    >
      <Emoji name={name} url={context.customEmojiURL(name)} silent />
    </button>
  ))
}

function More({ post, place, onOpenChange }: Props): ReactNode {
  const t = useText()
  const [open, setOpen] = useState(false)
  const change = (next: boolean): void => {
    setOpen(next)
    onOpenChange(next)
  }
  return (
    <MenuTrigger isOpen={open} onOpenChange={change}>
      <IconButton size="s" icon={Ellipsis} label={t('posts.more', 'More actions')} />
      <Menu label={t('posts.more', 'More actions')} placement="bottom end">
        <PostMenuItems post={post} place={place} />
      </Menu>
    </MenuTrigger>
  )
}
