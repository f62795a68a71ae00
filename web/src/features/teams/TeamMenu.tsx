import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { useShallow } from 'zustand/react/shallow'
import { useStore } from '../../client/store.ts'
import { openDialog } from '../../shell/dialogs.tsx'
import { useText } from '../../shell/i18n.tsx'
import { goTo } from '../../shell/navigate.ts'
import { can } from '../../store/permissions.ts'
import { teamsInOrder } from '../../store/teams.ts'
import type { Id } from '../../store/state.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ChevronDown, LogOut, Plus, Settings, UserPlus, Users, UsersRound } from '../../ui/icons.ts'
import { Menu, MenuItem, MenuSection, MenuSeparator, MenuTrigger } from '../../ui/Menu.tsx'
import { GroupsDialog } from '../groups/dialogs.ts'
import { InviteDialog, TeamMembersDialog, TeamSettingsDialog } from './dialogs.ts'
import { leaveTeam } from './leave-team.tsx'
import css from './Teams.module.css'

/** The team's name, what can be done with the team, and the way to others. */
export function TeamMenu({ teamId }: { teamId: Id }): ReactNode {
  const name = useStore((state) => state.teams[teamId]?.display_name ?? '')
  return (
    <MenuTrigger>
      <AriaButton className={css['name']}>
        <span>{name}</span>
        <Icon icon={ChevronDown} size="s" />
      </AriaButton>
      <Menu label={name}>
        <Items teamId={teamId} />
      </Menu>
    </MenuTrigger>
  )
}

function Items({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const teams = useStore(useShallow(teamsInOrder))
  const rights = useStore(
    useShallow((state) => ({
      invite: can(state, 'invite_user', { teamId }) || can(state, 'invite_guest', { teamId }),
      manage: can(state, 'manage_team', { teamId }),
      create: can(state, 'create_team'),
      // Who may not know who is in groups, such as a guest, sees them where they are mentioned.
      groups: state.config['EnableCustomGroups'] === 'true' && can(state, 'view_members'),
    })),
  )
  return (
    <>
      {rights.invite && (
        <MenuItem
          icon={UserPlus}
          onAction={() => openDialog((close) => <InviteDialog teamId={teamId} onClose={close} />)}
        >
          {t('teams.invite', 'Invite people')}
        </MenuItem>
      )}
      <MenuItem
        icon={Users}
        onAction={() => openDialog((close) => <TeamMembersDialog teamId={teamId} onClose={close} />)}
      >
        {t('teams.members', 'Members')}
      </MenuItem>
      {rights.groups && (
        <MenuItem
          icon={UsersRound}
          onAction={() => openDialog((close) => <GroupsDialog onClose={close} />, 'user-groups')}
        >
          {t('groups.title', 'User groups')}
        </MenuItem>
      )}
      {rights.manage && (
        <MenuItem
          icon={Settings}
          onAction={() => openDialog((close) => <TeamSettingsDialog teamId={teamId} onClose={close} />)}
        >
          {t('teams.settings', 'Team settings')}
        </MenuItem>
      )}
      <MenuSeparator />
      {teams.length > 1 && (
        <MenuSection title={t('teams.others', 'Other teams')}>
          {teams
            .filter(({ id }) => id !== teamId)
            .map((team) => (
              <MenuItem key={team.id} onAction={() => goTo(`/${team.name}`)}>
                {team.display_name}
              </MenuItem>
            ))}
        </MenuSection>
      )}
      <MenuItem icon={Plus} onAction={() => goTo('/select_team')}>
        {rights.create ? t('teams.join_or_create', 'Join or create a team') : t('teams.join', 'Join another team')}
      </MenuItem>
      <MenuItem icon={LogOut} danger onAction={() => leaveTeam(teamId)}>
        {t('teams.leave', 'Leave team')}
      </MenuItem>
    </>
  )
}
