import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { onEvent } from '../../client/live.ts'
import { getState, useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import type { State } from '../../store/state.ts'
import type { Id } from '../../store/state.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AtSign } from '../../ui/icons.ts'
import { compileHighlights } from '../markdown/highlight-terms.ts'
import type { Highlight } from '../markdown/highlight-terms.ts'
import { findPosts } from './load-results.ts'
import { PostResults } from './PostResults.tsx'
import css from './Search.module.css'
import { usePages } from './use-pages.ts'
import type { Page } from './use-pages.ts'

/** The newest messages that mention me, by my name or one of my words. */
export function Mentions(): ReactNode {
  const t = useText()
  const words = useStore((state) => ownWords(state).join('\n'))
  const load = useCallback((page: number) => findMentions(words.split('\n'), page), [words])
  const pages = usePages(load)
  const later = useLaterMentions()
  const ids = useMemo(() => [...new Set([...later, ...pages.items])], [later, pages.items])
  const empty = (
    <div role="status" className={css['empty']}>
      <EmptyState
        icon={AtSign}
        title={t('search.no_mentions', 'Nobody has mentioned you yet')}
        text={t('search.no_mentions_hint', 'Messages with your name or one of your keywords appear here.')}
      />
    </div>
  )
  return (
    <>
      <PanelHeader title={t('search.mentions', 'Recent mentions')} />
      <PostResults label={t('search.mentions', 'Recent mentions')} pages={pages} ids={ids} empty={empty} />
    </>
  )
}

/** My name, my keywords and, if I said so, my first name. */
function ownWords(state: State): string[] {
  const me = state.users[state.me]
  if (!me) return []
  const keys = (me.notify_props?.mention_keys ?? '').split(',').map((key) => key.trim().replaceAll('"', ''))
  const first = me.notify_props?.first_name === 'true' ? me.first_name : ''
  return [`@${me.username}`, ...keys, first].filter((word) => word !== '')
}

/** The search finds words within words: `@anna` in `@annabel`. Those do not mention me, nor does what I wrote. */
async function findMentions(words: readonly string[], page: number): Promise<Page<Id>> {
  const terms = words.map((word) => `"${word}"`).join(' ')
  const found = await findPosts({ terms, teamId: '', anyTerm: true, zoneOffset: 0 }, page)
  const isMention = mentionTest(words)
  const { posts, me } = getState()
  return {
    ...found,
    items: found.items.filter((id) => posts[id]?.user_id !== me && isMention(posts[id]?.message ?? '')),
  }
}

function mentionTest(words: readonly string[]): (message: string) => boolean {
  const name = words[0]!
  const highlights = words.slice(1).map((term): Highlight => ({ term, kind: 'mention', match: 'word' }))
  const mark = compileHighlights(highlights)
  const escaped = name.replaceAll(/\./g, String.raw`\.`)
  const named = new RegExp(`${escaped}(?![a-z0-9_-]|\\.[a-z0-9])`, 'i')
  return (message) => named.test(message) || Boolean(mark?.(message).some(({ kind }) => kind !== null))
}

function useLaterMentions(): readonly Id[] {
  const [later, setLater] = useState<readonly Id[]>([])
  useEffect(
    () =>
      onEvent('posted', ({ data }) => {
        const mentioned: string[] = data.mentions ? JSON.parse(data.mentions) : []
        if (!mentioned.includes(getState().me) || data.channel_type === 'D') return
        const { id } = JSON.parse(data.post) as { id: Id }
        setLater((before) => [id, ...before])
      }),
    [],
  )
  return later
}
