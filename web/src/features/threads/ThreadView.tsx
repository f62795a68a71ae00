import { useCallback, useMemo, useRef } from 'react'
import type { ReactNode } from 'react'
import { isUnreachable } from '../../client/api.ts'
import type { ApiError } from '../../client/api.ts'
import { usePreference } from '../../client/preferences.ts'
import { getState, useStore } from '../../client/store.ts'
import { useDates } from '../../shell/dates.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Id } from '../../store/state.ts'
import { PostMenuArea } from '../posts/actions/PostMenuArea.tsx'
import { Announcer } from '../posts/list/Announcer.tsx'
import { ConversationSkeleton, LoadFailed } from '../posts/list/ConversationStates.tsx'
import { PostList } from '../posts/list/PostList.tsx'
import type { PostListHandle } from '../posts/list/PostList.tsx'
import { buildRows } from '../posts/list/rows.ts'
import type { Row } from '../posts/list/rows.ts'
import { firstUnread } from '../posts/list/unread.ts'
import { PostRow } from '../posts/post/PostRow.tsx'
import { TypingLine } from '../posts/TypingLine.tsx'
import { Composer } from '../composer/Composer.tsx'
import { useThread } from './use-thread.ts'
import css from './ThreadView.module.css'

const NONE: readonly Id[] = []

interface ThreadViewProps {
  readonly rootId: Id
  readonly focusPostId?: Id
  /** on the page of all threads, not on the right side */
  readonly inPage?: boolean
}

/** Root and replies of a thread, and the field to reply. */
export function ThreadView({ rootId, focusPostId, inPage = false }: ThreadViewProps): ReactNode {
  const t = useText()
  const { state, error, retry, lineAt } = useThread(rootId, inPage)
  const channelId = useStore((now) => now.posts[rootId]?.channel_id)
  if (state === 'failed' && !channelId) {
    const gone = !isUnreachable(error) && [403, 404].includes((error as ApiError).status_code ?? 0)
    if (!gone) return <LoadFailed error={error} onRetry={retry} />
    return (
      <p className={css['gone']}>{t('threads.gone', 'This thread is not there any more, or you cannot read it.')}</p>
    )
  }
  if (!channelId) {
    return state === 'there' ? (
      <p className={css['gone']}>{t('threads.deleted', 'This thread was deleted.')}</p>
    ) : (
      <ConversationSkeleton />
    )
  }
  return (
    <>
      {state === 'loading' ? (
        <Loading rootId={rootId} />
      ) : (
        <Replies key={rootId} rootId={rootId} channelId={channelId} lineAt={lineAt} focusPostId={focusPostId} />
      )}
      <TypingLine channelId={channelId} rootId={rootId} />
      <Composer channelId={channelId} rootId={rootId} />
    </>
  )
}

/** The root is here already: it need not wait for its replies. */
function Loading({ rootId }: { rootId: Id }): ReactNode {
  return (
    <div className={css['loading']}>
      <PostRow row={{ key: rootId, first: true }} place="thread" />
      <ConversationSkeleton />
    </div>
  )
}

interface RepliesProps {
  readonly rootId: Id
  readonly channelId: Id
  readonly lineAt: number | undefined
  readonly focusPostId: Id | undefined
}

function Replies({ rootId, channelId, lineAt, focusPostId }: RepliesProps): ReactNode {
  const t = useText()
  const replies = useStore((state) => state.threadPosts[rootId] ?? NONE)
  const { rows, unreadId } = useRows(rootId, replies, lineAt)
  const list = useRef<PostListHandle>(null)
  const count = replies.length
  const startKey = focusPostId ?? unreadId
  const start = useRef(startKey ? ({ key: startKey, align: focusPostId ? 'center' : 'start' } as const) : undefined)
  const renderRow = useCallback(
    (row: Row) => (
      <div key={row.key}>
        <PostRow row={row} place="thread" highlight={row.key === focusPostId} />
        {row.key === rootId && <RepliesLine count={count} />}
      </div>
    ),
    [focusPostId, rootId, count],
  )
  return (
    <PostMenuArea place="thread" className={css['list']}>
      <PostList
        ref={list}
        id={rootId}
        rows={rows}
        label={t('threads.list', 'Messages of the thread')}
        start={start.current}
        fromTop
        renderRow={renderRow}
      />
      <Announcer channelId={channelId} rootId={rootId} />
    </PostMenuArea>
  )
}

function RepliesLine({ count }: { count: number }): ReactNode {
  const t = useText()
  return (
    <div className={css['replies']}>
      {count > 0
        ? t('posts.replies', '{count, plural, one {# reply} other {# replies}}', { count })
        : t('threads.no_replies', 'No replies yet')}
    </div>
  )
}

function useRows(rootId: Id, replies: readonly Id[], lineAt: number | undefined) {
  const dates = useDates()
  const groups = usePreference('display_settings', 'collapse_consecutive_messages', 'true') !== 'false'
  return useMemo(() => {
    const state = getState()
    const unreadId = lineAt === undefined ? undefined : firstUnread(state, replies, lineAt)
    const ids = [rootId, ...replies.filter((id) => id !== rootId)]
    return { rows: buildRows(state, ids, { unreadId, groups, joinLeave: true, dates }), unreadId }
  }, [rootId, replies, lineAt, groups, dates])
}
