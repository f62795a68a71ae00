import type { App } from '../app.ts'
import { isKnownEmoji } from '../emoji/known-emoji.ts'
import { invalidBody, noPermission } from '../http/errors.ts'
import { stopRepeating } from '../posts/persistent-notifications.ts'
import { readablePost } from '../posts/post-access.ts'
import type { Post } from '../posts/post.ts'
import { postError } from '../posts/posts.errors.ts'
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
  const limit = app.config.get().ServiceSettings.UniqueEmojiReactionLimitPerPost
  const reaction = await app.unitOfWork(async (tx) => {
    if (!(await store.lockReactedPost(tx.db, post.id))) throw postError('app.post.get.app_error')
    const names = await store.findEmojiNames(tx.db, post.id)
    if (!names.has(asked.emoji_name) && names.size >= limit) {
      throw reactionError('app.reaction.save.save.too_many_reactions', { Limit: limit })
    }
    const at = Date.now()
    const { user_id, emoji_name } = asked
    const times = { create_at: at, update_at: at, delete_at: 0 }
    const row = { user_id, post_id: post.id, emoji_name, ...times, remote_id: '', channel_id: post.channel_id }
    const added = await store.addReaction(tx.db, row)
    if (!added) {
      const known = await store.findReactions(tx.db, [post.id])
      return known.find((one) => one.user_id === user_id && one.emoji_name === emoji_name) ?? row
    }
    await store.markReacted(tx.db, post.id, at)
    tx.changed({ kind: 'channelPosts', channelId: post.channel_id, ids: [post.id] })
    tx.publish(event('reaction_added', { channelId: post.channel_id }, { reaction: JSON.stringify(added) }))
    return added
  })
  await stopRepeating(app, post, session)
  return reaction
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
