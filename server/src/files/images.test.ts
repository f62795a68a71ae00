import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultPicture, fnv1a } from './default-picture.ts'
import { MAX_FRAMES, probeImage } from './image-probe.ts'
import { imageRunner } from './image-runner.ts'
import { createImages } from './images.ts'

const images = createImages({ maxPixels: () => 33_177_600, concurrency: 2 })
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'images-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const picture = (width: number, height: number, background = '#cc3344') =>
  sharp({ create: { width, height, channels: 4, background } })

/** A PNG of a few bytes that claims any size. */
function pngClaiming(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const out = Buffer.alloc(12 + data.length)
    out.writeUInt32BE(data.length, 0)
    body.copy(out, 4)
    out.writeUInt32BE(crc32(body), 8 + data.length)
    return out
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from('789c030000000001', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A GIF of `frames` one-pixel frames (17 bytes each) on a screen of any size. */
function gifClaiming(width: number, height: number, frames: number): Buffer {
  const head = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1')
  head.writeUInt16LE(width, 6)
  head.writeUInt16LE(height, 8)
  const frame = Buffer.from('2c00000000010001000002024401' + '00', 'hex')
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
}

/** An animated GIF with every frame of another colour. */
function animatedGif(width: number, height: number, frames: number): Promise<Buffer> {
  const raw = Buffer.alloc(width * height * frames * 3)
  for (let i = 0; i < raw.length; i++) raw[i] = (Math.floor(i / (width * height * 3)) * 60 + (i % 3) * 20) % 256
  return sharp(raw, { raw: { width, height: height * frames, channels: 3, pageHeight: height } })
    .gif({ delay: 80, loop: 0 })
    .toBuffer()
}

describe('probeImage reads the header alone', () => {
  test.each(['png', 'jpeg', 'gif', 'webp', 'tiff'] as const)('%s', async (format) => {
    const data = await picture(301, 77).toFormat(format).toBuffer()
    const expected = { format, width: 301, height: 77, frames: 1 }
    expect(await probeImage(data)).toEqual(expected)
    await writeFile(join(dir, 'probe'), data)
    expect(await probeImage(join(dir, 'probe'))).toEqual(expected)
  })

  test('lossless WebP, large metadata before the JPEG frame, bitmaps', async () => {
    expect(await probeImage(await picture(301, 77).webp({ lossless: true }).toBuffer())).toMatchObject({
      width: 301,
      height: 77,
    })
    const jpeg = await picture(301, 77).jpeg().toBuffer()
    const filler = Buffer.concat([Buffer.from('ffe1fffe', 'hex'), Buffer.alloc(65532, 1)])
    const padded = Buffer.concat([jpeg.subarray(0, 2), filler, filler, filler, jpeg.subarray(2)])
    await writeFile(join(dir, 'padded'), padded)
    expect(await probeImage(join(dir, 'padded'))).toMatchObject({ format: 'jpeg', width: 301, height: 77 })
    const bmp = Buffer.alloc(60)
    bmp.write('BM')
    bmp.writeUInt32LE(40, 14)
    bmp.writeInt32LE(301, 18)
    bmp.writeInt32LE(-77, 22)
    expect(await probeImage(bmp)).toMatchObject({ format: 'bmp', width: 301, height: 77 })
  })

  test('anything else is no image', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    const noSize = pngClaiming(0, 5)
    for (const data of [
      Buffer.alloc(0),
      Buffer.alloc(40),
      Buffer.from('\xff\xd8\xff', 'latin1'),
      Buffer.from('GIF89a'),
      svg,
      noSize,
      Buffer.from('%PDF-1.7 '.repeat(9)),
    ]) {
      expect(await probeImage(data)).toBeNull()
    }
  })

  test('every way to cut or damage a file ends in an answer', async () => {
    for (const format of ['png', 'jpeg', 'gif', 'webp', 'tiff'] as const) {
      const data = await picture(40, 30).toFormat(format).toBuffer()
      for (let length = 0; length < Math.min(data.length, 400); length++) {
        const damaged = Buffer.from(data)
        damaged[length] = damaged[length]! ^ 0xff
        for (const broken of [data.subarray(0, length), damaged]) {
          expect((await probeImage(broken))?.width ?? 1).toBeGreaterThan(0)
        }
      }
    }
  })
})

describe('bombs are refused before decoding', () => {
  test.each([
    ['60000 x 60000 PNG', () => pngClaiming(60_000, 60_000)],
    ['2^31-1 PNG', () => pngClaiming(0x7fffffff, 0x7fffffff)],
    ['4 billion wide PNG', () => pngClaiming(0xffffffff, 1)],
    ['side above any encoder', () => pngClaiming(65_501, 1)],
    ['one pixel above the limit', () => pngClaiming(5760, 5761)],
    ['65535 x 65535 GIF', () => gifClaiming(65_535, 65_535, 1)],
    ['GIF of very many frames', () => gifClaiming(1, 1, MAX_FRAMES + 1)],
  ])('%s', async (_name, make) => {
    const data = make()
    for (const work of [images.describe(data), images.previews(data), images.square(data), images.brand(data)]) {
      await expect(work).rejects.toMatchObject({ reason: 'too_large' })
    }
    await expect(images.emoji(data)).rejects.toMatchObject({ reason: 'too_large' })
  })

  test('a GIF frame larger than its screen counts as large', async () => {
    const data = gifClaiming(1, 1, 1)
    data.writeUInt16LE(60_000, 19 + 5)
    data.writeUInt16LE(60_000, 19 + 7)
    await expect(images.describe(data)).rejects.toMatchObject({ reason: 'too_large' })
  })

  test('an emoji whose frames together are too much', async () => {
    await expect(images.emoji(gifClaiming(1000, 1000, 34))).rejects.toMatchObject({ reason: 'too_large' })
  })

  test('formats that are documents never reach a decoder', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    for (const work of [images.previews(svg), images.square(svg), images.emoji(svg)]) {
      await expect(work).rejects.toMatchObject({ reason: 'not_image' })
    }
    await expect(sharp(svg).metadata()).rejects.toThrow(/unsupported/)
  })

  test('truncated and lying files are broken, not fatal', async () => {
    const noise = await sharp({
      create: {
        width: 600,
        height: 600,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
        background: '#000',
      },
    })
      .jpeg()
      .toBuffer()
    const cut = noise.subarray(0, noise.length / 2)
    await expect(images.previews(cut)).rejects.toMatchObject({ reason: 'broken' })
    await expect(images.square(pngClaiming(50, 50))).rejects.toMatchObject({ reason: 'broken' })
    expect(await images.describe(cut)).toEqual({ width: 600, height: 600, animated: false })
  })
})

