import type { Unread } from '../../store/unread.ts'

/** `(3) Channel - Team`; `*` in front while something is unread that does not mention the reader. */
export function titleOf(place: string, { mentions, unread }: Pick<Unread, 'mentions' | 'unread'>): string {
  if (mentions > 0) return `(${mentions}) ${place}`
  return unread ? `* ${place}` : place
}
