import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { ServerChannel } from '../../store/entities.ts'
import { can } from '../../store/permissions.ts'
import type { Id } from '../../store/state.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextArea } from '../../ui/TextArea.tsx'
import { TextField } from '../../ui/TextField.tsx'

type Kind = ServerChannel['type']

/** Name, address, purpose and header of a channel, and who may find it. Of direct messages only the header. */
export default function ChannelSettingsDialog({
  channelId,
  onClose,
}: {
  channelId: Id
  onClose: () => void
}): ReactNode {
  const t = useText()
  const channel = useStore((state) => state.channels[channelId])
  const [name, setName] = useState(channel?.display_name ?? '')
  const [address, setAddress] = useState(channel?.name ?? '')
  const [purpose, setPurpose] = useState(channel?.purpose ?? '')
  const [header, setHeader] = useState(channel?.header ?? '')
  const [type, setType] = useState<Kind>(channel?.type ?? 'O')
  const convert = channel?.type === 'O' ? 'convert_public_channel_to_private' : 'convert_private_channel_to_public'
  const mayConvert = useStore((state) => can(state, convert, { channelId }))
  if (!channel) return null
  const isDirect = channel.type === 'D' || channel.type === 'G'
  const isDefault = channel.name === 'town-square'
  const save = async (): Promise<void> => {
    const named = isDirect ? {} : { display_name: name.trim(), name: address, purpose: purpose.trim() }
    await api.patchChannel(channelId, { ...named, header: header.trim() })
    if (type !== channel.type) await api.updateChannelPrivacy(channelId, type)
  }
  return (
    <FormDialog
      title={t('channels.settings', 'Channel settings')}
      submit={t('notify.save', 'Save')}
      disabled={!isDirect && name.trim() === ''}
      onSubmit={save}
      onClose={onClose}
    >
      {!isDirect && (
        <>
          <TextField
            label={t('channels.name', 'Name')}
            value={name}
            onChange={setName}
            maxLength={64}
            autoFocus
            required
          />
          <TextField
            label={t('channels.address', 'Address')}
            value={address}
            onChange={(value) => setAddress(value.toLowerCase())}
            maxLength={64}
            readOnly={isDefault}
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextArea
            label={t('channels.purpose', 'Purpose')}
            value={purpose}
            onChange={setPurpose}
            maxLength={250}
            rows={2}
            optional
          />
        </>
      )}
      <TextArea
        label={t('channels.header', 'Header')}
        value={header}
        onChange={setHeader}
        maxLength={1024}
        rows={2}
        optional
        description={t(
          'channels.header_hint',
          'Stands above the conversation: links, the state of things. Markdown works.',
        )}
      />
      {!isDirect && !isDefault && mayConvert && <Visibility type={type} onChange={setType} />}
    </FormDialog>
  )
}

/** Open to the team, or only to those who are added. */
function Visibility({ type, onChange }: { type: Kind; onChange: (type: Kind) => void }): ReactNode {
  const t = useText()
  return (
    <RadioGroup
      label={t('channels.who', 'Who can find it')}
      value={type}
      onChange={onChange}
      options={[
        {
          value: 'O',
          label: t('channels.public', 'Public'),
          description: t('channels.public_hint', 'Everyone in the team can find and join it.'),
        },
        {
          value: 'P',
          label: t('channels.private', 'Private'),
          description: t('channels.private_hint', 'Only people who are added see it.'),
        },
      ]}
    />
  )
}
