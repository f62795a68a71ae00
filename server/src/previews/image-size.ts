import { jpegSize } from './jpeg-size.ts'

/** Size of a picture, as clients read it in `metadata.images`. `frame_count` is 0 for everything but GIF. */
export type PostImage = { width: number; height: number; format: string; frame_count: number }

/** Clients only ask whether there is more than one. */
const MAX_FRAMES = 10_000

/**
 * The size, format and frame count that the first bytes of a PNG, JPEG, GIF, WebP or BMP declare. Nothing is decoded, so
 * a small file that declares a gigantic picture costs nothing here: judging the numbers is the caller's work. JPEG sizes
 * are as shown, after EXIF rotation. Undefined for other formats and broken or too short beginnings.
 */
export function imageSize(bytes: Uint8Array): PostImage | undefined {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = data.toString('latin1', 0, 16)
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return pngSize(data)
  if (start.startsWith('\xff\xd8\xff')) return still('jpeg', jpegSize(data))
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return gifSize(data)
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8)) return webpSize(data)
  if (start.startsWith('BM')) return bmpSize(data)
  return undefined
}

/** The size an SVG declares in its root element, else that of its view box, else 0 by 0, which clients take as unknown. */
export function svgSize(bytes: Uint8Array): PostImage | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, 8192))
  const root = /<svg\b[^>]{0,4000}/i.exec(text)?.[0]
  if (!root) return undefined
  const side = (name: string) =>
    Number(new RegExp(`\\s${name}=["'](\\d{1,5})(?:\\.\\d{1,9})?(?:px)?["']`).exec(root)?.[1] ?? 0)
  const box = /\sviewBox=["']\S{1,20}[ ,]\S{1,20}[ ,](\d{1,5})\S{0,20}[ ,](\d{1,5})/.exec(root)
  const [width, height] = [side('width'), side('height')]
  const declared = width && height ? { width, height } : { width: Number(box?.[1] ?? 0), height: Number(box?.[2] ?? 0) }
  return { ...declared, format: 'svg', frame_count: 0 }
}

function still(format: string, size: { width: number; height: number } | undefined): PostImage | undefined {
  return size && size.width > 0 && size.height > 0 ? { ...size, format, frame_count: 0 } : undefined
}

function pngSize(data: Buffer): PostImage | undefined {
  if (data.length < 24 || data.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return still('png', { width: data.readUInt32BE(16), height: data.readUInt32BE(20) })
}

function bmpSize(data: Buffer): PostImage | undefined {
  if (data.length < 26) return undefined
  const header = data.readUInt32LE(14)
  if (header === 12) return still('bmp', { width: data.readUInt16LE(18), height: data.readUInt16LE(20) })
  if (header < 40 || header > 200) return undefined
  // A negative height means rows from top to bottom.
  return still('bmp', { width: data.readInt32LE(18), height: Math.abs(data.readInt32LE(22)) })
}

function webpSize(data: Buffer): PostImage | undefined {
  if (data.length < 30) return undefined
  const kind = data.toString('latin1', 12, 16)
  if (kind === 'VP8X') return still('webp', { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 })
  if (kind === 'VP8L' && data[20] === 0x2f) {
    const bits = data.readUInt32LE(21)
    return still('webp', { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 })
  }
  if (kind !== 'VP8 ' || data.readUIntBE(23, 3) !== 0x9d012a) return undefined
  return still('webp', { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff })
}

function gifSize(data: Buffer): PostImage | undefined {
  if (data.length < 13) return undefined
  const size = still('gif', { width: data.readUInt16LE(6), height: data.readUInt16LE(8) })
  return size && { ...size, frame_count: countGifFrames(data) }
}

/** Frames up to the end of the bytes at hand; every step goes forward, so broken files end too. */
function countGifFrames(data: Buffer): number {
  let frames = 0
  let at = 13 + colorTableBytes(data[10]!)
  while (at < data.length && frames < MAX_FRAMES) {
    const kind = data[at]
    if (kind === 0x21) at = skipSubBlocks(data, at + 2)
    else if (kind === 0x2c && at + 10 < data.length) {
      frames++
      at = skipSubBlocks(data, at + 11 + colorTableBytes(data[at + 9]!))
    } else break
  }
  return frames
}

function colorTableBytes(flags: number): number {
  return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0
}

function skipSubBlocks(data: Buffer, from: number): number {
  let at = from
  while (at < data.length && data[at] !== 0) at += data[at]! + 1
  return at + 1
}
