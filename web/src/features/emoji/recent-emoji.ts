/** An emoji somebody uses, and how often. The list ends with the one used last, as Mattermost's clients store it. */
export type RecentEmoji = { name: string; usageCount: number }

/** Three rows of the picker. */
const MOST = 27

/** Reads the value of the preference `recent_emojis`; whatever is not such a list is none. */
export function parseRecentEmoji(value: string): RecentEmoji[] {
  try {
    const list: unknown = JSON.parse(value)
    return Array.isArray(list) ? list.filter(isRecent).slice(-MOST) : []
  } catch {
    return []
  }
}

function isRecent(entry: unknown): entry is RecentEmoji {
  if (typeof entry !== 'object' || entry === null || !('name' in entry) || !('usageCount' in entry)) return false
  return typeof entry.name === 'string' && entry.name !== '' && typeof entry.usageCount === 'number'
}

/** The list after one more use of an emoji; the least used of the oldest falls out. */
export function withEmojiUse(list: readonly RecentEmoji[], name: string): RecentEmoji[] {
  const known = list.find((entry) => entry.name === name)
  const others = list.filter((entry) => entry.name !== name)
  if (others.length >= MOST) {
    const least = Math.min(...others.map(({ usageCount }) => usageCount))
    others.splice(
      others.findIndex(({ usageCount }) => usageCount === least),
      1,
    )
  }
  return [...others, { name, usageCount: (known?.usageCount ?? 0) + 1 }]
}

/** The names as the picker shows them: the most used first, of equals the one used last. */
export function frequentEmoji(list: readonly RecentEmoji[]): string[] {
  return list
    .toReversed()
    .toSorted((a, b) => b.usageCount - a.usageCount)
    .map(({ name }) => name)
}
