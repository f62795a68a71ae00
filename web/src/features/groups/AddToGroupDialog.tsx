import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { Group, User } from '../../store/entities.ts'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { changed } from './change-group.tsx'

/** Brings people into a group. */
export default function AddToGroupDialog({ group, onClose }: { group: Group; onClose: () => void }): ReactNode {
  const t = useText()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const title = t('groups.add_to', 'Add people to {name}', { name: group.display_name })
  const add = (): Promise<unknown> =>
    changed(
      api.addUsersToGroup(
        group.id,
        chosen.map(({ id }) => id),
      ),
    )
  return (
    <FormDialog
      title={title}
      submit={t('channels.add', 'Add')}
      disabled={chosen.length === 0}
      onSubmit={add}
      onClose={onClose}
    >
      <PeoplePicker label={title} chosen={chosen} onChange={setChosen} notInGroupId={group.id} includeMe />
    </FormDialog>
  )
}
