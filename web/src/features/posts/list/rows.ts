import type { Dates } from '../../../shell/dates.ts'
import { counts } from '../../../store/posts.ts'
import type { Post } from '../../../store/entities.ts'
import type { Id, State } from '../../../store/state.ts'

/** One line of a list of posts. Lines above a post (its day, "New messages") belong to its row, so that rows keep their keys. */
export interface Row {
  /** the post, or the first one of several system messages told as one */
  readonly key: Id
  /** several system messages told as one; undefined for a post */
  readonly ids?: readonly Id[]
  /** ms: a new day begins with this row */
  readonly day?: number
  /** somebody deleted the post while the reader had it before him */
  readonly deleted?: boolean
  /** "New messages" stands above */
  readonly unread?: boolean
  /** shows who wrote it; false for one that continues the post above */
  readonly first: boolean
}

export interface RowOptions {
  /** the post below "New messages" */
  readonly unreadId?: Id
  /** posts of one person in a row show his name once */
  readonly groups: boolean
  /** joins and leaves of others are shown */
  readonly joinLeave: boolean
  /** tells days apart, in the reader's zone */
  readonly dates: Pick<Dates, 'dayKey'>
}

/** ms between posts of one group */
const GROUP_TIME = 5 * 60_000
/** System messages told as one, at most. */
const MOST_COMBINED = 100

/** Messages about who came and went: neighbours are told as one. */
const COMBINED: ReadonlySet<string> = new Set([
  'system_join_channel',
  'system_leave_channel',
  'system_add_to_channel',
  'system_remove_from_channel',
  'system_join_team',
  'system_leave_team',
  'system_add_to_team',
  'system_remove_from_team',
])

/** The rows of a list, oldest first. Only what never changes of a post decides, so rows are made anew only when posts come or go. */
export function buildRows(state: State, oldestFirst: readonly Id[], options: RowOptions): readonly Row[] {
  const rows: Row[] = []
  let before: Post | undefined
  let day = ''
  for (const id of oldestFirst) {
    const post = state.posts[id]
    if (!post || (!options.joinLeave && isHidden(state, post))) continue
    const key = dayOf(post.create_at, options.dates)
    const newDay = key !== day
    const unread = id === options.unreadId
    const above = rows.at(-1)
    day = key
    if (COMBINED.has(post.type) && above && before && !newDay && !unread && canCombine(above, before)) {
      rows[rows.length - 1] = { ...above, ids: [...(above.ids ?? [above.key]), id] }
    } else {
      const first = newDay || unread || !options.groups || !continues(post, before)
      rows.push({ key: id, first, ...(newDay && { day: post.create_at }), ...(unread && { unread }) })
    }
    before = post
  }
  return rows
}

const canCombine = (above: Row, before: Post): boolean =>
  COMBINED.has(before.type) && (above.ids?.length ?? 1) < MOST_COMBINED

/** Joins and leaves are hidden by preference, but not my own. */
function isHidden({ me }: State, { type, user_id, props }: Post): boolean {
  return !counts({ type }) && user_id !== me && props['addedUserId'] !== me && props['removedUserId'] !== me
}

/** Whether a post belongs to the group of the one above it. */
export function continues(post: Post, before: Post | undefined): boolean {
  if (!before || post.user_id !== before.user_id || post.root_id !== before.root_id) return false
  if (post.type !== before.type || post.type.startsWith('system_')) return false
  if (post.props['override_username'] !== before.props['override_username']) return false
  if (post.metadata.priority?.priority || post.metadata.priority?.requested_ack) return false
  return post.create_at - before.create_at <= GROUP_TIME
}

/** Zones differ by quarters of an hour: within one, it is the same day. Formatting a date for each of thousands of posts is slow. */
const QUARTER = 15 * 60_000
const days = new Map<number, string>()
let daysOf: RowOptions['dates'] | undefined

function dayOf(at: number, dates: RowOptions['dates']): string {
  if (daysOf !== dates || days.size > 20_000) days.clear()
  daysOf = dates
  const quarter = Math.floor(at / QUARTER)
  const known = days.get(quarter)
  if (known !== undefined) return known
  const key = dates.dayKey(at)
  days.set(quarter, key)
  return key
}

/** A post that others deleted while the list was open. */
export interface Deleted {
  readonly id: Id
  /** ms */
  readonly at: number
}

/** The rows with a line for each deleted post, where it stood. Posts from before the first row are left out. */
export function withDeleted(state: State, rows: readonly Row[], deleted: readonly Deleted[]): readonly Row[] {
  let result = rows
  for (const { id, at } of deleted) {
    const next = result.findIndex(({ key }) => (state.posts[key]?.create_at ?? 0) > at)
    if (next === 0) continue
    result = result.toSpliced(next < 0 ? result.length : next, 0, { key: id, first: true, deleted: true })
  }
  return result
}
