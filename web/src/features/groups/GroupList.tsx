import { useCallback, useState } from 'react'
import type { ReactNode } from 'react'
import { request } from '../../client/api.ts'
import { getState, useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { Group } from '../../store/entities.ts'
import { typed } from '../../store/match-name.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Archive, UsersRound } from '../../ui/icons.ts'
import { ListBox } from '../../ui/ListBox.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useFittingGroups } from '../people/GroupOption.tsx'
import { GroupDialog } from './dialogs.ts'
import css from './Groups.module.css'
import { PAGE, usePages } from './use-pages.ts'
import type { Pages } from './use-pages.ts'

export type Kind = 'all' | 'mine' | 'archived'

/** A group with how many are in it, where the server said so. */
export type CountedGroup = Group & { readonly member_count?: number }

interface Props {
  readonly kind: Kind
  readonly autoFocus: boolean
  /** absent for those who may not */
  readonly onCreate?: () => void
}

/** One of the lists of groups, filtered by typing. */
export function GroupList({ kind, autoFocus, onCreate }: Props): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const pages = useGroups(kind, query.trim())
  const mine = useStore((state) => state.myGroups)
  // The server knows nothing of initial consonants; of the groups that can be mentioned this client knows the names.
  const known = useFittingGroups(query, kind !== 'archived')
  const { score } = typed(query)
  // What was found before may not fit any more: Enter must not take it.
  const fits = (one: Group): boolean => !pages.stale || score(one.name ?? '') + score(one.display_name) > 0
  const found = (pages.items ?? []).filter(fits)
  const ids = new Set(found.map(({ id }) => id))
  const others = known.filter(({ id }) => !ids.has(id) && (kind === 'all' || mine.includes(id)))
  return (
    <>
      {pages.error !== '' && (
        <ErrorNotice
          title={t('groups.not_loaded', 'The groups could not be loaded.')}
          text={pages.error}
          action={{ label: t('groups.again', 'Try again'), onPress: pages.retry }}
          className={css['error']}
        />
      )}
      <ListBox<CountedGroup>
        label={t('groups.find', 'Find a group')}
        placeholder={t('groups.find', 'Find a group')}
        query={query}
        onQueryChange={setQuery}
        items={[...found, ...others]}
        keyOf={(one) => one.id}
        onChoose={open}
        autoFocus={autoFocus}
        className={css['list']}
        empty={<Nothing pages={pages} kind={kind} query={query} onCreate={onCreate} />}
      >
        {(group) => <GroupEntry group={group} mine={mine.includes(group.id)} />}
      </ListBox>
      {pages.more && (
        <Button variant="quiet" wide onPress={pages.loadMore}>
          {t('teams.more', 'Show more')}
        </Button>
      )}
    </>
  )
}

const open = (group: CountedGroup): void =>
  void openDialog((close) => <GroupDialog group={group} onClose={close} />, `group-${group.id}`)

function useGroups(kind: Kind, term: string): Pages<CountedGroup> {
  const load = useCallback(
    (page: number) => {
      const filter =
        kind === 'archived' ? '&filter_archived=true' : kind === 'mine' ? `&filter_has_member=${getState().me}` : ''
      const paging = `page=${page}&per_page=${PAGE}&q=${encodeURIComponent(term)}`
      return request<CountedGroup[]>(
        'GET',
        `/groups?${paging}&filter_allow_reference=true&include_member_count=true${filter}`,
      )
    },
    [kind, term],
  )
  return usePages(load, term ? 150 : 0)
}

interface NothingProps extends Pick<Props, 'kind' | 'onCreate'> {
  readonly pages: Pages<CountedGroup>
  readonly query: string
}

/** Instead of the list: it is on its way, or why it is empty and what to do. */
function Nothing({ pages, kind, query, onCreate }: NothingProps): ReactNode {
  const t = useText()
  if (pages.error !== '') return null
  if (!pages.items || pages.stale) return <Skeleton lines={6} height={18} avatar={32} />
  if (query.trim() !== '')
    return <EmptyState icon={UsersRound} title={t('groups.none_found', 'No group is called so')} />
  if (kind === 'archived')
    return <EmptyState icon={Archive} title={t('groups.none_archived', 'No group is archived')} />
  return (
    <EmptyState
      icon={UsersRound}
      title={
        kind === 'mine' ? t('groups.none_mine', 'You are in no group') : t('groups.none', 'There are no groups yet')
      }
      text={t('groups.purpose', 'A group is mentioned like a person, and everybody in it is told.')}
      action={onCreate && <Button onPress={onCreate}>{t('groups.create', 'Create a group')}</Button>}
    />
  )
}

function GroupEntry({ group, mine }: { group: CountedGroup; mine: boolean }): ReactNode {
  const t = useText()
  return (
    <span className={css['option']}>
      <span className={css['icon']}>
        <Icon icon={group.delete_at > 0 ? Archive : UsersRound} />
      </span>
      <span className={css['texts']}>
        <span className={css['name']}>{group.display_name}</span>
        <span className={css['mention']}>
          @{group.name}
          {group.member_count !== undefined && ` · ${memberCount(t, group.member_count)}`}
        </span>
      </span>
      {mine && <Badge tone="accent">{t('people.in_group', 'You are in it')}</Badge>}
    </span>
  )
}

/** How many are in a group, in words. */
export const memberCount = (t: ReturnType<typeof useText>, count: number): string =>
  t('people.member_count', '{count, plural, one {# member} other {# members}}', { count })
