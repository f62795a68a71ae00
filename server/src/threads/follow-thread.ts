import type { App } from '../app.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { permittedThread } from './thread-access.ts'
import { ensureThread, findFollowedThread, saveMembership } from './threads.store.ts'

/** Follows or unfollows a thread, also one that has no reply yet. Throws 403 and 404 as `permittedThread`. */
export async function followThread(
  app: App,
  session: Session,
  { userId, teamId, rootId }: { userId: string; teamId: string; rootId: string },
  following: boolean,
): Promise<void> {
  const root = await permittedThread(app, session, userId, rootId)
  const channel = await app.access.channel(root.channel_id)
  await app.unitOfWork(async (tx) => {
    await ensureThread(tx.db, rootId, root.channel_id, channel?.teamId ?? '')
    await saveMembership(tx.db, userId, rootId, { following }, Date.now())
    const thread = await findFollowedThread(tx.db, userId, rootId)
    const data = { thread_id: rootId, state: following, reply_count: thread?.replyCount ?? 0 }
    tx.publish(event('thread_follow_changed', { teamId, userId }, data))
  })
}
