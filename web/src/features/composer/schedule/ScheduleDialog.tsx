import { useState } from 'react'
import type { ReactNode } from 'react'
import { FormDialog } from '../../../shell/FormDialog.tsx'
import { useText } from '../../../shell/i18n.tsx'
import type { Id } from '../../../store/state.ts'
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
  const past = at !== null && at <= opened
  const schedule = async (): Promise<void> => {
    if (at !== null) await onSchedule(at)
  }
  return (
    <FormDialog
      title={t('composer.schedule_title', 'Schedule this message')}
      submit={t('composer.schedule', 'Schedule')}
      disabled={at === null || past}
      size="s"
      onSubmit={schedule}
      onClose={onClose}
    >
      <DateTimeField
        label={t('composer.schedule_when', 'Day and time')}
        value={at}
        onChange={setAt}
        timeZone={zone}
        min={opened}
        description={t('composer.schedule_zone', 'Time zone: {zone}', { zone: zone.replace(/_/g, ' ') })}
        error={past ? t('composer.schedule_past', 'This time has passed. Choose a later one.') : undefined}
        autoFocus
      />
      {at !== null && <ZoneNote channelId={channelId} at={at} />}
    </FormDialog>
  )
}
