import { useState } from 'react'
import type { ReactNode } from 'react'
import { FormDialog } from '../../shell/FormDialog.tsx'
import { useText } from '../../shell/i18n.tsx'
import { DateTimeField } from '../../ui/lazy.tsx'
import { setPresence } from './set-presence.ts'

/** Not to be disturbed until a time of one's own choice. */
export default function DoNotDisturbDialog({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const [until, setUntil] = useState<number | null>(() => Date.now() + 3_600_000)
  const past = until !== null && until <= Date.now()
  const save = (): Promise<void> => setPresence('dnd', until ?? 0)
  return (
    <FormDialog
      title={t('people.dnd', 'Do not disturb')}
      size="s"
      submit={t('notify.save', 'Save')}
      disabled={!until || past}
      onSubmit={save}
      onClose={onClose}
    >
      <DateTimeField
        label={t('people.dnd_until', 'Until')}
        value={until}
        onChange={setUntil}
        timeZone={t.intl.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
        error={past ? t('people.dnd_past', 'This time is over.') : undefined}
      />
    </FormDialog>
  )
}
