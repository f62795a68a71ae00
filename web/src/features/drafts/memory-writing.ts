import type { Id } from '../../store/state.ts'
import type { Content } from './content.ts'
import type { Writing } from './writing.ts'

/** Something to write on that lives in memory; `stored` hears of each change. */
export function memoryWriting(
  key: string,
  { channel_id: channelId, root_id: rootId }: { channel_id: Id; root_id: Id },
  begun: Content,
  stored: (content: Content) => void = () => undefined,
): Writing {
  let content = begun
  const listeners = new Set<() => void>()
  return {
    key,
    channelId,
    rootId,
    read: () => content,
    write: (change) => {
      content = { ...content, ...change }
      stored(content)
      listeners.forEach((listener) => listener())
    },
    leave: () => undefined,
    onChange: (callback) => {
      listeners.add(callback)
      return () => void listeners.delete(callback)
    },
  }
}
