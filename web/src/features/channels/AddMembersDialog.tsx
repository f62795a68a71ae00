import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { useStore } from '../../client/store.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { User } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { addableOfGroup } from '../people/group-members.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'

/** Brings people of the team into a channel. */
export default function AddMembersDialog({ channelId, onClose }: { channelId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const channel = useStore((state) => state.channels[channelId])
  const title = t('channels.add_to', 'Add people to {name}', { name: channel?.display_name ?? '' })
  const add = (): Promise<unknown> => Promise.all(chosen.map(({ id }) => api.addToChannel(id, channelId)))
  return (
    <FormDialog
      title={title}
      submit={t('channels.add', 'Add')}
      disabled={chosen.length === 0}
      onSubmit={add}
      onClose={onClose}
    >
      <PeoplePicker
        label={title}
        chosen={chosen}
        onChange={setChosen}
        teamId={channel?.team_id}
        notInChannelId={channelId}
        peopleOfGroup={(groupId) => addableOfGroup(groupId, channel?.team_id ?? '', channelId)}
      />
    </FormDialog>
  )
}
