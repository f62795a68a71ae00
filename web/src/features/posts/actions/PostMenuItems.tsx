import type { ReactNode } from 'react'
import { useStore } from '../../../client/store.ts'
import { openDialog } from '../../../shell/dialogs.tsx'
import { useText } from '../../../shell/i18n.tsx'
import { openPanel } from '../../../shell/panels.ts'
import type { Post } from '../../../store/entities.ts'
import { afterClosing } from '../../../ui/after-closing.ts'
import * as icons from '../../../ui/icons.ts'
import { MenuItem, MenuSeparator, Submenu } from '../../../ui/Menu.tsx'
import { followThread } from '../../threads/follow-thread.ts'
import { askToDelete } from './ask-to-delete.tsx'
import { startEditing } from './editing.ts'
import * as act from './post-actions.ts'
import { rightsOf } from './post-rights.ts'
import type { Rights } from './post-rights.ts'
import { startSelecting } from './selecting.ts'
import { forwardPosts } from '../forward/forward-posts.tsx'
import type { Place } from '../post/place.ts'
import { reminderTimes } from './reminder-times.ts'
import { showFailure } from '../../../shell/failure.ts'
import { lazyPart } from '../../../ui/lazy-part.tsx'

const ReminderDialog = lazyPart(() => import('./ReminderDialog.tsx'))

interface Props {
  readonly post: Post
  /** in its thread there is no reply: it is written below */
  readonly place: Place
}

/** Everything that can be done with a post. */
export function PostMenuItems({ post, place }: Props): ReactNode {
  const rights = rightsOf(useStore.getState(), post)
  if (!rights.isReal) return <OnlyMine post={post} rights={rights} place={place} />
  return (
    <>
      <Talk post={post} rights={rights} place={place} />
      <MenuSeparator />
      <Keep post={post} rights={rights} place={place} />
      <MenuSeparator />
      <Change post={post} rights={rights} place={place} />
    </>
  )
}

interface Part extends Props {
  readonly rights: Rights
}

function OnlyMine({ post }: Part): ReactNode {
  const t = useText()
  return (
    <>
      <MenuItem icon={icons.Clipboard} onAction={() => void act.copyText([post.id])}>
        {t('posts.copy_text', 'Copy text')}
      </MenuItem>
      {post.type === 'system_ephemeral' && (
        <MenuItem icon={icons.X} onAction={() => void act.remove(post.id)}>
          {t('posts.dismiss', 'Dismiss')}
        </MenuItem>
      )}
    </>
  )
}

function Talk({ post, rights, place }: Part): ReactNode {
  const t = useText()
  const following = useStore.getState().threads[post.root_id || post.id]?.following ?? false
  return (
    <>
      {rights.reply && place !== 'thread' && (
        <MenuItem icon={icons.Reply} shortcut="R" onAction={() => act.replyTo(post.id)}>
          {t('posts.reply', 'Reply')}
        </MenuItem>
      )}
      {rights.forward && (
        <MenuItem icon={icons.Forward} shortcut="F" onAction={() => forwardPosts([post.id])}>
          {t('posts.forward', 'Forward')}
        </MenuItem>
      )}
      <MenuItem
        icon={following ? icons.BellOff : icons.Bell}
        onAction={() => void followThread(post.root_id || post.id, !following)}
      >
        {following ? t('posts.unfollow_thread', 'Unfollow thread') : t('posts.follow_thread', 'Follow thread')}
      </MenuItem>
      <MenuItem icon={icons.MessageSquareText} shortcut="U" onAction={() => void act.markUnread(post.id)}>
        {t('posts.mark_unread', 'Mark as unread')}
      </MenuItem>
      <Submenu icon={icons.AlarmClock} label={t('posts.remind', 'Remind me')}>
        {reminderTimes(t, Date.now()).map(({ id, label, at, hint }) => (
          <MenuItem key={id} description={hint} onAction={() => void act.remind(post.id, at).catch(showFailure)}>
            {label}
          </MenuItem>
        ))}
        <MenuItem onAction={() => openDialog((close) => <ReminderDialog postId={post.id} onClose={close} />)}>
          {t('posts.remind_custom', 'At another time…')}
        </MenuItem>
      </Submenu>
    </>
  )
}

function Keep({ post, rights }: Part): ReactNode {
  const t = useText()
  const saved = act.isSaved(post.id)
  return (
    <>
      <MenuItem icon={icons.Bookmark} shortcut="S" onAction={() => void act.save(post.id, !saved)}>
        {saved ? t('posts.unsave', 'Remove from saved') : t('posts.save', 'Save')}
      </MenuItem>
      {rights.pin && (
        <MenuItem
          icon={post.is_pinned ? icons.PinOff : icons.Pin}
          shortcut="P"
          onAction={() => void act.pin(post.id, !post.is_pinned)}
        >
          {post.is_pinned ? t('posts.unpin', 'Unpin from channel') : t('posts.pin', 'Pin to channel')}
        </MenuItem>
      )}
      {rights.bookmark && (
        <Submenu icon={icons.Plus} label={t('posts.add_to', 'Add to…')}>
          <MenuItem icon={icons.Link} onAction={() => void act.bookmark(post.id)}>
            {t('posts.add_to_bookmarks', 'Bookmarks of the channel')}
          </MenuItem>
        </Submenu>
      )}
      <MenuItem icon={icons.Link} shortcut="K" onAction={() => void act.copyLink(post.id)}>
        {t('posts.copy_link', 'Copy link')}
      </MenuItem>
      <MenuItem icon={icons.Clipboard} shortcut="C" onAction={() => void act.copyText([post.id])}>
        {t('posts.copy_text', 'Copy text')}
      </MenuItem>
      <MenuItem icon={icons.ListChecks} onAction={() => startSelecting(post.id)}>
        {t('posts.select', 'Select messages')}
      </MenuItem>
    </>
  )
}

function Change({ post, rights, place }: Part): ReactNode {
  const t = useText()
  return (
    <>
      {rights.edit && (
        <MenuItem icon={icons.Pencil} shortcut="E" onAction={() => afterClosing(() => startEditing(post.id, place))}>
          {t('posts.edit', 'Edit')}
        </MenuItem>
      )}
      {rights.history && (
        <MenuItem
          icon={icons.History}
          onAction={() => openPanel({ kind: 'history', postId: post.id }, { below: true })}
        >
          {t('posts.history', 'Edit history')}
        </MenuItem>
      )}
      {rights.remove && (
        <MenuItem icon={icons.Trash2} danger shortcut="Delete" onAction={() => askToDelete([post.id])}>
          {t('posts.delete', 'Delete')}
        </MenuItem>
      )}
    </>
  )
}
