import { useCallback, useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import type { TeamMembership } from '@mattermost/types/teams'
import { api } from '../../client/api.ts'
import { update, useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { User } from '../../store/entities.ts'
import { receivedUsers } from '../../store/load.ts'
import { can, isGuest } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { EllipsisVertical, Shield, User as UserIcon, UserMinus, Users } from '../../ui/icons.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Menu, MenuItem, MenuTrigger } from '../../ui/Menu.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import panel from '../channels/ChannelPanel.module.css'
import { PersonOption } from '../people/PeoplePicker.tsx'
import css from './Teams.module.css'

const PAGE = 100

/** Who is in a team: found by name, removed and made administrator by those who may. */
export default function TeamMembersDialog({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const [query, setQuery] = useState('')
  const { people, more, loadMore, reload } = useTeamPeople(teamId, query.trim())
  return (
    <Dialog title={t('teams.members', 'Members')} onClose={onClose} flush>
      <div className={css['search']}>
        <SearchField
          label={t('people.find', 'Find by name')}
          placeholder={t('people.find', 'Find by name')}
          value={query}
          onChange={setQuery}
          autoFocus
        />
      </div>
      <div className={css['list']}>
        {!people && <Skeleton lines={6} height={18} avatar={24} className={css['loading']} />}
        {people?.length === 0 && <EmptyState icon={Users} title={t('people.nobody', 'Nobody is called so.')} />}
        <ul>
          {people?.map((person) => (
            <MemberEntry key={person.user.id} {...person} teamId={teamId} onChanged={reload} />
          ))}
        </ul>
        {more && (
          <Button variant="quiet" wide onPress={loadMore}>
            {t('teams.more', 'Show more')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}

interface Person {
  readonly user: User
  readonly isAdmin: boolean
}

function MemberEntry({ user, isAdmin, teamId, onChanged }: Person & { teamId: Id; onChanged: () => void }): ReactNode {
  const t = useText()
  const me = useStore((state) => state.me)
  const mayPromote = useStore((state) => can(state, 'manage_team_roles', { teamId }))
  const mayRemove = useStore((state) => can(state, 'remove_user_from_team', { teamId }))
  const run = (work: Promise<unknown>): void => void work.then(onChanged, showFailure)
  return (
    <li className={panel['member']}>
      <PersonOption user={user} />
      {isAdmin && <Badge tone="accent">{t('teams.admin', 'Team administrator')}</Badge>}
      {(mayPromote || mayRemove) && user.id !== me && (
        <MenuTrigger>
          <IconButton
            size="s"
            icon={EllipsisVertical}
            label={t('channels.member_menu', 'Options of {name}', { name: user.username })}
          />
          <Menu label={user.username}>
            {mayPromote && !isGuest(user) && (
              <MenuItem
                icon={isAdmin ? UserIcon : Shield}
                onAction={() => run(api.updateTeamMemberSchemeRoles(teamId, user.id, true, !isAdmin))}
              >
                {isAdmin ? t('channels.demote', 'Make a member') : t('teams.promote', 'Make a team administrator')}
              </MenuItem>
            )}
            {mayRemove && (
              <MenuItem icon={UserMinus} danger onAction={() => run(api.removeFromTeam(teamId, user.id))}>
                {t('teams.remove', 'Remove from the team')}
              </MenuItem>
            )}
          </Menu>
        </MenuTrigger>
      )}
    </li>
  )
}

interface TeamPeople {
  /** absent until the first answer */
  readonly people?: readonly Person[]
  readonly more: boolean
  readonly loadMore: () => void
  readonly reload: () => void
}

function useTeamPeople(teamId: Id, term: string): TeamPeople {
  const [pages, setPages] = useState(1)
  const [round, setRound] = useState(0)
  const [people, setPeople] = useState<readonly Person[]>()
  useEffect(() => {
    let here = true
    const load = async (): Promise<void> => {
      const size = pages * PAGE
      const users = term ? await api.searchUsers(term, { team_id: teamId, limit: PAGE }) : await usersOf(teamId, size)
      const places = await api.getTeamMembersByIds(
        teamId,
        users.map(({ id }) => id),
      )
      const admins = new Set(places.filter((one: TeamMembership) => one.scheme_admin).map((one) => one.user_id))
      update((state) => receivedUsers(state, users))
      if (here) setPeople(users.map((user) => ({ user, isAdmin: admins.has(user.id) })))
    }
    const timer = setTimeout(() => void load().catch(showFailure), term ? 150 : 0)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [teamId, term, pages, round])
  return {
    people,
    more: !term && (people?.length ?? 0) >= pages * PAGE,
    loadMore: () => setPages(pages + 1),
    reload: useCallback(() => setRound((now) => now + 1), []),
  }
}

async function usersOf(teamId: Id, count: number): Promise<User[]> {
  const pages = Array.from({ length: Math.ceil(count / PAGE) }, (_, page) => api.getProfilesInTeam(teamId, page, PAGE))
  return (await Promise.all(pages)).flat()
}
