import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import type { Team } from '@mattermost/types/teams'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { signOut } from '../../shell/sign-out.ts'
import { useText } from '../../shell/i18n.tsx'
import { can } from '../../store/permissions.ts'
import { teamsInOrder } from '../../store/teams.ts'
import { useShallow } from 'zustand/react/shallow'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ChevronRight } from '../../ui/icons.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { AccountLayout } from './AccountLayout.tsx'
import css from './Account.module.css'
import { Alert } from './Alert.tsx'
import { enter } from './go-on.ts'
import { useSubmit } from './use-submit.ts'

/** `/select_team`: my teams, those I may join, and the way to a new one. */
export default function SelectTeamPage(): ReactNode {
  const t = useText()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const mine = useStore(useShallow(teamsInOrder))
  const mayCreate = useStore((state) => can(state, 'create_team'))
  const open = useOpenTeams(mine)
  const [joining, setJoining] = useState('')
  const missing = query.get('missing')
  const submit = useSubmit(async () => undefined)
  const join = async (team: Team): Promise<void> => {
    setJoining(team.id)
    try {
      const { me } = useStore.getState()
      await api.addToTeam(team.id, me)
      enter(`/${team.name}`)
    } catch (error) {
      setJoining('')
      submit.setError((error as Error).message)
    }
  }
  const nothing = mine.length === 0 && open?.length === 0
  return (
    <AccountLayout
      title={t('team.select', 'Choose a team')}
      lead={nothing && <NoTeam mayCreate={mayCreate} />}
      after={<SignOutButton />}
    >
      {missing && (
        <p role="status" className={css['alert']}>
          {t('team.missing', 'There is no team “{name}”, or you are not in it.', { name: missing })}
        </p>
      )}
      <Alert text={submit.error} />
      {mine.length > 0 && <TeamList teams={mine} busy="" onChoose={(team) => void navigate(`/${team.name}`)} />}
      {open && open.length > 0 && (
        <>
          <div className={css['or']}>{t('team.join', 'Teams you can join')}</div>
          <TeamList teams={open} busy={joining} onChoose={(team) => void join(team)} />
        </>
      )}
      {!open && <Spinner />}
      {mayCreate && (
        <div className={css['actions']}>
          <Button
            variant={nothing ? 'primary' : 'secondary'}
            size="l"
            wide
            onPress={() => void navigate('/create_team')}
          >
            {t('team.create', 'Create a team')}
          </Button>
        </div>
      )}
    </AccountLayout>
  )
}

function NoTeam({ mayCreate }: { mayCreate: boolean }): ReactNode {
  const t = useText()
  if (mayCreate) return t('team.first', 'There is no team yet. Create the first one.')
  return t('team.none', 'You are in no team yet. Ask a colleague or your administrator for an invitation.')
}

function SignOutButton(): ReactNode {
  const t = useText()
  return (
    <button type="button" className={css['side']} onClick={() => void signOut()}>
      {t('team.sign_out', 'Sign out')}
    </button>
  )
}

function TeamList(props: { teams: readonly Team[]; busy: string; onChoose: (team: Team) => void }): ReactNode {
  return (
    <ul className={css['teams']}>
      {props.teams.map((team) => (
        <li key={team.id}>
          <button
            type="button"
            className={css['team']}
            disabled={props.busy !== ''}
            onClick={() => props.onChoose(team)}
          >
            <span className={css['teamName']}>{team.display_name}</span>
            {props.busy === team.id ? <Spinner size="s" /> : <Icon icon={ChevronRight} />}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Teams that let everybody in and that I am not in; undefined while they are on their way. */
function useOpenTeams(mine: readonly Team[]): readonly Team[] | undefined {
  const [teams, setTeams] = useState<readonly Team[]>()
  useEffect(() => {
    api.getTeams(0, 200).then(
      (list) => setTeams(list as Team[]),
      () => setTeams([]),
    )
  }, [])
  const known = new Set(mine.map((team) => team.id))
  return teams?.filter((team) => team.allow_open_invite && !team.delete_at && !known.has(team.id))
}
