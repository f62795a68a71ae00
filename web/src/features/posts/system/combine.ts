import type { Post } from '../../../store/entities.ts'

/** What happened to several people. */
export type Happening =
  | 'joined'
  | 'left'
  | 'came_and_went'
  | 'added'
  | 'removed'
  | 'joined_team'
  | 'left_team'
  | 'added_to_team'
  | 'removed_from_team'

/** One sentence of a combined message: what happened, to whom, by whom. */
export interface Combined {
  readonly what: Happening
  /** user names, in the order it happened */
  readonly who: readonly string[]
  /** user name of who added them, '' where nobody did or it does not matter */
  readonly by: string
}

const WHAT: Readonly<Record<string, Happening>> = {
  system_join_channel: 'joined',
  system_leave_channel: 'left',
  system_add_to_channel: 'added',
  system_remove_from_channel: 'removed',
  system_join_team: 'joined_team',
  system_leave_team: 'left_team',
  system_add_to_team: 'added_to_team',
  system_remove_from_team: 'removed_from_team',
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

interface One {
  readonly what: Happening
  readonly who: string
  readonly by: string
}

/** Tells several messages about who came and went as few sentences: each kind once, those added by each person apart. */
export function combine(posts: readonly Pick<Post, 'type' | 'props'>[]): readonly Combined[] {
  const list = posts.flatMap((post) => oneOf(post) ?? [])
  const groups = new Map<string, Combined>()
  for (const { what, who, by } of withoutVisits(list)) {
    const key = `${what} ${by}`
    const before = groups.get(key) ?? { what, by, who: [] }
    if (!before.who.includes(who)) groups.set(key, { ...before, who: [...before.who, who] })
  }
  return [...groups.values()]
}

function oneOf({ type, props }: Pick<Post, 'type' | 'props'>): One | null {
  const what = WHAT[type]
  const isAdded = what === 'added' || what === 'added_to_team'
  const who = text(isAdded ? props['addedUsername'] : what === 'removed' ? props['removedUsername'] : props['username'])
  return what && who ? { what, who, by: isAdded ? text(props['username']) : '' } : null
}

/** Somebody who joined and left again within the same stretch came and went. */
function withoutVisits(list: readonly One[]): readonly One[] {
  const result: One[] = []
  for (const one of list) {
    const came =
      one.what === 'left' ? result.findIndex((other) => other.what === 'joined' && other.who === one.who) : -1
    if (came < 0) result.push(one)
    else result[came] = { ...one, what: 'came_and_went' }
  }
  return result
}
