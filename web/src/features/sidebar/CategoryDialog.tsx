import { useState } from 'react'
import type { FormEvent, ReactNode } from 'react'
import { failureText } from '../../shell/failure.ts'
import { useText } from '../../shell/i18n.tsx'
import type { Category } from '../../store/entities.ts'
import type { Id } from '../../store/state.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
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
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string>()
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    try {
      if (category) await changeCategory(category, { display_name: name.trim() })
      else await createCategory(teamId, name.trim(), channelIds)
      onClose()
    } catch (failure) {
      setError(failureText(failure))
      setBusy(false)
    }
  }
  const title = category ? t('sidebar.rename_category', 'Rename category') : t('sidebar.new_category', 'New category')
  return (
    <Dialog
      title={title}
      size="s"
      compact
      onClose={onClose}
      footer={
        <Button type="submit" form="category" variant="primary" pending={busy} disabled={name.trim() === ''}>
          {t('sidebar.save', 'Save')}
        </Button>
      }
    >
      <form id="category" onSubmit={(event) => void save(event)}>
        <TextField
          label={t('sidebar.category_name', 'Name')}
          value={name}
          onChange={setName}
          maxLength={LONGEST}
          error={error}
          autoFocus
          required
        />
      </form>
    </Dialog>
  )
}
