import type { ReactNode } from 'react'
import { usePreference } from '../../../client/preferences.ts'
import { useDates } from '../../../shell/dates.ts'
import { useText } from '../../../shell/i18n.tsx'
import { goTo, postPath } from '../../../shell/navigate.ts'
import { siteAddress } from '../../../client/base-path.ts'
import type { Post } from '../../../store/entities.ts'
import { isUnsent } from '../../../store/posts.ts'
import { Badge } from '../../../ui/Badge.tsx'
import { cx } from '../../../ui/cx.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Bookmark, Pin } from '../../../ui/icons.ts'
import { hueOf } from '../../../ui/initials.ts'
import { tooltip } from '../../../ui/Tooltip.tsx'
import { useAuthor } from './author.ts'
import { PostAuthor } from './PostAuthor.tsx'
import { PriorityBadge } from './PriorityBadge.tsx'
import css from './Post.module.css'

/** Who wrote a post, when, and what marks it bears. */
export function PostHeader({ post }: { post: Post }): ReactNode {
  const t = useText()
  const author = useAuthor(post, t('posts.system', 'System'))
  const coloured = usePreference('display_settings', 'colorize_usernames', 'false') === 'true'
  return (
    <header className={css['header']}>
      <span
        id={`author-${post.id}`}
        className={cx(css['name'], coloured && css['coloured'])}
        style={coloured ? ({ '--hue': hueOf(author.name) } as React.CSSProperties) : undefined}
      >
        <PostAuthor post={post} author={author} />
      </span>
      {author.isBot && <Badge>{t('posts.bot', 'BOT')}</Badge>}
      {author.isGuest && <Badge>{t('posts.guest', 'GUEST')}</Badge>}
      {post.type === 'system_auto_responder' && <Badge>{t('posts.auto_reply', 'Automatic reply')}</Badge>}
      <PostTime post={post} className={css['time']} />
      <PriorityBadge post={post} />
      <PostMarks post={post} />
      {post.type === 'system_ephemeral' && (
        <span className={css['mark']}>{t('posts.only_you', 'Only visible to you')}</span>
      )}
    </header>
  )
}

/** That a post is pinned or saved. */
export function PostMarks({ post }: { post: Post }): ReactNode {
  const t = useText()
  const saved = usePreference('flagged_post', post.id) === 'true'
  return (
    <>
      {post.is_pinned && (
        <span className={css['mark']}>
          <Icon icon={Pin} size="s" />
          {t('posts.pinned', 'Pinned')}
        </span>
      )}
      {saved && (
        <span className={css['mark']}>
          <Icon icon={Bookmark} size="s" />
          {t('posts.saved', 'Saved')}
        </span>
      )}
    </>
  )
}

/** When a post was written, with the full date as a tooltip; a link to the post. */
export function PostTime({ post, className }: { post: Post; className?: string }): ReactNode {
  const dates = useDates()
  const time = (
    <time id={`time-${post.id}`} dateTime={new Date(post.create_at).toISOString()}>
      {dates.time(post.create_at)}
    </time>
  )
  if (isUnsent(post) || post.type === 'system_ephemeral') return <span className={className}>{time}</span>
  const path = postPath(post.id)
  return (
    <a
      href={siteAddress(path)}
      tabIndex={-1}
      className={className}
      {...tooltip(dates.full(post.create_at))}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        goTo(path)
      }}
    >
      {time}
    </a>
  )
}
