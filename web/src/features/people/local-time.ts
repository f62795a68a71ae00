import type { User } from '../../store/entities.ts'

/** From when and until when (hours) it is too late to write to somebody without thinking of it. */
const NIGHT = { from: 22, until: 6 }

/** The time zone somebody lives in, an IANA name; '' when he has not told, or something that is none. */
export function zoneOf(user: Pick<User, 'timezone'> | undefined): string {
  const own = user?.timezone
  const zone = own && (String(own.useAutomaticTimezone) === 'true' ? own.automaticTimezone : own.manualTimezone)
  return zone && isZone(zone) ? zone : ''
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** Whether it is night in a time zone at a moment (ms). */
export function isNight(zone: string, at: number): boolean {
  const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone }).format(at))
  return hour >= NIGHT.from || hour < NIGHT.until
}
