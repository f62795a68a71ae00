import { runes } from '../text/slugs.ts'

/** What a person says of himself beside his presence, as clients keep it (JSON in the user prop `customStatus`). */
export interface CustomStatus {
  readonly emoji: string
  readonly text: string
  /** '' = does not end */
  readonly duration: string
  /** RFC 3339; year 1 = does not end */
  readonly expires_at: string
}

export interface CustomStatusDraft {
  readonly emoji?: string | null
  readonly text?: string | null
  readonly duration?: string | null
  readonly expires_at?: string | null
}

export const CUSTOM_STATUS_PROP = 'customStatus'
const MAX_TEXT = 100
const DEFAULT_EMOJI = 'speech_balloon'
/** How clients know "never". */
const NEVER = '0001-01-01T00:00:00Z'
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const DURATIONS: ReadonlySet<string> = new Set([
  'thirty_minutes',
  'one_hour',
  'four_hours',
  'today',
  'this_week',
  'date_and_time',
])

/** The status that a draft asks for, cut and completed; null when it says nothing, or its end is no time to come. */
export function customStatusOf(draft: CustomStatusDraft, now: number): CustomStatus | null {
  const text = draft.text ?? ''
  const emoji = draft.emoji ?? ''
  if (text === '' && emoji === '') return null
  if (emoji.length > 64) return null
  const expiresAt = draft.expires_at || NEVER
  const time = RFC3339.test(expiresAt) ? Date.parse(expiresAt) : NaN
  if (Number.isNaN(time)) return null
  const never = time === Date.parse(NEVER)
  const duration = draft.duration ?? ''
  if (duration !== '' && !DURATIONS.has(duration)) return null
  if (never ? duration !== '' : time < now) return null
  return {
    emoji: emoji || DEFAULT_EMOJI,
    text: runes(text) > MAX_TEXT ? [...text].slice(0, MAX_TEXT).join('') : text,
    duration: duration === '' && !never ? 'date_and_time' : duration,
    expires_at: expiresAt,
  }
}

/** Whether a status, as it stands in the props of a user, has ended at `now` (ms). What is no status has not. */
export function hasEnded(stored: string, now: number): boolean {
  const expiresAt = /"expires_at":"([^"]*)"/.exec(stored)?.[1] ?? NEVER
  const time = Date.parse(expiresAt)
  return time <= now && time !== Date.parse(NEVER)
}

/** Recent statuses as stored; anything else in the preference counts as none. */
export function recentOf(stored: string | null): CustomStatus[] {
  try {
    const list: unknown = JSON.parse(stored ?? '[]')
    return Array.isArray(list)
      ? list.filter((one) => typeof one?.text === 'string' && typeof one?.emoji === 'string')
      : []
  } catch {
    return []
  }
}

const MAX_RECENT = 5

/** The newest first, each text once. */
export function withRecent(recent: readonly CustomStatus[], status: CustomStatus): CustomStatus[] {
  return [status, ...recent.filter((one) => one.text !== status.text)].slice(0, MAX_RECENT)
}

/** The list without a status, or null when it is not in it. */
export function withoutRecent(recent: readonly CustomStatus[], gone: CustomStatusDraft): CustomStatus[] | null {
  const same = (one: CustomStatus) =>
    one.text === (gone.text ?? '') && one.emoji === (gone.emoji ?? '') && (one.duration ?? '') === (gone.duration ?? '')
  const rest = recent.filter((one) => !same(one))
  return rest.length === recent.length ? null : rest
}
