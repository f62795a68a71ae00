import type { User } from '../../store/entities.ts'

/** What somebody says of himself for a while. */
export interface CustomStatus {
  readonly emoji: string
  readonly text: string
  /** how long it was meant to last, as it was chosen; '' without an end */
  readonly duration: string
  /** RFC 3339; the year 1 without an end */
  readonly expires_at: string
}

/** The status of a profile, if it has not run out. Profiles hold it as JSON in a text. */
export function customStatusOf(user: User | undefined, now = Date.now()): CustomStatus | undefined {
  const text = user?.props?.['customStatus']
  if (!text) return undefined
  try {
    const status = JSON.parse(text) as CustomStatus | null
    if (!status || (!status.emoji && !status.text)) return undefined
    return hasEnd(status) && Date.parse(status.expires_at) <= now ? undefined : status
  } catch {
    return undefined
  }
}

/** Whether it ends by itself. */
export const hasEnd = ({ expires_at: at }: CustomStatus): boolean => Boolean(at) && Date.parse(at) > 0

/** The choices of how long, in the words of the API. */
export const DURATIONS = ['', 'thirty_minutes', 'one_hour', 'four_hours', 'today', 'this_week'] as const
export type Duration = (typeof DURATIONS)[number]

/** When a status of this duration ends (ms); 0 for never. Days end by the clock of this machine. */
export function endOf(duration: string, now = Date.now()): number {
  const minutes = { thirty_minutes: 30, one_hour: 60, four_hours: 240 }[duration]
  if (minutes) return now + minutes * 60_000
  const day = new Date(now)
  day.setHours(23, 59, 59, 0)
  if (duration === 'today') return day.getTime()
  if (duration === 'this_week') return day.setDate(day.getDate() + ((7 - day.getDay()) % 7))
  return 0
}
