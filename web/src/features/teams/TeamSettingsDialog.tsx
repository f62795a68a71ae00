import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { update, useStore } from '../../client/store.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import { receivedTeams } from '../../store/load.ts'
import type { Id } from '../../store/state.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { pickFiles } from '../../ui/FileDrop.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showFailure } from '../../shell/failure.ts'

/** Name, picture and description of a team, and who may join it. */
export default function TeamSettingsDialog({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const team = useStore((state) => state.teams[teamId])
  const [name, setName] = useState(team?.display_name ?? '')
  const [description, setDescription] = useState(team?.description ?? '')
  const [open, setOpen] = useState(team?.allow_open_invite ?? false)
  const [domains, setDomains] = useState(team?.allowed_domains ?? '')
  if (!team) return null
  const save = async (): Promise<void> => {
    const changed = { id: teamId, display_name: name.trim(), description: description.trim(), allow_open_invite: open }
    const patched = await api.patchTeam({ ...changed, allowed_domains: domains.trim() })
    update((state) => receivedTeams(state, [patched]))
  }
  return (
    <FormDialog
      title={t('teams.settings', 'Team settings')}
      submit={t('notify.save', 'Save')}
      disabled={name.trim() === ''}
      onSubmit={save}
      onClose={onClose}
    >
      <TeamPicture teamId={teamId} />
      <TextField label={t('teams.name', 'Name')} value={name} onChange={setName} maxLength={64} required />
      <TextArea
        label={t('teams.description', 'Description')}
        value={description}
        onChange={setDescription}
        maxLength={255}
        rows={2}
        optional
      />
      <Switch
        checked={open}
        onChange={setOpen}
        description={t('teams.open_hint', 'Everybody with an account on this server finds the team and can join it.')}
      >
        {t('teams.open', 'Open to everybody')}
      </Switch>
      <TextField
        label={t('teams.domains', 'Only addresses of these domains')}
        value={domains}
        onChange={setDomains}
        optional
        description={t('teams.domains_hint', 'For example: example.com, example.org')}
      />
    </FormDialog>
  )
}

function TeamPicture({ teamId }: { teamId: Id }): ReactNode {
  const t = useText()
  const team = useStore((state) => state.teams[teamId])
  const reload = async (): Promise<void> => {
    const fresh = await api.getTeam(teamId)
    update((state) => receivedTeams(state, [fresh]))
  }
  const choose = async (): Promise<void> => {
    const [file] = await pickFiles({ accept: 'image/png,image/jpeg,image/bmp' })
    if (!file) return
    await api.setTeamIcon(teamId, file)
    await reload()
  }
  const has = Boolean(team?.last_team_icon_update)
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 'var(--space-3)' }}>
      <Avatar
        name={team?.display_name ?? ''}
        shape="square"
        size={48}
        src={has ? api.getTeamIconUrl(teamId, team!.last_team_icon_update!) : null}
      />
      <Button size="s" onPress={() => void choose().catch(showFailure)}>
        {t('teams.picture', 'Choose a picture')}
      </Button>
      {has && (
        <Button
          size="s"
          variant="quiet"
          onPress={() => void api.removeTeamIcon(teamId).then(reload).catch(showFailure)}
        >
          {t('teams.no_picture', 'Remove')}
        </Button>
      )}
    </div>
  )
}
