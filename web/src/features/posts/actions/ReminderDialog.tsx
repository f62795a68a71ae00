import { useState } from 'react'
import type { ReactNode } from 'react'
import { FormDialog } from '../../../shell/FormDialog.tsx'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { DateTimeField } from '../../../ui/lazy.tsx'
import { remind } from './post-actions.ts'
import { nineTomorrow } from './reminder-times.ts'

/** Asks when to remind of a post. */
export default function ReminderDialog({ postId, onClose }: { postId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const zone = t.intl.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const [opened] = useState(() => Date.now())
  const [at, setAt] = useState<number | null>(() => nineTomorrow(opened, zone))
  const past = at !== null && at <= opened
  const set = async (): Promise<void> => {
    if (at !== null) await remind(postId, at)
  }
  return (
    <FormDialog
      title={t('posts.remind_title', 'Remind me of this message')}
      submit={t('posts.remind_set', 'Set reminder')}
      disabled={at === null || past}
      size="s"
      onSubmit={set}
      onClose={onClose}
    >
      <DateTimeField
        label={t('posts.remind_when', 'Day and time')}
        value={at}
        onChange={setAt}
        timeZone={zone}
        min={opened}
        error={past ? t('posts.remind_past', 'This time has passed. Choose a later one.') : undefined}
        autoFocus
      />
    </FormDialog>
  )
}
