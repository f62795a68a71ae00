/** A time of day on certain days of the month, in the notation of cron: numbers, lists, ranges, steps and *. */
export interface Schedule {
  readonly minute: string
  readonly hour: string
  readonly dayOfMonth: string
}

/**
 * The next moment after `from` that the schedule names, in the machine's own time; undefined when no day of the next
 * year fits.
 */
export function nextTime(schedule: Schedule, from: Date): Date | undefined {
  const minutes = valuesOf(schedule.minute, 0, 59)
  const hours = valuesOf(schedule.hour, 0, 23)
  const days = new Set(valuesOf(schedule.dayOfMonth, 1, 31))
  for (let ahead = 0; ahead <= 366; ahead++) {
    const day = new Date(from.getFullYear(), from.getMonth(), from.getDate() + ahead)
    if (!days.has(day.getDate())) continue
    for (const hour of hours)
      for (const minute of minutes) {
        const time = new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute)
        if (time > from) return time
      }
  }
  return undefined
}

/** The numbers that a field of cron names, in order. A field that makes no sense names none. */
function valuesOf(field: string, min: number, max: number): number[] {
  const values = new Set<number>()
  for (const part of field.split(',')) {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part.trim())
    if (!match) continue
    const step = Number(match[3] ?? 1) || 1
    const first = match[1] === undefined ? min : Number(match[1])
    const last = match[1] === undefined || (match[3] && !match[2]) ? max : Number(match[2] ?? match[1])
    for (let value = first; value <= Math.min(last, max); value += step) if (value >= min) values.add(value)
  }
  return [...values].toSorted((a, b) => a - b)
}
