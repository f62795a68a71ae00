import { EMOJI_LIMITS } from './custom-emoji.ts'

/** Why a file cannot become an emoji. */
export type FileProblem = 'type' | 'bytes' | 'side'

/** Looks at a file before it is sent: a picture the browser can read, within the limits of the server. */
export async function checkEmojiFile(file: File): Promise<FileProblem | null> {
  if (!/^image\/(?:png|gif|jpeg)$/.test(file.type)) return 'type'
  if (file.size > EMOJI_LIMITS.bytes) return 'bytes'
  try {
    const bitmap = await createImageBitmap(file)
    const tooLarge = Math.max(bitmap.width, bitmap.height) > EMOJI_LIMITS.side
    bitmap.close()
    return tooLarge ? 'side' : null
  } catch {
    return 'type'
  }
}
