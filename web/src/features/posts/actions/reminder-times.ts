import type { Text } from '../../../shell/i18n.tsx'

/** A time that people ask to be reminded at. */
export interface ReminderTime {
  readonly id: string
  readonly label: string
  /** ms */
  readonly at: number
  /** what hour that is, where the label does not say it */
  readonly hint?: string
}

const HOUR = 3_600_000

/** The usual times, counted from `now` (ms), in the reader's zone. */
export function reminderTimes(t: Text, now: number): readonly ReminderTime[] {
  const zone = t.intl.timeZone
  const clock = new Intl.DateTimeFormat(t.locale, {
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
  })
  const tomorrow = nineTomorrow(now, zone)
  const list: ReminderTime[] = [
    { id: '30', label: t('posts.in_30_minutes', 'In 30 minutes'), at: now + HOUR / 2 },
    { id: '60', label: t('posts.in_1_hour', 'In 1 hour'), at: now + HOUR },
    { id: '120', label: t('posts.in_2_hours', 'In 2 hours'), at: now + 2 * HOUR },
    { id: 'tomorrow', label: t('posts.tomorrow', 'Tomorrow'), at: tomorrow },
  ]
  return list.map((one) => ({ ...one, hint: clock.format(one.at) }))
}

/** Nine in the morning of the next day in a time zone. A change of the clocks in the night is taken into account. */
export function nineTomorrow(now: number, timeZone: string | undefined): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    timeZone,
  })
  const msOfDay = (at: number): number => {
    const told = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    return ((told['hour']! * 60 + told['minute']!) * 60 + told['second']!) * 1000
  }
  const guess = now - msOfDay(now) - (now % 1000) + 33 * HOUR
  return guess - (msOfDay(guess) - 9 * HOUR)
}