describe('previews', () => {
  const size = async (data: Buffer) => {
    const { format, width, height } = await sharp(data).metadata()
    return { format, width, height }
  }

  test('PNG gives PNG, 1920 wide; thumbnail 120 wide for landscape; mini 16x16 JPEG', async () => {
    const made = await images.previews(await picture(4000, 1000, '#00000000').png().toBuffer())
    expect(made.type).toBe('png')
    expect(await size(made.preview!)).toEqual({ format: 'png', width: 1920, height: 480 })
    expect(await size(made.thumbnail)).toEqual({ format: 'png', width: 120, height: 30 })
    expect(await size(made.mini)).toEqual({ format: 'jpeg', width: 16, height: 16 })
  })

  test('others give JPEG on white; portrait and square thumbnails are 100 high; small ones keep their size', async () => {
    const made = await images.previews(await picture(300, 600, '#00000000').webp().toBuffer())
    expect(made.type).toBe('jpg')
    expect(await size(made.preview!)).toEqual({ format: 'jpeg', width: 300, height: 600 })
    expect(await size(made.thumbnail)).toEqual({ format: 'jpeg', width: 50, height: 100 })
    expect([...(await sharp(made.preview!).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255])
    const tiny = await images.previews(await picture(8, 8).png().toBuffer())
    expect(await size(tiny.thumbnail)).toEqual({ format: 'png', width: 8, height: 8 })
  })

  test('turns by EXIF and forgets the rest of it', async () => {
    const exif = { IFD0: { Copyright: 'where I live' } }
    const turned = await picture(200, 100).jpeg().withExif(exif).withMetadata({ orientation: 6 }).toBuffer()
    expect(await images.describe(turned)).toEqual({ width: 100, height: 200, animated: false })
    const made = await images.previews(turned)
    expect(await size(made.preview!)).toEqual({ format: 'jpeg', width: 100, height: 200 })
    expect((await sharp(made.preview!).metadata()).exif).toBeUndefined()
  })

  test('an animated GIF gets no preview, a still one does', async () => {
    const animated = await animatedGif(60, 40, 3)
    expect(await images.describe(animated)).toEqual({ width: 60, height: 40, animated: true })
    expect((await images.previews(animated)).preview).toBeNull()
    expect(await size((await images.previews(animated)).thumbnail)).toMatchObject({ width: 60, height: 40 })
    const single = await images.previews(await picture(60, 40).gif().toBuffer())
    expect(await size(single.preview!)).toEqual({ format: 'jpeg', width: 60, height: 40 })
  })

  test('works from a path, and for the thinnest images', async () => {
    await writeFile(join(dir, 'thin'), await picture(5000, 1).png().toBuffer())
    const made = await images.previews(join(dir, 'thin'))
    expect(await size(made.preview!)).toEqual({ format: 'png', width: 1920, height: 1 })
    expect(await size(made.thumbnail)).toEqual({ format: 'png', width: 120, height: 1 })
  })
})

describe('pictures', () => {
  test('square: 128x128 PNG, the middle of the image, by EXIF', async () => {
    const data = await picture(400, 200, 'blue')
      .composite([{ input: await picture(200, 200, 'red').png().toBuffer(), left: 100, top: 0 }])
      .jpeg()
      .toBuffer()
    const made = sharp(await images.square(data))
    expect(await made.metadata()).toMatchObject({ format: 'png', width: 128, height: 128 })
    const { data: raw, info } = await made.raw().toBuffer({ resolveWithObject: true })
    for (const x of [8, 64, 120]) {
      const at = (64 * 128 + x) * info.channels
      expect(raw[at]).toBeGreaterThan(200)
      expect(raw[at + 2]).toBeLessThan(50)
    }
  })

  test('emoji: fits 128, GIF stays animated, others become PNG, limits hold', async () => {
    const gif = await images.emoji(await animatedGif(400, 200, 4))
    expect(await sharp(gif, { animated: true }).metadata()).toMatchObject({
      format: 'gif',
      width: 128,
      pageHeight: 64,
      pages: 4,
    })
    const small = await images.emoji(await picture(20, 30).jpeg().toBuffer())
    expect(await sharp(small).metadata()).toMatchObject({ format: 'png', width: 20, height: 30 })
    await images.emoji(await picture(1028, 1028).png().toBuffer())
    await expect(images.emoji(await picture(1029, 10).png().toBuffer())).rejects.toMatchObject({ reason: 'too_large' })
    await expect(images.emoji(Buffer.alloc(512 * 1024 + 1))).rejects.toMatchObject({ reason: 'too_large' })
  })

  test('brand: PNG within 2048', async () => {
    const made = await images.brand(await picture(3000, 100).jpeg().toBuffer())
    expect(await sharp(made).metadata()).toMatchObject({ format: 'png', width: 2048 })
  })
})

describe('default picture', () => {
  test('FNV-1a of 32 bits', () => {
    expect(fnv1a('')).toBe(0x811c9dc5)
    expect(fnv1a('a')).toBe(0xe40c292c)
    expect(fnv1a('foobar')).toBe(0xbf9cf968)
  })

  test('the same for the same user, and one per letter; a person for every other script', async () => {
    const made = await defaultPicture('id1', 'alice')
    expect(await sharp(made).metadata()).toMatchObject({ format: 'png', width: 128, height: 128 })
    expect(await defaultPicture('id1', 'alan')).toEqual(made)
    const all = await Promise.all(
      [...'abcdefghijklmnopqrstuvwxyz0123456789.'].map((letter) => defaultPicture('id1', letter)),
    )
    expect(new Set(all.map((data) => data.toString('base64'))).size).toBe(37)
    const person = all.at(-1)!
    for (const name of ['가나다', '_x', '', '👩', '日本']) expect(await defaultPicture('id1', name)).toEqual(person)
    expect(await defaultPicture('id2', 'alice')).not.toEqual(made)
  })
})

test('the runner bounds what runs and what waits', async () => {
  const run = imageRunner(2)
  let open = 0
  let most = 0
  const gate = Promise.withResolvers<void>()
  const work = async () => {
    most = Math.max(most, ++open)
    await gate.promise
    open--
  }
  const all = Array.from({ length: 202 }, () => run(work))
  await expect(run(work)).rejects.toMatchObject({ reason: 'busy' })
  gate.resolve()
  await Promise.all(all)
  expect(most).toBe(2)
  await expect(run(() => Promise.reject(new Error('x')))).rejects.toMatchObject({ reason: 'broken' })
  await run(work)
})
