import { usePreference } from '../client/preferences.ts'
import { useText } from './i18n.tsx'
import type { Text } from './i18n.tsx'

/** Dates and times in the reader's language, zone and clock. Times are ms. */
export interface Dates {
  /** 3:07 PM, 오후 3:07 or 15:07 */
  time(at: number): string
  /** the same by the clocks of another zone, an IANA name */
  timeIn(zone: string, at: number): string
  /** Today, Yesterday, a weekday within the last week, else a date with its weekday */
  day(at: number): string
  /** the whole of it, for tooltips */
  full(at: number): string
  /** the shortest that tells: a time today, a day this year, else a date */
  short(at: number): string
  /** the same for all times of one day, in the reader's zone */
  dayKey(at: number): string
}

/** `const dates = useDates()` */
export function useDates(): Dates {
  const t = useText()
  const military = usePreference('display_settings', 'use_military_time', 'false') === 'true'
  return makeDates(t, military)
}

const made = new WeakMap<Text, Map<boolean, Dates>>()

function makeDates(t: Text, military: boolean): Dates {
  const known = made.get(t) ?? new Map<boolean, Dates>()
  made.set(t, known)
  const before = known.get(military)
  if (before) return before
  const timeZone = t.intl.timeZone
  const clock = { hour: 'numeric', minute: '2-digit', hour12: !military } as const
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(t.locale, { ...options, timeZone })
  const time = byMinute(format(clock))
  const keys = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone })
  const weekdays = format({ weekday: 'long' })
  const days = format({ month: 'long', day: 'numeric', weekday: 'long' })
  const oldDays = format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })
  const full = byMinute(format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long', ...clock }))
  const shortDays = format({ month: 'short', day: 'numeric' })
  const shortOldDays = format({ year: 'numeric', month: 'numeric', day: 'numeric' })
  const dayKey = (at: number): string => keys.format(at)
  const daysAgo = (at: number): number =>
    Math.round((Date.parse(dayKey(Date.now())) - Date.parse(dayKey(at))) / 86_400_000)
  const thisYear = (at: number): boolean => dayKey(at).slice(0, 4) === dayKey(Date.now()).slice(0, 4)
  const dates: Dates = {
    time,
    timeIn: (zone, at) => new Intl.DateTimeFormat(t.locale, { ...clock, timeZone: zone }).format(at),
    full,
    dayKey,
    day: (at) => {
      const ago = daysAgo(at)
      if (ago === 0) return t('dates.today', 'Today')
      if (ago === 1) return t('dates.yesterday', 'Yesterday')
      if (ago > 1 && ago < 7) return weekdays.format(at)
      return (thisYear(at) ? days : oldDays).format(at)
    },
    short: (at) => {
      if (daysAgo(at) === 0) return time(at)
      return (thisYear(at) ? shortDays : shortOldDays).format(at)
    },
  }
  known.set(military, dates)
  return dates
}

const MOST_MINUTES = 2_000

/** Formats that tell no seconds, kept by the minute: every post in view asks for its own. */
function byMinute(format: Intl.DateTimeFormat): (at: number) => string {
  const known = new Map<number, string>()
  return (at) => {
    const minute = Math.floor(at / 60_000)
    const before = known.get(minute)
    if (before !== undefined) return before
    if (known.size >= MOST_MINUTES) known.clear()
    const text = format.format(at)
    known.set(minute, text)
    return text
  }
}
