import { useCallback, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useParams } from 'react-router'
import { useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { useShortcut } from '../../shell/keyboard.ts'
import { showSidebar } from '../../shell/layout/layout.ts'
import { goTo } from '../../shell/navigate.ts'
import { channelName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { ArrowLeft, CheckCheck, X } from '../../ui/icons.ts'
import { LoadFailed } from '../posts/list/ConversationStates.tsx'
import { FollowButton } from './FollowButton.tsx'
import { readAllThreads } from './load-thread.ts'
import { ThreadItems } from './ThreadItems.tsx'
import { ThreadView } from './ThreadView.tsx'
import { useThreadList } from './use-thread-list.ts'
import type { Filter } from './use-thread-list.ts'
import css from './ThreadsPage.module.css'

/** `/<team>/threads`: all threads that I follow, and beside them the one that is open. */
export default function ThreadsPage({ teamId }: { teamId: string }): ReactNode {
  const rootId = useParams()['root']
  return (
    <div className={css['page']} data-open={rootId !== undefined}>
      <ThreadColumn teamId={teamId} rootId={rootId} />
      {rootId ? <OpenThread key={rootId} teamId={teamId} rootId={rootId} /> : <NothingOpen teamId={teamId} />}
    </div>
  )
}

const usePath = (teamId: Id): string => useStore((state) => `/${state.teams[teamId]?.name ?? ''}/threads`)

function ThreadColumn({ teamId, rootId }: { teamId: Id; rootId: Id | undefined }): ReactNode {
  const t = useText()
  const path = usePath(teamId)
  const [filter, setFilter] = useState<Filter>('all')
  const list = useThreadList(teamId, filter)
  const unread = useStore((state) => state.teamThreads[teamId]?.unreadThreads ?? 0)
  return (
    <section className={css['column']} aria-label={t('threads.title', 'Threads')}>
      <header className={css['header']}>
        <IconButton
          icon={ArrowLeft}
          label={t('threads.back_to_channels', 'Back to the channels')}
          className={css['back']}
          onPress={() => showSidebar(true)}
        />
        <h1 className={css['title']}>{t('threads.title', 'Threads')}</h1>
        <IconButton
          icon={CheckCheck}
          label={t('threads.read_all', 'Mark all threads as read')}
          tooltipSide="bottom"
          disabled={unread === 0}
          onPress={() => void readAllThreads(teamId).catch(showFailure)}
        />
      </header>
      <Filters filter={filter} unread={unread} onChange={setFilter} />
      {list.error !== undefined && list.ids === undefined ? (
        <LoadFailed error={list.error} onRetry={list.retry} />
      ) : (
        <ThreadItems
          ids={list.ids}
          openId={rootId}
          hrefOf={(id) => `${path}/${id}`}
          empty={filter === 'unread' ? <AllRead /> : <NoThreads />}
          onNearEnd={list.loadMore}
        />
      )}
    </section>
  )
}

function Filters(props: { filter: Filter; unread: number; onChange: (filter: Filter) => void }): ReactNode {
  const t = useText()
  const { filter, unread, onChange } = props
  const choices: readonly (readonly [Filter, string])[] = [
    ['all', t('threads.all', 'All')],
    [
      'unread',
      unread > 0 ? t('threads.unread_count', 'Unread ({count})', { count: unread }) : t('threads.unread', 'Unread'),
    ],
  ]
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    onChange(filter === 'all' ? 'unread' : 'all')
    const other = event.currentTarget.querySelector<HTMLElement>('[aria-pressed="false"]')
    other?.focus()
  }
  return (
    <div
      className={css['filters']}
      role="group"
      aria-label={t('threads.filter', 'Which threads')}
      onKeyDown={onKeyDown}
    >
      {choices.map(([value, label]) => (
        <button
          key={value}
          type="button"
          className={css['filter']}
          aria-pressed={filter === value}
          onClick={() => onChange(value)}
        >
          {label}
        </button>
      ))}
    </div>
  )
}

function OpenThread({ teamId, rootId }: { teamId: Id; rootId: Id }): ReactNode {
  const t = useText()
  const path = usePath(teamId)
  const channel = useStore((state) => channelName(state, state.posts[rootId]?.channel_id ?? ''))
  const close = useCallback(() => goTo(path), [path])
  useShortcut('Escape', close)
  return (
    <section className={css['thread']} aria-label={t('threads.thread', 'Thread')}>
      <header className={css['header']}>
        <IconButton
          icon={ArrowLeft}
          label={t('threads.back_to_threads', 'Back to the threads')}
          className={css['back']}
          onPress={close}
        />
        <h2 className={css['title']}>
          {t('threads.thread', 'Thread')}
          <span className={css['channel']}>{channel}</span>
        </h2>
        <FollowButton rootId={rootId} />
        <IconButton
          icon={X}
          label={t('threads.close', 'Close the thread')}
          tooltipSide="bottom"
          className={css['close']}
          onPress={close}
        />
      </header>
      <ThreadView rootId={rootId} inPage />
    </section>
  )
}

function NothingOpen({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const unread = useStore((state) => state.teamThreads[teamId]?.unreadThreads ?? 0)
  const total = useStore((state) => state.teamThreads[teamId]?.total ?? 0)
  if (total === 0) return <div className={css['nothing']} />
  return (
    <div className={css['nothing']}>
      <p>
        {unread > 0
          ? t('threads.choose_unread', '{count, plural, one {# thread has} other {# threads have}} new replies.', {
              count: unread,
            })
          : t('threads.choose', 'You have read everything. Choose a thread to read it again.')}
      </p>
    </div>
  )
}

function AllRead(): ReactNode {
  const t = useText()
  return (
    <div className={css['empty']}>
      <h2>{t('threads.all_read', 'No unread threads')}</h2>
      <p>{t('threads.all_read_hint', 'New replies in threads you follow show up here.')}</p>
    </div>
  )
}

function NoThreads(): ReactNode {
  const t = useText()
  return (
    <div className={css['empty']}>
      <h2>{t('threads.none', 'You follow no threads yet')}</h2>
      <p>
        {t(
          'threads.none_hint',
          'Reply to a message, or choose “Follow thread” in its menu, and the thread shows up here.',
        )}
      </p>
      <Button onPress={() => goTo('/')}>{t('threads.to_channel', 'Go to a channel')}</Button>
    </div>
  )
}
