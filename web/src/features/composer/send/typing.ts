import { socket } from '../../../client/api.ts'
import { getState } from '../../../client/store.ts'
import type { Id } from '../../../store/state.ts'

/** When others were told last, by channel or thread (ms). */
const told = new Map<Id, number>()

/** Tells the others of a channel or thread that I am writing, as often as the server wishes. */
export function tellTyping(channelId: Id, rootId: Id): void {
  const { config, channelStats } = getState()
  if (config['EnableUserTypingMessages'] !== 'true') return
  const members = channelStats[channelId]?.member_count ?? 0
  if (members > Number(config['MaxNotificationsPerChannel'] ?? Infinity)) return
  const now = Date.now()
  const place = rootId || channelId
  if (now - (told.get(place) ?? 0) < Number(config['TimeBetweenUserTypingUpdatesMilliseconds'] ?? 5_000)) return
  told.set(place, now)
  socket.userTyping(channelId, rootId)
}

/** The message went: the next one begins anew. */
export const typingEnded = (channelId: Id, rootId: Id): void => void told.delete(rootId || channelId)
