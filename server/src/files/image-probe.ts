import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** An image: its bytes, or the path of a file on this machine (from `FileStore.localPath`, never from a request). */
export type ImageInput = Buffer | string

/** What the header of an image claims: width and height in pixels before EXIF rotation, frames (for GIF, else 1). */
export type ImageHeader = {
  format: 'png' | 'jpeg' | 'gif' | 'webp' | 'tiff' | 'bmp'
  width: number
  height: number
  frames: number
}

/** GIF frames are counted up to here; more is "too many" for every use. */
export const MAX_FRAMES = 2000

const WINDOW = 64 * 1024
const MAX_STEPS = 400_000 // blocks or markers to walk before giving up on a file

/** Random access to a file through one window, so that walking blocks costs few reads. */
type Source = { window: Buffer; at: number; load: (position: number) => Promise<Buffer> }

/**
 * Reads format and dimensions from the first bytes, by code of ours and without decoding: a decompression bomb is known
 * before any decoder sees it. The content decides, not the file name. Null: not one of these formats, or a broken header.
 * Throws only what opening or reading the file throws.
 */
export async function probeImage(input: ImageInput): Promise<ImageHeader | null> {
  if (typeof input !== 'string') return probe({ window: input, at: 0, load: async (from) => input.subarray(from) })
  const file = await open(input, constants.O_RDONLY | constants.O_NOFOLLOW)
  const load = async (from: number) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(WINDOW), 0, WINDOW, from)
    return buffer.subarray(0, bytesRead)
  }
  try {
    return await probe({ window: await load(0), at: 0, load })
  } finally {
    await file.close()
  }
}

async function probe(source: Source): Promise<ImageHeader | null> {
  const start = source.window
  const found =
    png(start) ?? bmp(start) ?? webp(start) ?? (await gif(source)) ?? (await jpeg(source)) ?? (await tiff(source))
  return found && found.width > 0 && found.height > 0 ? found : null
}

/** `length` bytes at `position`; null beyond the end. */
async function bytes(source: Source, position: number, length: number): Promise<Buffer | null> {
  const cached = slice(source, position, length)
  if (cached) return cached
  source.window = await source.load(position)
  source.at = position
  return slice(source, position, length)
}

function slice(source: Source, position: number, length: number): Buffer | null {
  const from = position - source.at
  if (from < 0 || from + length > source.window.length) return null
  return source.window.subarray(from, from + length)
}

const still = (format: ImageHeader['format'], width: number, height: number): ImageHeader => ({
  format,
  width,
  height,
  frames: 1,
})

function png(start: Buffer): ImageHeader | null {
  if (start.length < 24 || start.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null
  if (start.toString('latin1', 12, 16) !== 'IHDR') return null
  return still('png', start.readUInt32BE(16), start.readUInt32BE(20))
}

function bmp(start: Buffer): ImageHeader | null {
  if (start.length < 26 || start.toString('latin1', 0, 2) !== 'BM' || start.readUInt32LE(14) < 40) return null
  return still('bmp', Math.abs(start.readInt32LE(18)), Math.abs(start.readInt32LE(22)))
}

function webp(start: Buffer): ImageHeader | null {
  if (start.length < 30 || start.toString('latin1', 0, 4) !== 'RIFF') return null
  switch (start.toString('latin1', 8, 16)) {
    case 'WEBPVP8X':
      return still('webp', start.readUIntLE(24, 3) + 1, start.readUIntLE(27, 3) + 1)
    case 'WEBPVP8L': {
      const bits = start.readUInt32LE(21)
      return start[20] === 0x2f ? still('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1) : null
    }
    case 'WEBPVP8 ':
      return still('webp', start.readUInt16LE(26) & 0x3fff, start.readUInt16LE(28) & 0x3fff)
    default:
      return null
  }
}

/** Frames may be larger than the screen they are drawn on, and decoders then grow it: the largest counts. */
async function gif(source: Source): Promise<ImageHeader | null> {
  const head = await bytes(source, 0, 13)
  if (!head || !/^GIF8[79]a$/.test(head.toString('latin1', 0, 6))) return null
  const image: ImageHeader = { format: 'gif', width: head.readUInt16LE(6), height: head.readUInt16LE(8), frames: 0 }
  let position = 13 + colourTable(head[10]!)
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    const kind = (await bytes(source, position, 1))?.[0]
    if (kind === 0x21) position += 2
    else if (kind === 0x2c) {
      const frame = await bytes(source, position, 10)
      if (!frame || image.frames > MAX_FRAMES) break
      image.frames++
      image.width = Math.max(image.width, frame.readUInt16LE(1) + frame.readUInt16LE(5))
      image.height = Math.max(image.height, frame.readUInt16LE(3) + frame.readUInt16LE(7))
      position += 11 + colourTable(frame[9]!)
    } else break
    for (; steps < MAX_STEPS; steps++) {
      const length = (await bytes(source, position, 1))?.[0] ?? 0
      position += 1 + length
      if (length === 0) break
    }
    if (steps >= MAX_STEPS) image.frames = MAX_FRAMES + 1
  }
  return image
}

const colourTable = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

async function jpeg(source: Source): Promise<ImageHeader | null> {
  const head = await bytes(source, 0, 3)
  if (!head || head.readUIntBE(0, 3) !== 0xffd8ff) return null
  let position = 2
  for (let steps = 0; steps < 10_000; steps++) {
    const marker = await bytes(source, position, 4)
    if (!marker || marker[0] !== 0xff) return null
    const kind = marker[1]!
    if (kind === 0xff) {
      position++ // fill byte
      continue
    }
    // SOF0..SOF15 without DHT (c4), JPG (c8) and DAC (cc)
    if (kind >= 0xc0 && kind <= 0xcf && kind !== 0xc4 && kind !== 0xc8 && kind !== 0xcc) {
      const frame = await bytes(source, position, 9)
      return frame && still('jpeg', frame.readUInt16BE(7), frame.readUInt16BE(5))
    }
    if (kind === 0xd9 || kind === 0xda) return null
    position += 2 + marker.readUInt16BE(2)
  }
  return null
}

async function tiff(source: Source): Promise<ImageHeader | null> {
  const head = await bytes(source, 0, 8)
  const order = head?.toString('latin1', 0, 4)
  if (!head || (order !== 'II*\0' && order !== 'MM\0*')) return null
  const little = order === 'II*\0'
  const u16 = (data: Buffer, at: number) => (little ? data.readUInt16LE(at) : data.readUInt16BE(at))
  const u32 = (data: Buffer, at: number) => (little ? data.readUInt32LE(at) : data.readUInt32BE(at))
  const directory = u32(head, 4)
  const count = await bytes(source, directory, 2)
  const image = still('tiff', 0, 0)
  for (let i = 0; count && i < u16(count, 0); i++) {
    const entry = await bytes(source, directory + 2 + i * 12, 12)
    if (!entry) return null
    const value = u16(entry, 2) === 3 ? u16(entry, 8) : u32(entry, 8)
    if (u16(entry, 0) === 256) image.width = value
    if (u16(entry, 0) === 257) image.height = value
  }
  return image
}
