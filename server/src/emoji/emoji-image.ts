import type { App } from '../app.ts'
import { FileStoreError } from '../files/file-store.ts'
import { probeImage } from '../files/image-probe.ts'
import { emojiPath } from '../files/paths.ts'
import { reading } from '../files/storage-trouble.ts'
import { emojiError } from './emoji.errors.ts'
import { findEmoji } from './emoji.store.ts'

/** Far above what is stored: an emoji is scaled to 128x128, but an animated one has many frames. */
const MAX_BYTES = 32 * 1024 * 1024

/** The image of a live custom emoji with its type, which its content tells. Throws 404. */
export async function emojiImage(
  app: Pick<App, 'db' | 'files'>,
  emojiId: string,
): Promise<{ bytes: Buffer; type: string }> {
  if (!(await findEmoji(app.db, emojiId))) throw emojiError('app.emoji.get.no_result')
  const bytes = await reading(() =>
    app.files.readBuffer(emojiPath(emojiId), MAX_BYTES).catch((error: unknown) => {
      const missing = error instanceof FileStoreError && error.code === 'not_found'
      throw missing ? emojiError('api.emoji.get_image.read.app_error', {}, error.message) : error
    }),
  )
  const header = await probeImage(bytes)
  if (!header) throw emojiError('api.emoji.get_image.read.app_error', {}, 'not an image')
  return { bytes, type: `image/${header.format}` }
}
