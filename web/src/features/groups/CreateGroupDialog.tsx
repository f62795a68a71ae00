import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { User } from '../../store/entities.ts'
import { channelAddress } from '../channels/channel-address.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { changed } from './change-group.tsx'
import { GroupFields, useMentionFault } from './GroupFields.tsx'
import css from './Groups.module.css'

/** A new group: what it is called, how it is mentioned, who is in it. */
export default function CreateGroupDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState<string>()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const mention = typed ?? channelAddress(name)
  const fault = useMentionFault(mention)
  const create = (): Promise<unknown> =>
    changed(
      api.createGroupWithUserIds({
        name: mention,
        display_name: name.trim(),
        allow_reference: true,
        source: 'custom',
        user_ids: chosen.map(({ id }) => id),
      }),
    )
  return (
    <FormDialog
      title={t('groups.create', 'Create a group')}
      submit={t('channels.create_submit', 'Create')}
      disabled={name.trim() === '' || mention === '' || fault !== ''}
      onSubmit={create}
      onClose={onClose}
    >
      <GroupFields name={name} mention={mention} onName={setName} onMention={setTyped} fault={fault} />
      <div className={css['people']}>
        <span aria-hidden>{t('groups.members', 'Who is in it')}</span>
        <PeoplePicker
          label={t('groups.members', 'Who is in it')}
          chosen={chosen}
          onChange={setChosen}
          includeMe
          autoFocus={false}
        />
      </div>
    </FormDialog>
  )
}
