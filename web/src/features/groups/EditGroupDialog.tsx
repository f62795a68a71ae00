import { useState } from 'react'
import type { ReactNode } from 'react'
import { api } from '../../client/api.ts'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { Group } from '../../store/entities.ts'
import { changed } from './change-group.tsx'
import { GroupFields, useMentionFault } from './GroupFields.tsx'

/** Another name or mention for a group. Messages that hold the old mention keep it as plain text. */
export default function EditGroupDialog({ group, onClose }: { group: Group; onClose: () => void }): ReactNode {
  const t = useText()
  const [name, setName] = useState(group.display_name)
  const [mention, setMention] = useState(group.name ?? '')
  const fault = useMentionFault(mention, group.id)
  const save = (): Promise<unknown> => changed(api.patchGroup(group.id, { name: mention, display_name: name.trim() }))
  return (
    <FormDialog
      title={t('groups.edit', 'Change name and mention')}
      submit={t('groups.save', 'Save')}
      disabled={name.trim() === '' || mention === '' || fault !== ''}
      onSubmit={save}
      onClose={onClose}
    >
      <GroupFields name={name} mention={mention} onName={setName} onMention={setMention} fault={fault} />
    </FormDialog>
  )
}
