import type { Id } from '../../store/state.ts'

export interface ResultGroup {
  readonly channelId: Id
  /** ms, of its first post */
  readonly at: number
  readonly ids: readonly Id[]
}

/**
 * Neighbours of one channel and day become one group; the order stays. `places`: channel and time (ms) of each post, with a
 * blank between them.
 */
export function groupResults(
  ids: readonly Id[],
  places: readonly string[],
  dayKey: (at: number) => string,
): ResultGroup[] {
  const groups: (ResultGroup & { ids: Id[]; key: string })[] = []
  ids.forEach((id, index) => {
    const [channelId = '', time = '0'] = (places[index] ?? '').split(' ')
    const at = Number(time)
    const key = `${channelId} ${dayKey(at)}`
    const last = groups.at(-1)
    if (last?.key === key) last.ids.push(id)
    else groups.push({ key, channelId, at, ids: [id] })
  })
  return groups
}
