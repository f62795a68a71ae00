import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import { useStore } from '../../client/store.ts'
import { useText } from '../../shell/i18n.tsx'
import { PanelHeader } from '../../shell/layout/PanelHeader.tsx'
import { usePanels } from '../../shell/panels.ts'
import type { Panel } from '../../shell/panels.ts'
import { usePlace } from '../../shell/place.ts'
import type { Id } from '../../store/state.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SearchX } from '../../ui/icons.ts'
import { Select } from '../../ui/Select.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { searchHighlights } from '../markdown/highlight-terms.ts'
import { FileKindChoice } from './FileKindChoice.tsx'
import { FileResults } from './FileResults.tsx'
import { Hints } from './Hints.tsx'
import { findFiles, findPosts } from './load-results.ts'
import { SEARCH_FIELD } from './open-search.ts'
import { PostResults } from './PostResults.tsx'
import { kindFilter, withFilter, zoneOffset } from './query.ts'
import type { FileKind } from './query.ts'
import { rememberSearch } from './recent-searches.ts'
import { SearchBox } from './SearchBox.tsx'
import css from './Search.module.css'
import { usePages } from './use-pages.ts'

type SearchPanelOf = Extract<Panel, { kind: 'search' }>

/** Where to search: the team in view or all of mine. Kept while the page is open. */
const useScope = create<{ readonly all: boolean }>()(() => ({ all: false }))

/** The panel knows what was searched for, so that it is there again when one comes back to it. */
const submit = (panel: SearchPanelOf): void =>
  usePanels.setState(({ stack }) => ({ stack: [...stack.slice(0, -1), panel] }))

/** A text that ends in a blank is still being written. */
const isComplete = (terms: string): boolean => terms.trim() !== '' && !terms.endsWith(' ')

/** Search in messages and files. */
export function Search({ panel }: { panel: SearchPanelOf }): ReactNode {
  const t = useText()
  const { terms, what = 'posts' } = panel
  const [text, setText] = useState(terms)
  useEffect(() => setText(terms), [terms])
  const teamId = usePlace((place) => place.teamId)
  const manyTeams = useStore(
    (state) => Object.keys(state.teamMembers).length > 1 && state.config['EnableCrossTeamSearch'] !== 'false',
  )
  const all = useScope((scope) => scope.all) && manyTeams
  const query = isComplete(terms) ? terms.trim() : ''
  const search = (words: string): void => {
    setText(words)
    if (words.trim() === '') return submit({ ...panel, terms: '' })
    rememberSearch(words.trim())
    submit({ ...panel, terms: words.trim() })
  }
  const begin = (filter: string): void => {
    setText(withFilter(text, filter))
    document.getElementById(SEARCH_FIELD)?.focus()
  }
  const scope = { query, teamId: all ? '' : teamId }
  return (
    <>
      <PanelHeader title={t('search.title', 'Search')} />
      <div className={css['head']}>
        <SearchBox text={text} onText={setText} onSubmit={search} teamId={scope.teamId} />
        {manyTeams && <ScopeChoice all={all} />}
      </div>
      {query === '' ? (
        <Hints onSearch={search} onFilter={begin} />
      ) : (
        <Tabs
          label={t('search.kinds', 'What to find')}
          className={css['tabs']}
          selected={what}
          onSelect={(next) => submit({ ...panel, what: next })}
          tabs={[
            { id: 'posts', label: t('search.messages', 'Messages'), content: <FoundPosts {...scope} /> },
            { id: 'files', label: t('search.files', 'Files'), content: <FoundFiles {...scope} /> },
          ]}
        />
      )}
    </>
  )
}

function ScopeChoice({ all }: { all: boolean }): ReactNode {
  const t = useText()
  const options = [
    { value: 'team', label: t('search.this_team', 'In this team') },
    { value: 'all', label: t('search.all_teams', 'In all my teams') },
  ]
  return (
    <Select
      label={t('search.scope', 'Where to search')}
      hideLabel
      options={options}
      value={all ? 'all' : 'team'}
      onChange={(value) => useScope.setState({ all: value === 'all' })}
    />
  )
}

interface Scope {
  readonly query: string
  readonly teamId: Id
}

function FoundPosts({ query, teamId }: Scope): ReactNode {
  const t = useText()
  const zone = t.intl.timeZone
  const load = useCallback(
    (page: number) => findPosts({ terms: query, teamId, zoneOffset: zoneOffset(zone) }, page),
    [query, teamId, zone],
  )
  const pages = usePages(load)
  const highlights = useMemo(() => searchHighlights(query), [query])
  return (
    <PostResults
      label={t('search.found', 'Messages found')}
      pages={pages}
      highlights={highlights}
      empty={<NothingFound query={query} />}
    />
  )
}

function FoundFiles({ query, teamId }: Scope): ReactNode {
  const t = useText()
  const zone = t.intl.timeZone
  const [kind, setKind] = useState<FileKind | ''>('')
  const load = useCallback(
    (page: number) =>
      findFiles({ terms: `${query} ${kindFilter(kind)}`.trim(), teamId, zoneOffset: zoneOffset(zone) }, page),
    [query, kind, teamId, zone],
  )
  const pages = usePages(load)
  return (
    <>
      <FileKindChoice kind={kind} onChange={setKind} />
      <FileResults
        label={t('search.found_files', 'Files found')}
        pages={pages}
        empty={<NothingFound query={query} />}
      />
    </>
  )
}

function NothingFound({ query }: { query: string }): ReactNode {
  const t = useText()
  return (
    <div role="status" className={css['empty']}>
      <EmptyState
        icon={SearchX}
        title={t('search.nothing', 'Nothing found for “{query}”', { query })}
        text={t(
          'search.nothing_hint',
          'Try fewer or other words, or another place. Only channels that you are in are searched.',
        )}
      />
    </div>
  )
}
