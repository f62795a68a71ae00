import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { api, request } from '../../client/api.ts'
import { siteAddress } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { showFailure } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import { can } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Copy } from '../../ui/icons.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import type { TabItem } from '../../ui/Tabs.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/toasts.ts'
import type { User } from '../../store/entities.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { GuestInvitation } from './GuestInvitation.tsx'
import css from './Teams.module.css'
import { readAddresses } from './addresses.ts'
import type { InviteResult } from './addresses.ts'
import { InviteForm, Results } from './InviteForm.tsx'

type Way = 'link' | 'mail' | 'people' | 'guests'

/** The ways into a team: a link, mails, people of this server, guests. */
export default function InviteDialog({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const name = useStore((state) => state.teams[teamId]?.display_name ?? '')
  const may = useStore(
    useShallow((state) => ({
      members: can(state, 'invite_user', { teamId }),
      add: can(state, 'add_user_to_team', { teamId }),
      mail: state.config['EnableEmailInvitations'] === 'true',
      guests: state.config['EnableGuestAccounts'] === 'true' && can(state, 'invite_guest', { teamId }),
    })),
  )
  const [way, setWay] = useState<Way>(may.members ? 'link' : 'guests')
  const tabs: (TabItem<Way> | false)[] = [
    may.members && { id: 'link', label: t('teams.by_link', 'Link'), content: <InviteLink teamId={teamId} /> },
    may.members &&
      may.mail && {
        id: 'mail',
        label: t('teams.by_mail', 'E-mail'),
        content: <MailInvitation teamId={teamId} onClose={onClose} />,
      },
    may.add && {
      id: 'people',
      label: t('teams.by_name', 'From this server'),
      content: <AddPeople teamId={teamId} onClose={onClose} />,
    },
    may.guests && {
      id: 'guests',
      label: t('teams.guests', 'Guests'),
      content: <GuestInvitation teamId={teamId} onClose={onClose} />,
    },
  ]
  return (
    <Dialog title={t('teams.invite_to', 'Invite people to {name}', { name })} onClose={onClose}>
      <Tabs
        label={t('teams.ways', 'Ways to invite')}
        selected={way}
        onSelect={setWay}
        tabs={tabs.filter((tab) => tab !== false)}
      />
    </Dialog>
  )
}

function InviteLink({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const known = useStore((state) => state.teams[teamId]?.invite_id)
  const mayRenew = useStore((state) => can(state, 'manage_team', { teamId }))
  const [code, setCode] = useState(known ?? '')
  useEffect(() => {
    // Lists of teams leave it out for those who may not invite.
    if (!known) api.getTeam(teamId).then((team) => setCode(team.invite_id), showFailure)
  }, [teamId, known])
  const link = siteAddress(`/signup_user_complete/?id=${code}`)
  const copy = (): void =>
    void navigator.clipboard.writeText(link).then(() => showToast(t('teams.link_copied', 'Link copied')), showFailure)
  const renew = (): void => void api.regenerateTeamInviteId(teamId).then((team) => setCode(team.invite_id), showFailure)
  return (
    <div className={css['results']}>
      <TextField
        label={t('teams.link', 'Whoever opens this link can join')}
        value={code ? link : ''}
        onChange={() => undefined}
        readOnly
        onFocus={(event) => event.target.select()}
      />
      <div>
        <Button variant="primary" icon={Copy} onPress={copy} disabled={!code}>
          {t('teams.copy', 'Copy link')}
        </Button>{' '}
        {mayRenew && (
          <Button variant="quiet" onPress={renew}>
            {t('teams.renew', 'Make a new link')}
          </Button>
        )}
      </div>
    </div>
  )
}

function MailInvitation({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const [text, setText] = useState('')
  const [results, setResults] = useState<readonly InviteResult[]>()
  const { addresses, wrong } = readAddresses(text)
  const send = async (): Promise<void> => {
    setResults(await request<InviteResult[]>('POST', `/teams/${teamId}/invite/email?graceful=true`, addresses))
  }
  if (results) return <Results results={results} onClose={onClose} />
  return (
    <InviteForm disabled={addresses.length === 0 || wrong.length > 0} onSend={send} onClose={onClose}>
      <TextArea
        label={t('teams.addresses', 'E-mail addresses')}
        value={text}
        onChange={setText}
        autoFocus
        description={t('teams.addresses_hint', 'One a line, or parted by commas.')}
        error={
          wrong.length > 0 ? t('teams.wrong_address', 'Not an address: {list}', { list: wrong.join(', ') }) : undefined
        }
      />
    </InviteForm>
  )
}

function AddPeople({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const add = async (): Promise<void> => {
    await api.addUsersToTeam(
      teamId,
      chosen.map(({ id }) => id),
    )
    showToast(
      t('teams.added', '{count, plural, one {# person is} other {# people are}} in the team now', {
        count: chosen.length,
      }),
    )
    onClose()
  }
  return (
    <InviteForm disabled={chosen.length === 0} onSend={add} onClose={onClose}>
      <PeoplePicker label={t('teams.by_name', 'From this server')} chosen={chosen} onChange={setChosen} />
    </InviteForm>
  )
}
