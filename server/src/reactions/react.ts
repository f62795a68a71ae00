import type { App } from '../app.ts'
import { isKnownEmoji } from '../emoji/known-emoji.ts'
import { isSystemEmoji } from '../emoji/system-emoji.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { stopRepeating } from '../posts/persistent-notifications.ts'
import { readablePost } from '../posts/post-access.ts'
import type { Post } from '../posts/post.ts'
import { postError } from '../posts/posts.errors.ts'
import type { Tx } from '../database/unit-of-work.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import type { Reaction } from './reaction.ts'
import { reactionError } from './reactions.errors.ts'
import * as store from './reactions.store.ts'

/** Emoji names are at most this long, in the database too. */
const MAX_NAME = 64

/**
 * The caller reacts to a post. Doing it again answers with the reaction that is there. Throws 400 for more different
 * emojis than a post may have, 403 for another's name, without the right to react or in an archived channel, 404 for a
 * missing post or an emoji that no client knows.
 */
export async function react(
  app: App,
  session: Session,
  asked: Pick<Reaction, 'user_id' | 'post_id' | 'emoji_name'>,
): Promise<Reaction> {
  if (asked.emoji_name === '' || asked.emoji_name.length > MAX_NAME) throw invalidBody('emoji_name')
  if (asked.user_id !== session.userId) throw reactionError('api.reaction.save_reaction.user_id.app_error')
  const post = await reactablePost(app, session, asked.post_id, 'add_reaction')
  await refuseArchived(app, post, 'api.reaction.save.archived_channel.app_error')
  if (!(await isKnownEmoji(app, asked.emoji_name))) throw reactionError('app.emoji.get_by_name.no_result')
  const at = Date.now()
  const times = { create_at: at, update_at: at, delete_at: 0 }
  const { user_id, emoji_name } = asked
  const row = { user_id, post_id: post.id, emoji_name, ...times, remote_id: '', channel_id: post.channel_id }
  const { reaction, mayRepeat } = (await reactAtOnce(app, row)) ?? {
    reaction: await reactLocked(app, row),
    mayRepeat: true,
  }
  if (mayRepeat) await stopRepeating(app, post, session)
  return reaction
}

const limitOf = (app: Pick<App, 'config'>): number => app.config.get().ServiceSettings.UniqueEmojiReactionLimitPerPost

/** In one statement, or null when that cannot tell what is right. */
async function reactAtOnce(app: App, row: Reaction): Promise<{ reaction: Reaction; mayRepeat: boolean } | null> {
  return app.unitOfWork.single(async (tx) => {
    const found = await store.addReactionAtOnce(tx.db, row, limitOf(app))
    if (!found) return null
    tellAdded(tx, found.added)
    return { reaction: found.added, mayRepeat: found.isRepeating }
  })
}

/** With the post locked, so that of several who react at once none gets past the limit. */
async function reactLocked(app: App, row: Reaction): Promise<Reaction> {
  const limit = limitOf(app)
  return app.unitOfWork(async (tx) => {
    if (!(await store.lockReactedPost(tx.db, row.post_id))) throw postError('app.post.get.app_error')
    const names = await store.findEmojiNames(tx.db, row.post_id)
    if (!names.has(row.emoji_name) && names.size >= limit) {
      throw reactionError('app.reaction.save.save.too_many_reactions', { Limit: limit })
    }
    const added = await store.addReaction(tx.db, row)
    if (!added) {
      const known = await store.findReactions(tx.db, [row.post_id])
      return known.find((one) => one.user_id === row.user_id && one.emoji_name === row.emoji_name) ?? row
    }
    await store.markReacted(tx.db, row.post_id, row.update_at)
    tellAdded(tx, added)
    return added
  })
}

function tellAdded(tx: Tx, added: Reaction): void {
  const isSystem = isSystemEmoji(added.emoji_name)
  const what = isSystem ? { ids: [], reacted: [added] } : { ids: [added.post_id] }
  tx.changed({ kind: 'channelPosts', channelId: added.channel_id, ...what })
  tx.publish(event('reaction_added', { channelId: added.channel_id }, { reaction: JSON.stringify(added) }))
}

/**
 * Removes a reaction, one's own or with remove_others_reactions anybody's; one that is not there is no error. Throws as
 * `react` does.
 */
export async function unreact(
  app: App,
  session: Session,
  asked: Pick<Reaction, 'user_id' | 'post_id' | 'emoji_name'>,
): Promise<void> {
  const post = await reactablePost(app, session, asked.post_id, 'remove_reaction')
  if (asked.user_id !== session.userId && !app.access.can(session, 'remove_others_reactions')) {
    throw noPermission('remove_others_reactions')
  }
  await refuseArchived(app, post, 'api.reaction.delete.archived_channel.app_error')
  await app.unitOfWork(async (tx) => {
    if (!(await store.lockReactedPost(tx.db, post.id))) throw postError('app.post.get.app_error')
    const at = Date.now()
    const removed = await store.removeReaction(tx.db, asked, at)
    if (!removed) return
    await store.markReacted(tx.db, post.id, at)
    tx.changed({ kind: 'channelPosts', channelId: post.channel_id, ids: [post.id] })
    tx.publish(event('reaction_removed', { channelId: post.channel_id }, { reaction: JSON.stringify(removed) }))
  })
}

async function reactablePost(
  app: Pick<App, 'access' | 'db'>,
  session: Session,
  postId: string,
  permission: 'add_reaction' | 'remove_reaction',
): Promise<Post> {
  const post = await readablePost(app, session, postId)
  if (!(await app.access.canInChannel(session, post.channel_id, permission))) throw noPermission(permission)
  return post
}

async function refuseArchived(
  app: Pick<App, 'access'>,
  post: Post,
  error: Parameters<typeof reactionError>[0],
): Promise<void> {
  const channel = await app.access.channel(post.channel_id)
  if (channel && channel.deleteAt > 0) throw reactionError(error)
}
