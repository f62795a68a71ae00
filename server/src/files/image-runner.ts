import sharp from 'sharp'
import type { Sharp, SharpOptions } from 'sharp'
import type { ImageHeader, ImageInput } from './image-probe.ts'
import { MAX_FRAMES, probeImage } from './image-probe.ts'

/**
 * Why an image could not be used. `not_image`: none of the formats read here; `too_large`: more pixels or frames than
 * allowed, told before decoding; `broken`: the decoder failed; `timeout`; `busy`: too many images are waiting.
 */
export type ImageErrorReason = 'not_image' | 'too_large' | 'broken' | 'timeout' | 'busy'

/** An image that cannot be used. Each feature turns the reason into its own error id. */
export class ImageError extends Error {
  readonly reason: ImageErrorReason
  /** What the header claims, where it could be read. */
  readonly header: ImageHeader | undefined

  constructor(reason: ImageErrorReason, header?: ImageHeader, cause?: unknown) {
    super(`image: ${reason}`, { cause })
    this.name = 'ImageError'
    this.reason = reason
    this.header = header
  }
}

/** libjpeg's limit for one side, and so that of every preview we could write. */
export const MAX_SIDE = 65_500
const TIMEOUT_SECONDS = 20
const MAX_WAITING = 200

/** The header of an image within `limit`; throws `not_image` or `too_large`. Nothing is decoded. */
export async function checkedHeader(
  input: ImageInput,
  limit: { pixels: number; side?: number; allFrames?: boolean },
): Promise<ImageHeader> {
  const header = await probeImage(input)
  if (!header) throw new ImageError('not_image')
  const frames = limit.allFrames ? header.frames : 1
  const side = limit.side ?? MAX_SIDE
  const tooLarge = header.width > side || header.height > side || header.width * header.height * frames > limit.pixels
  if (tooLarge || header.frames > MAX_FRAMES) throw new ImageError('too_large', header)
  return header
}

/** Opens an image whose header was checked; sharp compares the pixels again, with what its own decoder reads. */
export function openImage(input: ImageInput, pixels: number, options: SharpOptions = {}): Sharp {
  return sharp(input, { limitInputPixels: pixels, failOn: 'error', sequentialRead: true, ...options }).timeout({
    seconds: TIMEOUT_SECONDS,
  })
}

let restricted = false

/** Once per process, before the first image: only decoders of formats people send; no SVG, PDF or ImageMagick, which can read files and URLs. */
export function restrictDecoders(): void {
  if (restricted) return
  restricted = true
  const formats = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Tiff']
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: formats.map((format) => `VipsForeignLoad${format}`) })
  sharp.concurrency(1) // threads per image: the chat must stay responsive while pictures are made
  sharp.cache(false) // it remembers decoded files by path
}

/** Runs image work, at most `limit` at a time; beyond 200 waiting it refuses with `busy`. sharp errors become ImageErrors. */
export type ImageRunner = <T>(work: () => Promise<T>) => Promise<T>

/** Makes the runner all image work of the process shares. */
export function imageRunner(limit: number): ImageRunner {
  let running = 0
  const waiting: (() => void)[] = []
  return async (work) => {
    if (running < limit) running++
    else {
      if (waiting.length >= MAX_WAITING) throw new ImageError('busy')
      await new Promise<void>((resume) => waiting.push(resume)) // the one that ends hands its place over
    }
    try {
      return await work()
    } catch (error) {
      throw asImageError(error)
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

function asImageError(error: unknown): ImageError {
  if (error instanceof ImageError) return error
  const message = error instanceof Error ? error.message : ''
  if (/timeout/i.test(message)) return new ImageError('timeout', undefined, error)
  if (/pixel limit/i.test(message)) return new ImageError('too_large', undefined, error)
  return new ImageError('broken', undefined, error)
}
