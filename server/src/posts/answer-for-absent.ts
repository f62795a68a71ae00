import type { App } from '../app.ts'
import { newId } from '../ids.ts'
import { announcePost } from './announce-post.ts'
import type { Announcement } from './announce-post.ts'
import { hasAutomaticReply } from './answer-for-absent.store.ts'
import { isSystemPost, newPost } from './post.ts'
import type { PostWrite } from './post-writer.ts'
import { authorSession } from './system-post.ts'

const DAY = 24 * 60 * 60_000

/** The person has had his automatic reply in the meantime. */
class AnsweredError extends Error {}

/**
 * Answers a direct message to somebody who is out of office with his automatic reply, in the thread of the message and
 * at most once a day (UTC). Bots and automatic replies get none: two absent people would otherwise never stop.
 */
export async function answerForAbsent(app: App, { session, channel, post, root }: Announcement): Promise<void> {
  if (channel.type !== 'D' || isSystemPost(post)) return
  const absentId = channel.name.split('__').find((id) => id !== session.userId)
  if (!absentId || app.statuses.statusOf(absentId).status !== 'ooo') return
  const [absent, sender] = await Promise.all([app.access.user(absentId), app.access.user(session.userId)])
  const { auto_responder_active: active, auto_responder_message: text } = absent?.notifyProps ?? {}
  if (!absent || absent.deleteAt > 0 || active !== 'true' || !text?.trim() || !sender || sender.isBot) return
  const reply = newPost({
    id: newId(),
    user_id: absent.id,
    channel_id: channel.id,
    root_id: root?.id ?? post.id,
    message: text,
    type: 'system_auto_responder',
  })
  const own = { channelId: channel.id, userId: absent.id, exceptId: reply.id }
  const today = Date.now() - (Date.now() % DAY)
  if (await hasAutomaticReply(app.db, own, today)) return
  const author = authorSession(absent.id, absent)
  const write = await announcePost(app, { session: author, channel, post: reply, root: root ?? post, setOnline: false })
  const also: PostWrite['also'] = async (db) => {
    // Two messages at once would both have found none.
    if (await hasAutomaticReply(db, own, today)) throw new AnsweredError()
    return write.also?.(db)
  }
  await app.postWriter.write({ ...write, also }).catch((error: unknown) => {
    if (!(error instanceof AnsweredError)) throw error
  })
}
