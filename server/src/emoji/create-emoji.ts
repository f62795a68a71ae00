import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { App } from '../app.ts'
import { drain, readSmallForm } from '../files/form-parts.ts'
import { ImageError } from '../files/image-runner.ts'
import { EMOJI_LIMITS } from '../files/images.ts'
import { emojiPath } from '../files/paths.ts'
import { storing } from '../files/storage-trouble.ts'
import { generalError, invalidBody } from '../http/errors.ts'
import type { FormRequest } from '../http/form-request.ts'
import { OptionalString } from '../http/schema.ts'
import { newId } from '../ids.ts'
import { event } from '../realtime/events.ts'
import type { Session } from '../sessions/session.ts'
import { customEmojiEnabled, permittedEmojis } from './emoji-access.ts'
import { emojiError } from './emoji.errors.ts'
import { findEmojiByName, insertEmoji } from './emoji.store.ts'
import type { Emoji } from './emoji.store.ts'
import { isEmojiName } from './known-emoji.ts'
import { isSystemEmoji } from './system-emoji.ts'

const Wanted = Type.Object({ name: Type.String(), creator_id: OptionalString })

/**
 * Makes a custom emoji of a form with `emoji` (JSON: name, creator_id) and `image`, and tells everyone. Throws 501 when
 * switched off, 403 without the right or for someone else's name, 400 for a bad or taken name or picture, 413.
 */
export async function createEmoji(app: App, session: Session, request: FormRequest): Promise<Emoji> {
  try {
    customEmojiEnabled(app)
    await permittedEmojis(app, session, 'create_emojis')
  } catch (error) {
    drain(request.raw)
    throw error
  }
  const tooLarge = () => emojiError('api.emoji.create.too_large.app_error')
  const { fields, file } = await readSmallForm(request, 'image', EMOJI_LIMITS.bytes, tooLarge)
  const name = wantedName(fields.get('emoji'), session)
  if (await findEmojiByName(app.db, name)) throw emojiError('api.emoji.create.duplicate.app_error')
  if (!file) throw invalidBody('image')
  const image = await emojiImage(app, file)
  return storeEmoji(app, session, name, image)
}

function wantedName(field: unknown, session: Session): string {
  const emoji = typeof field === 'string' ? parsed(field) : field
  if (!Value.Check(Wanted, emoji)) throw emojiError('api.emoji.create.parse.app_error')
  if (!isEmojiName(emoji.name)) throw emojiError('model.emoji.name.app_error')
  if (isSystemEmoji(emoji.name)) throw emojiError('model.emoji.system_emoji_name.app_error')
  if (emoji.creator_id !== session.userId) throw emojiError('api.emoji.create.other_user.app_error')
  return emoji.name
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function emojiImage(app: Pick<App, 'images'>, file: Buffer): Promise<Buffer> {
  try {
    return await app.images.emoji(file)
  } catch (error) {
    if (!(error instanceof ImageError)) throw error
    if (error.reason === 'busy') throw generalError('api.context.server_busy.app_error')
    if (error.reason !== 'too_large') throw emojiError('api.emoji.upload.image.app_error', {}, error.reason)
    const { side } = EMOJI_LIMITS
    throw emojiError('api.emoji.upload.large_image.too_large.app_error', { MaxWidth: side, MaxHeight: side })
  }
}

/** The image comes first: nobody is told of an emoji that cannot be shown. */
async function storeEmoji(app: App, session: Session, name: string, image: Buffer): Promise<Emoji> {
  const now = Date.now()
  const emoji = { id: newId(), create_at: now, update_at: now, delete_at: 0, creator_id: session.userId, name }
  await storing(() => app.files.write(emojiPath(emoji.id), image))
  try {
    await app.unitOfWork(async (tx) => {
      if (!(await insertEmoji(tx.db, emoji))) throw emojiError('api.emoji.create.duplicate.app_error')
      tx.changed({ kind: 'emoji' })
      tx.publish(event('emoji_added', {}, { emoji: JSON.stringify(emoji) }))
    })
  } catch (error) {
    await app.files.remove(emojiPath(emoji.id)).catch(() => undefined) // nobody refers to it
    throw error
  }
  return emoji
}
