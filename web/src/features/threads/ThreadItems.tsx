import { memo, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { Link } from 'react-router'
import { VList } from 'virtua'
import type { VListHandle } from 'virtua'
import { useUser } from '../../client/people.ts'
import { useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import { channelName, displayName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { CountBadge } from '../../ui/Badge.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Markdown } from '../markdown/Markdown.tsx'
import { PersonAvatar } from '../people/Person.tsx'
import { attachmentsOf } from '../posts/embeds/attachment-types.ts'
import { usePostContext } from '../posts/post/MessageText.tsx'
import type { Post } from '../../store/entities.ts'
import css from './ThreadItems.module.css'

interface Props {
  /** undefined while they are on their way */
  readonly ids: readonly Id[] | undefined
  readonly openId: Id | undefined
  readonly hrefOf: (id: Id) => string
  readonly empty: ReactNode
  readonly onNearEnd: () => void
}

/** px from the end at which the next page is asked for */
const NEAR = 800

/** The list of threads. Arrows go through it, Enter opens; the first and the last are reached by Home and End. */
export function ThreadItems({ ids, openId, hrefOf, empty, onNearEnd }: Props): ReactNode {
  const t = useText()
  const list = useRef<VListHandle>(null)
  if (!ids) return <Pending />
  if (ids.length === 0) return empty
  const onScroll = (offset: number): void => {
    const handle = list.current
    if (handle && handle.scrollSize - handle.viewportSize - offset < NEAR) onNearEnd()
  }
  return (
    <nav className={css['list']} aria-label={t('threads.title', 'Threads')} onKeyDown={moveThrough}>
      <VList ref={list} onScroll={onScroll} bufferSize={400} data={ids as Id[]}>
        {(id) => <ThreadItem key={id} id={id} href={hrefOf(id)} open={id === openId} />}
      </VList>
    </nav>
  )
}

function moveThrough(event: KeyboardEvent<HTMLElement>): void {
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a[data-thread]')]
  const at = links.indexOf(event.target as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key]
  const next = to === undefined || at < 0 ? undefined : links[to]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
}

const Pending = (): ReactNode => (
  <div className={css['pending']}>
    {[0, 1, 2, 3].map((at) => (
      <Skeleton key={at} avatar={24} lines={2} label={at === 0 ? undefined : ''} />
    ))}
  </div>
)

const ThreadItem = memo(function ThreadItem({ id, href, open }: { id: Id; href: string; open: boolean }): ReactNode {
  const t = useText()
  const dates = useDates()
  const post = useStore((state) => state.posts[id])
  const thread = useStore((state) => state.threads[id])
  const author = post?.user_id ?? ''
  useUser(author)
  const name = useStore((state) => displayName(state, author))
  const channel = useStore((state) => channelName(state, post?.channel_id ?? ''))
  if (!post || !thread) return <div className={css['item']} />
  const unread = thread.own !== undefined && thread.lastReplyAt > thread.own.lastViewedAt
  const mentions = thread.own?.unreadMentions ?? 0
  return (
    <Link to={href} data-thread className={css['item']} data-unread={unread} aria-current={open ? 'page' : undefined}>
      <span className={css['meta']}>
        <PersonAvatar userId={author} size={20} />
        <span className={css['author']}>{name}</span>
        <span className={css['channel']}>{channel}</span>
        <time className={css['time']} dateTime={new Date(thread.lastReplyAt).toISOString()}>
          {dates.short(thread.lastReplyAt || post.create_at)}
        </time>
      </span>
      <Excerpt post={post} />
      <span className={css['foot']}>
        {t('posts.replies', '{count, plural, one {# reply} other {# replies}}', { count: thread.replyCount })}
        {unread && thread.own!.unreadReplies > 0 && (
          <span className={css['new']}>{t('threads.new', '{count} new', { count: thread.own!.unreadReplies })}</span>
        )}
        <CountBadge
          count={mentions}
          tone="mention"
          label={t('threads.mentions', '{count, plural, one {# mention} other {# mentions}}', { count: mentions })}
        />
      </span>
    </Link>
  )
})

/** The words of the root, in one line and without anything to press: the whole item is one link. */
function Excerpt({ post }: { post: Post }): ReactNode {
  const t = useText()
  const context = usePostContext(post)
  const attachment = attachmentsOf(post.props['attachments'])[0]
  const text = post.message || attachment?.fallback || attachment?.title || attachment?.text || ''
  const files = post.file_ids?.length ?? 0
  return (
    <span className={css['excerpt']} inert>
      {text || files === 0 ? (
        <Markdown text={text} context={context} singleLine />
      ) : (
        t('posts.files', '{count, plural, one {# file} other {# files}}', { count: files })
      )}
    </span>
  )
}
