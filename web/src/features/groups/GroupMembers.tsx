import { useCallback, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { update, useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { User } from '../../store/entities.ts'
import { receivedUsers } from '../../store/load.ts'
import { displayName } from '../../store/names.ts'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { UserMinus, Users } from '../../ui/icons.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { PersonOption } from '../people/PeoplePicker.tsx'
import { changed } from './change-group.tsx'
import css from './Groups.module.css'
import { PAGE, usePages } from './use-pages.ts'

/** Who is in a group: found by name, taken out by those who may. */
export function GroupMembers({ groupId, mayRemove }: { groupId: Id; mayRemove: boolean }): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const { items, error, more, loadMore, retry } = useMembers(groupId, query.trim())
  const remove = (user: User): void => {
    changed(api.removeUsersFromGroup(groupId, [user.id])).catch(showFailure)
    // The button goes with its row: the focus stays in the dialog.
    field.current?.focus()
  }
  return (
    <>
      <SearchField
        ref={field}
        label={t('people.find', 'Find by name')}
        placeholder={t('people.find', 'Find by name')}
        value={query}
        onChange={setQuery}
        autoFocus
        className={css['filter']}
      />
      <div className={css['members']}>
        {error !== '' && (
          <ErrorNotice
            title={t('groups.members_not_loaded', 'The members could not be loaded.')}
            text={error}
            action={{ label: t('groups.again', 'Try again'), onPress: retry }}
            className={css['error']}
          />
        )}
        {!items && error === '' && <Skeleton lines={5} height={18} avatar={24} className={css['loading']} />}
        {items?.length === 0 && (
          <EmptyState
            icon={Users}
            title={query ? t('people.nobody', 'Nobody is called so.') : t('people.empty_group', 'Nobody is in it yet.')}
          />
        )}
        <ul aria-label={t('channels.members', 'Members')}>
          {items?.map((user) => (
            <MemberEntry key={user.id} user={user} onRemove={mayRemove ? remove : undefined} />
          ))}
        </ul>
        {more && (
          <Button variant="quiet" wide onPress={loadMore}>
            {t('teams.more', 'Show more')}
          </Button>
        )}
      </div>
    </>
  )
}

function MemberEntry({ user, onRemove }: { user: User; onRemove?: (user: User) => void }): ReactNode {
  const t = useText()
  const name = useStore((state) => displayName(state, user.id))
  return (
    <li className={css['member']}>
      <PersonOption user={user} />
      {onRemove && (
        <IconButton
          size="s"
          icon={UserMinus}
          label={t('people.remove', 'Remove {name}', { name })}
          onPress={() => onRemove(user)}
        />
      )}
    </li>
  )
}

function useMembers(groupId: Id, term: string): ReturnType<typeof usePages<User>> {
  const load = useCallback(
    async (page: number) => {
      const users = term
        ? await api.searchUsers(term, { in_group_id: groupId, limit: PAGE * (page + 1) })
        : await api.getProfilesInGroup(groupId, page, PAGE)
      update((state) => receivedUsers(state, users))
      // A search has no pages: each asks for more than the one before.
      return term ? users.slice(PAGE * page) : users
    },
    [groupId, term],
  )
  return usePages(load, term ? 150 : 0)
}
