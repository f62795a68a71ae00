import { useState } from 'react'
import type { ReactNode } from 'react'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import type { Category } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { TextField } from '../../ui/TextField.tsx'
import { changeCategory, createCategory } from './categories.ts'

interface Props {
  readonly teamId: Id
  /** the one to rename; a new one when absent */
  readonly category?: Category
  /** what a new one begins with */
  readonly channelIds?: readonly Id[]
  readonly onClose: () => void
}

/** The longest name that the server takes. */
const LONGEST = 22

/** Names a category. */
export function CategoryDialog({ teamId, category, channelIds, onClose }: Props): ReactNode {
  const t = useText()
  const [name, setName] = useState(category?.display_name ?? '')
  const save = (): Promise<unknown> =>
    category ? changeCategory(category, { display_name: name.trim() }) : createCategory(teamId, name.trim(), channelIds)
  return (
    <FormDialog
      title={category ? t('sidebar.rename_category', 'Rename category') : t('sidebar.new_category', 'New category')}
      submit={t('sidebar.save', 'Save')}
      disabled={name.trim() === ''}
      size="s"
      compact
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label={t('sidebar.category_name', 'Name')}
        value={name}
        onChange={setName}
        maxLength={LONGEST}
        autoFocus
        required
      />
    </FormDialog>
  )
}
