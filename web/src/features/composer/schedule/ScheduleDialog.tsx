import { useState } from 'react'
import type { ReactNode } from 'react'
import { failureText } from '../../../shell/failure.ts'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DateTimeField } from '../../../ui/lazy.tsx'
import { scheduleTimes } from './schedule-times.ts'
import { ZoneNote } from './ZoneNote.tsx'

interface Props {
  readonly channelId: Id
  /** ms; tomorrow morning when absent */
  readonly at?: number
  readonly onSchedule: (at: number) => Promise<void>
  readonly onClose: () => void
}

/** Asks when a message is to be sent. */
export default function ScheduleDialog({ channelId, onSchedule, onClose, ...props }: Props): ReactNode {
  const t = useText()
  const zone = t.intl.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const [opened] = useState(() => Date.now())
  const [at, setAt] = useState<number | null>(() => props.at ?? scheduleTimes(t, opened)[0]!.at)
  const [error, setError] = useState<string>()
  const [pending, setPending] = useState(false)
  const past = at !== null && at <= opened
  const submit = async (): Promise<void> => {
    if (at === null || past) return
    setPending(true)
    try {
      await onSchedule(at)
      onClose()
    } catch (failure) {
      setError(failureText(failure))
      setPending(false)
    }
  }
  const footer = (
    <Button variant="primary" pending={pending} disabled={at === null || past} onPress={() => void submit()}>
      {t('composer.schedule', 'Schedule')}
    </Button>
  )
  return (
    <Dialog size="s" title={t('composer.schedule_title', 'Schedule this message')} onClose={onClose} footer={footer}>
      <DateTimeField
        label={t('composer.schedule_when', 'Day and time')}
        value={at}
        onChange={(next) => {
          setAt(next)
          setError(undefined)
        }}
        timeZone={zone}
        min={opened}
        description={t('composer.schedule_zone', 'Time zone: {zone}', { zone: zone.replace(/_/g, ' ') })}
        error={past ? t('composer.schedule_past', 'This time has passed. Choose a later one.') : error}
        autoFocus
      />
      {at !== null && <ZoneNote channelId={channelId} at={at} />}
    </Dialog>
  )
}
