import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'

/** Tells the channel's other members that the caller is typing. Nothing is stored, so nothing is committed. */
export async function sayTyping(
  app: Pick<App, 'delivery' | 'config'>,
  session: Session,
  channelId: string,
  parentId: string,
): Promise<void> {
  if (!app.config.get().ServiceSettings.EnableUserTypingMessages) return
  const to = { channelId, omitUsers: [session.userId] }
  await app.delivery.deliver([], [event('typing', to, { parent_id: parentId, user_id: session.userId })])
}
