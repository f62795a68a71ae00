import { useCallback, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { api } from '../../client/api.ts'
import { onEvent } from '../../client/live.ts'
import { update, useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import type { ServerPost } from '../../store/entities.ts'
import { receivedPosts } from '../../store/load-posts.ts'
import { channelName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Pin } from '../../ui/icons.ts'
import { takePosts } from './load-results.ts'
import { PostResults } from './PostResults.tsx'
import css from './Search.module.css'
import { usePages } from './use-pages.ts'

/** What is pinned in a channel, the latest message first; follows what others pin and unpin. */
export function Pinned({ channelId }: { channelId: Id }): ReactNode {
  const t = useText()
  const name = useStore((state) => channelName(state, channelId))
  const load = useCallback(
    async () => ({ items: takePosts(await api.getPinnedPosts(channelId)), last: true }),
    [channelId],
  )
  const pages = usePages(load)
  const later = useLaterPinned(channelId)
  const ids = useStore(
    useShallow((state) =>
      [...new Set([...pages.items, ...later])]
        .filter((id) => state.posts[id]?.is_pinned)
        .toSorted((a, b) => state.posts[b]!.create_at - state.posts[a]!.create_at),
    ),
  )
  const empty = (
    <div role="status" className={css['empty']}>
      <EmptyState
        icon={Pin}
        title={t('search.no_pinned', 'Nothing is pinned here yet')}
        text={t(
          'search.no_pinned_hint',
          'Pin messages that everybody in the channel should find again, from their menu.',
        )}
      />
    </div>
  )
  return (
    <>
      <PanelHeader title={t('search.pinned', 'Pinned messages')} subtitle={name} />
      <PostResults label={t('search.pinned', 'Pinned messages')} pages={pages} ids={ids} oneChannel empty={empty} />
    </>
  )
}

/** Posts of the channel that were pinned while the list is open; this client need not have known them. */
function useLaterPinned(channelId: Id): readonly Id[] {
  const [later, setLater] = useState<readonly Id[]>([])
  useEffect(
    () =>
      onEvent('post_edited', ({ data }) => {
        const post = JSON.parse(data.post) as ServerPost
        if (post.channel_id !== channelId || !post.is_pinned) return
        update((state) => (state.posts[post.id] ? state : receivedPosts(state, [post])))
        setLater((before) => [...before.filter((id) => id !== post.id), post.id])
      }),
    [channelId],
  )
  return later
}
