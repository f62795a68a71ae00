import { useState } from 'react'
import type { ReactNode } from 'react'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DateTimeField } from '../../../ui/lazy.tsx'
import { remind } from './post-actions.ts'
import { nineTomorrow } from './reminder-times.ts'
import { failureText } from '../../../shell/failure.ts'

/** Asks when to remind of a post. */
export default function ReminderDialog({ postId, onClose }: { postId: Id; onClose: () => void }): ReactNode {
  const t = useText()
  const zone = t.intl.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const [opened] = useState(() => Date.now())
  const [at, setAt] = useState<number | null>(() => nineTomorrow(opened, zone))
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const past = at !== null && at <= opened
  const set = async (): Promise<void> => {
    if (at === null || past) return
    setPending(true)
    try {
      await remind(postId, at)
      onClose()
    } catch (failure) {
      setError(failureText(failure))
      setPending(false)
    }
  }
  const footer = (
    <Button variant="primary" pending={pending} disabled={at === null || past} onPress={() => void set()}>
      {t('posts.remind_set', 'Set reminder')}
    </Button>
  )
  return (
    <Dialog size="s" title={t('posts.remind_title', 'Remind me of this message')} onClose={onClose} footer={footer}>
      <DateTimeField
        label={t('posts.remind_when', 'Day and time')}
        value={at}
        onChange={setAt}
        timeZone={zone}
        min={opened}
        error={past ? t('posts.remind_past', 'This time has passed. Choose a later one.') : error}
        autoFocus
      />
    </Dialog>
  )
}
