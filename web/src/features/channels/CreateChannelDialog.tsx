import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Channel } from '@mattermost/types/channels'
import { api } from '../../client/api.ts'
import { siteAddress } from '../../client/base-path.ts'
import { useStore } from '../../client/store.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import { channelPath, goTo } from '../../shell/navigate.ts'
import type { ServerChannel } from '../../store/entities.ts'
import { can } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { channelAddress } from './channel-address.ts'
import { takeChannel } from './open-channel.ts'

/** A new channel of the team: who may find it, what it is called, what it is for. */
export default function CreateChannelDialog({ teamId, onClose }: { teamId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const team = useStore((state) => state.teams[teamId]?.name ?? '')
  const mayOpen = useStore((state) => can(state, 'create_public_channel', { teamId }))
  const mayPrivate = useStore((state) => can(state, 'create_private_channel', { teamId }))
  const [type, setType] = useState<'O' | 'P'>(mayOpen ? 'O' : 'P')
  const [name, setName] = useState('')
  const [address, setAddress] = useState<string>()
  const [purpose, setPurpose] = useState('')
  const shown = address ?? channelAddress(name)
  const create = async (): Promise<void> => {
    const wanted = {
      team_id: teamId,
      name: shown || undefined,
      display_name: name.trim(),
      purpose: purpose.trim(),
      type,
    }
    const channel = (await api.createChannel(wanted as Channel)) as ServerChannel
    await takeChannel(channel)
    goTo(channelPath(channel.id))
  }
  return (
    <FormDialog
      title={t('channels.create', 'Create a channel')}
      submit={t('channels.create_submit', 'Create')}
      disabled={name.trim() === ''}
      onSubmit={create}
      onClose={onClose}
    >
      <RadioGroup
        label={t('channels.who', 'Who can find it')}
        value={type}
        onChange={setType}
        options={[
          {
            value: 'O',
            label: t('channels.public', 'Public'),
            description: t('channels.public_hint', 'Everyone in the team can find and join it.'),
            disabled: !mayOpen,
          },
          {
            value: 'P',
            label: t('channels.private', 'Private'),
            description: t('channels.private_hint', 'Only people who are added see it.'),
            disabled: !mayPrivate,
          },
        ]}
      />
      <TextField label={t('channels.name', 'Name')} value={name} onChange={setName} maxLength={64} autoFocus required />
      <TextField
        label={t('channels.address', 'Address')}
        value={shown}
        onChange={(value) => setAddress(value.toLowerCase())}
        maxLength={64}
        autoCapitalize="none"
        spellCheck={false}
        description={siteAddress(`/${team}/channels/${shown || '…'}`)}
      />
      <TextArea
        label={t('channels.purpose', 'Purpose')}
        value={purpose}
        onChange={setPurpose}
        maxLength={250}
        optional
        description={t('channels.purpose_hint', 'What belongs here. People see it when they browse channels.')}
      />
    </FormDialog>
  )
}
