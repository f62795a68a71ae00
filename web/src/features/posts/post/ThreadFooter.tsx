import type { ReactNode } from 'react'
import { api } from '../../../client/api.ts'
import { useUser } from '../../../client/people.ts'
import { useStore } from '../../../client/store.ts'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import { openPanel } from '../../../shell/panels.ts'
import type { Post } from '../../../store/entities.ts'
import type { Id } from '../../../store/state.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { Button } from '../../../ui/Button.tsx'
import { tooltip } from '../../../ui/Tooltip.tsx'
import { followThread } from '../../threads/follow-thread.ts'
import css from './ThreadFooter.module.css'

/** Pictures of those who replied, at most. */
const MOST_FACES = 5

/** Below a post with replies: how many, by whom, when the last one came, whether some are unread; opens the thread. */
export function ThreadFooter({ post }: { post: Post }): ReactNode {
  const t = useText()
  const dates = useDates()
  const thread = useStore((state) => state.threads[post.id])
  if (!thread || thread.replyCount === 0) return null
  const { replyCount: count, lastReplyAt, participants, following, own } = thread
  const unread = own !== undefined && lastReplyAt > own.lastViewedAt
  // Of what was found, only the number is told.
  const isKnown = lastReplyAt > 0
  return (
    <div className={css['footer']}>
      <button
        type="button"
        className={css['open']}
        data-unread={unread}
        onClick={() => openPanel({ kind: 'thread', rootId: post.id })}
      >
        <span className={css['faces']}>
          {participants.slice(-MOST_FACES).map((id) => (
            <Face key={id} userId={id} />
          ))}
        </span>
        {unread && <span className={css['dot']} role="img" aria-label={t('posts.unread_replies', 'Unread replies')} />}
        <span className={css['count']}>
          {t('posts.replies', '{count, plural, one {# reply} other {# replies}}', { count })}
        </span>
        {isKnown && (
          <span className={css['last']} {...tooltip(dates.full(lastReplyAt))}>
            {t('posts.last_reply', 'Last reply {time}', { time: dates.short(lastReplyAt) })}
          </span>
        )}
      </button>
      {isKnown && (
        <Button
          size="s"
          variant="quiet"
          className={css['follow']}
          onPress={() => void followThread(post.id, !following)}
        >
          {following ? t('posts.following', 'Following') : t('posts.follow', 'Follow')}
        </Button>
      )}
    </div>
  )
}

function Face({ userId }: { userId: Id }): ReactNode {
  const user = useUser(userId)
  const src = user && api.getProfilePictureUrl(user.id, user.last_picture_update)
  return <Avatar name={user?.username ?? ''} src={src} size={20} className={css['face']} />
}
