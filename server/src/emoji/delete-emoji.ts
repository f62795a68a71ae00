import type { App } from '../app.ts'
import { FileStoreError } from '../files/file-store.ts'
import { deletedEmojiPath, emojiPath } from '../files/paths.ts'
import type { Session } from '../sessions/session.ts'
import { permittedEmojis } from './emoji-access.ts'
import { emojiError } from './emoji.errors.ts'
import { findEmoji, markEmojiDeleted, removeReactionsWith } from './emoji.store.ts'

/**
 * Deletes a custom emoji and every reaction with it; its name is free again, its image is kept under another path.
 * Throws 404, or 403 without the right (another one for emoji of others).
 */
export async function deleteEmoji(app: App, session: Session, emojiId: string): Promise<void> {
  const emoji = await findEmoji(app.db, emojiId)
  if (!emoji) throw emojiError('app.emoji.get.no_result')
  await permittedEmojis(app, session, 'delete_emojis')
  if (emoji.creator_id !== session.userId) await permittedEmojis(app, session, 'delete_others_emojis')
  const now = Date.now()
  await app.unitOfWork(async (tx) => {
    if (!(await markEmojiDeleted(tx.db, emojiId, now))) throw emojiError('app.emoji.get.no_result')
    await removeReactionsWith(tx.db, emoji.name, now)
    tx.changed({ kind: 'emoji' })
  })
  try {
    await app.files.move(emojiPath(emojiId), deletedEmojiPath(emojiId))
  } catch (error) {
    // The emoji is gone all the same; of an imported one the image may never have been here.
    if (!(error instanceof FileStoreError)) throw error
    app.log.warn({ err: error, emojiId }, 'the image of a deleted emoji stays where it was')
  }
}
