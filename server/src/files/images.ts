import { availableParallelism } from 'node:os'
import type { ImageInput } from './image-probe.ts'
import { ImageError, checkedHeader, imageRunner, openImage, restrictDecoders } from './image-runner.ts'

/** Width of a preview in pixels; narrower images keep their size. */
export const PREVIEW_WIDTH = 1920
/** Box of a thumbnail: landscape images get this width, others this height. */
export const THUMBNAIL = { width: 120, height: 100 }
/** Side of a profile picture, a team icon and (at most) an emoji. */
export const PICTURE_SIDE = 128
/** Largest emoji file in bytes and largest side of its image in pixels, as Mattermost accepts them. */
export const EMOJI_LIMITS = { bytes: 512 * 1024, side: 1028, pixels: 33_177_600 }
const MINI_SIDE = 16
const JPEG_QUALITY = 90

/** Width and height as a viewer shows it (after EXIF rotation); `animated`: a GIF of more than one frame. */
export type ImageFacts = { width: number; height: number; animated: boolean }

/** The pictures made for an uploaded image. No preview for an animated GIF: clients show the file itself. */
export type Previews = {
  type: 'png' | 'jpg'
  preview: Buffer | null
  thumbnail: Buffer
  /** 16x16 JPEG. */
  mini: Buffer
}

/** Everything the server does with pictures. Methods throw `ImageError` only; images are checked before decoding. */
export type Images = {
  /** Size of an image within the limits; `too_large` carries the header. Nothing is decoded. */
  describe(input: ImageInput): Promise<ImageFacts>
  /** Preview, thumbnail and mini preview of an upload. */
  previews(input: ImageInput): Promise<Previews>
  /** A profile picture or team icon: the middle cut to 128x128, PNG. */
  square(input: ImageInput): Promise<Buffer>
  /** An emoji fitted into 128x128: GIF stays an (animated) GIF, everything else becomes PNG. */
  emoji(input: Buffer): Promise<Buffer>
  /** The sign-in page's picture as PNG, at most 2048 wide and high. */
  brand(input: ImageInput): Promise<Buffer>
}

/**
 * `maxPixels` reads FileSettings.MaxImageResolution anew each time; `concurrency` is MaxImageDecoderConcurrency
 * (-1: half of the processors, at least 1, so that decoding never takes all of them).
 */
export function createImages(options: { maxPixels: () => number; concurrency?: number }): Images {
  restrictDecoders()
  const wanted = options.concurrency ?? -1
  const run = imageRunner(wanted > 0 ? wanted : Math.max(1, Math.floor(availableParallelism() / 2)))
  const pixels = () => Math.max(1, Math.min(options.maxPixels(), 0x3fff * 0x3fff))
  return {
    describe: (input) => run(() => describe(input, pixels())),
    previews: (input) => run(() => previews(input, pixels())),
    square: (input) => run(() => square(input, pixels())),
    emoji: (input) => run(() => emoji(input)),
    brand: (input) => run(() => brand(input, pixels())),
  }
}

async function describe(input: ImageInput, pixels: number): Promise<ImageFacts> {
  const { format, width, height, frames } = await checkedHeader(input, { pixels })
  const facts = { width, height, animated: frames > 1 }
  if (format === 'gif' || format === 'bmp') return facts
  // Only tags are read here. An unreadable tag block leaves the image as it lies.
  const orientation = await openImage(input, pixels)
    .metadata()
    .then(
      (found) => found.orientation ?? 1,
      () => 1,
    )
  return orientation >= 5 ? { ...facts, width: height, height: width } : facts
}

async function previews(input: ImageInput, pixels: number): Promise<Previews> {
  const header = await checkedHeader(input, { pixels })
  if (header.format === 'bmp') throw new ImageError('not_image', header)
  const type = header.format === 'png' ? 'png' : 'jpg'
  const encoded = (image: ReturnType<typeof openImage>) =>
    type === 'png' ? image.png() : image.flatten({ background: '#ffffff' }).jpeg({ quality: JPEG_QUALITY })
  const preview = await encoded(
    openImage(input, pixels).autoOrient().resize({ width: PREVIEW_WIDTH, withoutEnlargement: true }),
  ).toBuffer({ resolveWithObject: true })
  // The smaller ones are made from the preview: the sender's file is decoded once.
  const landscape = preview.info.width > preview.info.height
  const box = landscape ? { width: THUMBNAIL.width } : { height: THUMBNAIL.height }
  const thumbnail = encoded(openImage(preview.data, pixels).resize({ ...box, withoutEnlargement: true })).toBuffer()
  const mini = openImage(preview.data, pixels)
    .resize(MINI_SIDE, MINI_SIDE, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer()
  return {
    type,
    preview: header.frames > 1 ? null : preview.data,
    thumbnail: await thumbnail,
    mini: await mini,
  }
}

async function square(input: ImageInput, pixels: number): Promise<Buffer> {
  await checkedHeader(input, { pixels })
  return openImage(input, pixels).autoOrient().resize(PICTURE_SIDE, PICTURE_SIDE, { fit: 'cover' }).png().toBuffer()
}

/** Always encoded anew, also when small enough: what is served to everybody holds pixels and nothing else. */
async function emoji(input: Buffer): Promise<Buffer> {
  if (input.length > EMOJI_LIMITS.bytes) throw new ImageError('too_large')
  const { pixels, side } = EMOJI_LIMITS
  const header = await checkedHeader(input, { pixels, side, allFrames: true })
  const animated = header.format === 'gif'
  const image = openImage(input, pixels, { animated })
    .autoOrient()
    .resize(PICTURE_SIDE, PICTURE_SIDE, { fit: 'inside', withoutEnlargement: true })
  return animated ? image.gif().toBuffer() : image.png().toBuffer()
}

async function brand(input: ImageInput, pixels: number): Promise<Buffer> {
  await checkedHeader(input, { pixels })
  return openImage(input, pixels)
    .autoOrient()
    .resize({ width: 2048, height: 2048, fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer()
}
