import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { api } from '../../client/api.ts'
import { getState, useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import { preferenceKey } from '../../store/state.ts'
import type { Id, State } from '../../store/state.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Bookmark } from '../../ui/icons.ts'
import { PER_PAGE, takePosts } from './load-results.ts'
import { PostResults } from './PostResults.tsx'
import css from './Search.module.css'
import { usePages } from './use-pages.ts'
import type { Page } from './use-pages.ts'

async function load(page: number): Promise<Page<Id>> {
  const list = await api.getFlaggedPosts(getState().me, '', '', page, PER_PAGE)
  return { items: takePosts(list), last: list.order.length < PER_PAGE }
}

/** What I saved, the latest message first; follows what I save and take back, here and elsewhere. */
export function Saved(): ReactNode {
  const t = useText()
  const pages = usePages(load)
  const ids = useStore(useShallow((state) => savedPosts(state, pages.items)))
  const empty = (
    <div role="status" className={css['empty']}>
      <EmptyState
        icon={Bookmark}
        title={t('search.no_saved', 'You have not saved anything yet')}
        text={t('search.no_saved_hint', 'Save messages that you want to come back to. Only you see them here.')}
      />
    </div>
  )
  return (
    <>
      <PanelHeader title={t('search.saved', 'Saved messages')} />
      <PostResults label={t('search.saved', 'Saved messages')} pages={pages} ids={ids} empty={empty} />
    </>
  )
}

/** Those of the pages that still are saved, and those saved since then that this client knows. */
function savedPosts(state: State, loaded: readonly Id[]): Id[] {
  const isSaved = (id: Id): boolean => state.preferences[preferenceKey('flagged_post', id)]?.value === 'true'
  const at = (id: Id): number => state.posts[id]?.create_at ?? 0
  const oldest = loaded.length > 0 ? at(loaded.at(-1)!) : 0
  const known = new Set(loaded)
  const later = Object.values(state.preferences)
    .filter((one) => one.category === 'flagged_post' && one.value === 'true' && !known.has(one.name))
    .map((one) => one.name)
    .filter((id) => state.posts[id] && at(id) >= oldest)
  return [...loaded.filter(isSaved), ...later].toSorted((a, b) => at(b) - at(a))
}
