import { memo, useCallback } from 'react'
import type { DragEvent, ReactNode } from 'react'
import { Link } from 'react-router'
import { useShallow } from 'zustand/react/shallow'
import { api } from '../../client/api.ts'
import { savePreferences } from '../../client/preferences.ts'
import { getState, useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { useShortcut } from '../../shell/keyboard.ts'
import { goTo } from '../../shell/navigate.ts'
import type { Team } from '../../store/entities.ts'
import { teamsInOrder } from '../../store/teams.ts'
import type { Id } from '../../store/state.ts'
import { unreadOfTeam } from '../../store/unread.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { CountBadge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Plus } from '../../ui/icons.ts'
import { tooltip } from '../../ui/Tooltip.tsx'
import css from './Teams.module.css'

const TEAM = 'application/x-outpost-team'

/** My teams, one under another, in an order that I drag them into. */
export const TeamRail = memo(function TeamRail({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const teams = useStore(useShallow(teamsInOrder))
  useTeamShortcuts(teamId)
  return (
    <ul className={css['rail']}>
      {teams.map((team) => (
        <TeamEntry key={team.id} team={team} current={team.id === teamId} />
      ))}
      <li>
        <IconButton
          icon={Plus}
          size="l"
          label={t('teams.join_or_create', 'Join or create a team')}
          tooltipSide="right"
          onPress={() => goTo('/select_team')}
        />
      </li>
    </ul>
  )
})

function TeamEntry({ team, current }: { team: Team; current: boolean }): ReactNode {
  const t = useText()
  const { unread, mentions } = useStore(useShallow((state) => unreadOfTeam(state, team.id)))
  const said =
    mentions > 0
      ? t('sidebar.mentions', '{count, plural, one {# mention} other {# mentions}}', { count: mentions })
      : unread
        ? t('sidebar.is_unread', 'unread')
        : ''
  const onDrop = (event: DragEvent): void => {
    const moved = event.dataTransfer.getData(TEAM)
    if (moved) void moveTeam(moved, team.id).catch(showFailure)
  }
  return (
    <li
      className={cx(css['entry'], current && css['current'], unread && css['unread'])}
      onDragOver={(event) => event.dataTransfer.types.includes(TEAM) && event.preventDefault()}
      onDrop={onDrop}
    >
      <Link
        to={`/${team.name}`}
        className={css['link']}
        aria-label={[team.display_name, said].filter(Boolean).join(', ')}
        aria-current={current ? 'true' : undefined}
        draggable
        onDragStart={(event) => event.dataTransfer.setData(TEAM, team.id)}
        {...tooltip(team.display_name, { side: 'right' })}
      >
        <Avatar
          name={team.display_name}
          shape="square"
          src={team.last_team_icon_update ? api.getTeamIconUrl(team.id, team.last_team_icon_update) : null}
        />
        <CountBadge count={mentions} tone="mention" className={css['badge']} />
      </Link>
    </li>
  )
}

/** Puts a team before another one and keeps the order with the account. */
async function moveTeam(moved: Id, before: Id): Promise<void> {
  const ids = teamsInOrder(getState()).map(({ id }) => id)
  const others = ids.filter((id) => id !== moved)
  const order = others.toSpliced(others.indexOf(before), 0, moved)
  await savePreferences({ category: 'teams_order', name: '', value: order.join(',') })
}

/** Ctrl+Alt+arrows go to the team above or below. */
function useTeamShortcuts(teamId: Id): void {
  const go = useCallback(
    (step: number) => {
      const teams = teamsInOrder(getState())
      const at = teams.findIndex(({ id }) => id === teamId)
      const next = teams[(at + step + teams.length) % teams.length]
      if (next) goTo(`/${next.name}`)
    },
    [teamId],
  )
  useShortcut(
    'mod+alt+ArrowUp',
    useCallback(() => go(-1), [go]),
  )
  useShortcut(
    'mod+alt+ArrowDown',
    useCallback(() => go(1), [go]),
  )
}
