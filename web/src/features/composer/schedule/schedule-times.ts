import type { Text } from '../../../shell/i18n.tsx'
import { nineTomorrow } from '../../posts/actions/reminder-times.ts'

/** A time that people send messages at. */
export interface ScheduleTime {
  readonly id: 'tomorrow' | 'monday'
  readonly label: string
  /** ms */
  readonly at: number
}

/** Nine in the morning of tomorrow and of the next Monday, in the reader's zone; one of them when they are the same. */
export function scheduleTimes(t: Text, now: number): readonly ScheduleTime[] {
  const zone = t.intl.timeZone
  const tomorrow = nineTomorrow(now, zone)
  let monday = tomorrow
  while (!isMonday(monday, zone)) monday = nineTomorrow(monday, zone)
  const clock = new Intl.DateTimeFormat(t.locale, { hour: 'numeric', minute: '2-digit', timeZone: zone })
  const time = clock.format(tomorrow)
  const times: ScheduleTime[] = [
    { id: 'tomorrow', label: t('composer.tomorrow_at', 'Tomorrow at {time}', { time }), at: tomorrow },
    { id: 'monday', label: t('composer.monday_at', 'Monday at {time}', { time }), at: monday },
  ]
  return monday === tomorrow ? times.slice(1) : times
}

const isMonday = (at: number, timeZone: string | undefined): boolean =>
  new Intl.DateTimeFormat('en-US', { weekday: 'short', timeZone }).format(at) === 'Mon'
