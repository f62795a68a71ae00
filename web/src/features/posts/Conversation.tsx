import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { preference, usePreference } from '../../client/preferences.ts'
import { getState, useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import { useShortcut } from '../../shell/keyboard.ts'
import type { ChannelPosts } from '../../store/entities.ts'
import { channelName } from '../../store/names.ts'
import type { Id, State } from '../../store/state.ts'
import { Announcer } from './list/Announcer.tsx'
import { keepChannel } from './list/channel-memory.ts'
import { PostMenuArea } from './actions/PostMenuArea.tsx'
import { useSelection } from './actions/selecting.ts'
import { ChannelIntro } from './list/ChannelIntro.tsx'
import { ConversationSkeleton, LoadFailed } from './list/ConversationStates.tsx'
import { useDeletedPosts } from './list/deleted-posts.ts'
import { JumpPill } from './list/JumpPill.tsx'
import { ListKeys } from './list/ListKeys.tsx'
import { loadMore, loadNewest } from './list/load-channel.ts'
import { PostList } from './list/PostList.tsx'
import type { PostListHandle } from './list/PostList.tsx'
import { buildRows, withDeleted } from './list/rows.ts'
import type { Row } from './list/rows.ts'
import { firstUnread } from './list/unread.ts'
import { UnreadPill } from './list/UnreadPill.tsx'
import { useChannelPosts } from './list/use-channel-posts.ts'
import { useReading } from './list/use-reading.ts'
import { PostRow } from './post/PostRow.tsx'
import { restoreUnsent } from './send-post.ts'
import { TypingLine } from './TypingLine.tsx'
import { Composer } from '../composer/Composer.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import css from './Conversation.module.css'

const SelectionBar = lazyPart(() => import('./actions/SelectionBar.tsx'))

interface Props {
  readonly channelId: Id
  /** the post that a link names: the list opens around it */
  readonly focusPostId?: Id
}

/** The posts of a channel, and the field to write below them. The tools of the field stay from channel to channel. */
export function Conversation({ channelId, focusPostId }: Props): ReactNode {
  const selecting = useSelection(({ ids }) => ids !== null)
  useEffect(restoreUnsent, [])
  useEffect(() => keepChannel(channelId), [channelId])
  return (
    <div className={css['conversation']}>
      <Posts key={channelId} channelId={channelId} focusPostId={focusPostId} />
      {selecting ? (
        <Suspense>
          <SelectionBar />
        </Suspense>
      ) : (
        <>
          <TypingLine key={channelId} channelId={channelId} rootId="" />
          <Composer channelId={channelId} rootId="" />
        </>
      )}
    </div>
  )
}

function Posts({ channelId, focusPostId }: Props): ReactNode {
  const { stretch, error, retry } = useChannelPosts(channelId, focusPostId)
  if (stretch) {
    return <ChannelPostList key={focusPostId} channelId={channelId} stretch={stretch} focusPostId={focusPostId} />
  }
  return error ? <LoadFailed error={error} onRetry={retry} /> : <ConversationSkeleton />
}

function ChannelPostList({ channelId, stretch, focusPostId }: Props & { stretch: ChannelPosts }): ReactNode {
  const t = useText()
  const name = useStore((state) => channelName(state, channelId))
  const { lineAt, markRead } = useReading(channelId)
  const { rows, unreadId } = useRows(channelId, stretch, lineAt)
  const list = useRef<PostListHandle>(null)
  const [atEnd, setAtEnd] = useState(true)
  const start = useStart(focusPostId, unreadId)
  const toNewest = useCallback(() => {
    if (stretch.reachesNewest) list.current?.scrollToEnd()
    else void loadNewest(channelId).then(() => list.current?.scrollToEnd())
  }, [channelId, stretch.reachesNewest])
  const justWritten = useStore((state) => ownUnsent(state, stretch.order[0]))
  useEffect(() => {
    if (justWritten) list.current?.scrollToEnd()
  }, [justWritten])
  const onEscape = useCallback(() => {
    if (!markRead()) return false
    toNewest()
    return true
  }, [markRead, toNewest])
  useShortcut('Escape', onEscape)
  const renderRow = useCallback(
    (row: Row) => <PostRow key={row.key} row={row} place="channel" highlight={row.key === focusPostId} />,
    [focusPostId],
  )
  return (
    <PostMenuArea place="channel" className={css['list']}>
      <PostList
        ref={list}
        id={channelId}
        rows={rows}
        label={t('posts.list', 'Messages in {channel}', { channel: name })}
        header={stretch.reachesOldest && <ChannelIntro channelId={channelId} />}
        start={start}
        renderRow={renderRow}
        onNearStart={stretch.reachesOldest ? undefined : () => void loadMore(channelId, 'older').catch(() => undefined)}
        onNearEnd={stretch.reachesNewest ? undefined : () => void loadMore(channelId, 'newer').catch(() => undefined)}
        onAtEnd={setAtEnd}
      />
      <JumpPill channelId={channelId} stretch={stretch} atEnd={atEnd && stretch.reachesNewest} onJump={toNewest} />
      <UnreadPill channelId={channelId} unreadId={unreadId} list={list} isUnread={lineAt !== undefined} />
      <ListKeys channelId={channelId} />
      <Announcer channelId={channelId} rootId="" />
    </PostMenuArea>
  )
}

/** The post, if it is one that I have just written: whoever writes wants to see it, wherever he was reading. */
function ownUnsent(state: State, id: Id | undefined): Id | undefined {
  const post = id ? state.posts[id] : undefined
  return post?.pending_post_id === id && post?.user_id === state.me ? id : undefined
}

/** Where the list opens: at the post asked for, else at the first unread one, else at the end. Decided once. */
function useStart(focusPostId: Id | undefined, unreadId: Id | undefined) {
  const [start] = useState(() => {
    if (focusPostId) return { key: focusPostId, align: 'center' } as const
    if (preference('advanced_settings', 'unread_scroll_position') === 'start_from_newest') return undefined
    return unreadId ? ({ key: unreadId, align: 'start' } as const) : undefined
  })
  return start
}

function useRows(
  channelId: Id,
  stretch: ChannelPosts,
  lineAt: number | undefined,
): { rows: readonly Row[]; unreadId?: Id } {
  const deleted = useDeletedPosts(channelId, '')
  const dates = useDates()
  const groups = usePreference('display_settings', 'collapse_consecutive_messages', 'true') !== 'false'
  const joinLeave = usePreference('advanced_settings', 'join_leave', 'true') !== 'false'
  const { order } = stretch
  return useMemo(() => {
    const oldestFirst = order.toReversed()
    const state = getState()
    const unreadId = lineAt === undefined ? undefined : firstUnread(state, oldestFirst, lineAt)
    const rows = buildRows(state, oldestFirst, { unreadId, groups, joinLeave, dates })
    return { rows: withDeleted(state, rows, deleted), unreadId }
  }, [order, deleted, lineAt, groups, joinLeave, dates])
}
