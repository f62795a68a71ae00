import { useEffect, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { getState, update } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Group, User } from '../../store/entities.ts'
import { receivedUsers } from '../../store/load.ts'
import { typed } from '../../store/match-name.ts'
import { fullName } from '../../store/names.ts'
import { isGuest } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { X } from '../../ui/icons.ts'
import { ListBox } from '../../ui/ListBox.tsx'
import { showToast } from '../../ui/toasts.ts'
import { GroupOption, useFittingGroups } from './GroupOption.tsx'
import css from './PeoplePicker.module.css'
import { PersonAvatar } from './Person.tsx'

interface Props {
  readonly label: string
  readonly chosen: readonly User[]
  readonly onChange: (chosen: readonly User[]) => void
  /** whom to search among; everybody I may see when absent */
  readonly teamId?: Id
  /** leaves out who is in this channel already */
  readonly notInChannelId?: Id
  /** leaves out who is in this group already */
  readonly notInGroupId?: Id
  /** whether people begin here; they do when absent */
  readonly autoFocus?: boolean
  readonly most?: number
  readonly includeMe?: boolean
  /** groups can be chosen too, if this says who of one is meant; rejects with what the reader is told */
  readonly peopleOfGroup?: (groupId: Id) => Promise<readonly User[]>
}

type Choice = User | Group

const isGroup = (one: Choice): one is Group => 'display_name' in one

/** Finds people by name and collects them. */
export function PeoplePicker(props: Props): ReactNode {
  const t = useText()
  const { label, chosen, onChange, peopleOfGroup, autoFocus = true, most = Infinity } = props
  const [query, setQuery] = useState('')
  const people = usePeople(props, query)
  const groups = useFittingGroups(query, peopleOfGroup !== undefined)
  const taken = new Set(chosen.map(({ id }) => id))
  const toggle = (user: User): void => {
    if (taken.has(user.id)) return onChange(chosen.filter(({ id }) => id !== user.id))
    if (chosen.length >= most) return
    onChange([...chosen, user])
    setQuery('')
  }
  const addGroup = async (group: Group): Promise<void> => {
    const found = await peopleOfGroup!(group.id)
    const added = found.filter(({ id }) => !taken.has(id)).slice(0, Math.max(0, most - chosen.length))
    if (added.length === 0)
      showToast(t('people.nobody_to_add', 'There is nobody to add from {group}.', { group: group.display_name }))
    else onChange([...chosen, ...added])
    setQuery('')
  }
  const choose = (one: Choice): void => (isGroup(one) ? void addGroup(one).catch(showFailure) : toggle(one))
  return (
    <div className={css['picker']}>
      {chosen.length > 0 && (
        <ul className={css['chosen']} aria-label={t('people.chosen', 'Chosen')}>
          {chosen.map((user) => (
            <li key={user.id}>
              <button
                type="button"
                className={css['chip']}
                onClick={() => toggle(user)}
                aria-label={t('people.remove', 'Remove {name}', { name: user.username })}
              >
                <PersonAvatar userId={user.id} size={20} />
                {fullName(user) || user.username}
                <Icon icon={X} size="s" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ListBox<Choice>
        label={label}
        placeholder={t('people.find', 'Find by name')}
        query={query}
        onQueryChange={setQuery}
        items={[...groups, ...people]}
        keyOf={(one) => one.id}
        selectedKeys={taken}
        onChoose={choose}
        autoFocus={autoFocus}
        empty={
          query === ''
            ? t('people.nobody_left', 'There is nobody to choose.')
            : t('people.nobody', 'Nobody is called so.')
        }
        className={css['list']}
      >
        {(one) => (isGroup(one) ? <GroupOption group={one} /> : <PersonOption user={one} />)}
      </ListBox>
    </div>
  )
}

/** One person in a list of choices. */
export function PersonOption({ user }: { user: User }): ReactNode {
  const t = useText()
  return (
    <span className={css['option']}>
      <PersonAvatar userId={user.id} size={24} presence />
      <span className={css['name']}>{fullName(user) || user.nickname || user.username}</span>
      <span className={css['username']}>@{user.username}</span>
      {user.is_bot && <Badge>{t('posts.bot', 'BOT')}</Badge>}
      {isGuest(user) && <Badge>{t('posts.guest', 'GUEST')}</Badge>}
    </span>
  )
}

/** Who fits: those the client knows at once, those the server finds a moment later. */
function usePeople({ teamId, notInChannelId, notInGroupId, includeMe }: Props, query: string): User[] {
  const [found, setFound] = useState<readonly User[]>([])
  const term = query.trim()
  useEffect(() => {
    let here = true
    const timer = setTimeout(
      () => {
        const places = {
          team_id: teamId ?? '',
          not_in_channel_id: notInChannelId ?? '',
          not_in_group_id: notInGroupId ?? '',
        }
        const search = term
          ? api.searchUsers(term, { ...places, limit: 50 })
          : notInChannelId && teamId
            ? api.getProfilesNotInChannel(teamId, notInChannelId, false, 0, 50)
            : teamId
              ? api.getProfilesInTeam(teamId, 0, 50)
              : notInGroupId
                ? api.getProfilesNotInGroup(notInGroupId, 0, 50)
                : api.getProfiles(0, 50)
        search.then(
          (users) => {
            update((state) => receivedUsers(state, users))
            if (here) setFound(users)
          },
          () => undefined,
        )
      },
      term ? 120 : 0,
    )
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [term, teamId, notInChannelId, notInGroupId])
  return useMemo(() => {
    const { me } = getState()
    const { score } = typed(term)
    const fit = (user: User): number =>
      Math.max(score(user.username), score(fullName(user)), score(user.nickname), score(user.email ?? ''))
    const shown = found.filter((user) => !user.delete_at && (includeMe || user.id !== me) && fit(user) > 0)
    return shown.toSorted((a, b) => fit(b) - fit(a))
  }, [found, term, includeMe])
}
