import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { imageSize, svgSize } from './image-size.ts'

const picture = (width = 30, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 10, b: 10 } } })
const ascii = (text: string) => Buffer.from(text, 'latin1')

describe('what sharp writes is measured', () => {
  test('PNG, JPEG, WebP lossy and lossless and extended', async () => {
    const still = { width: 30, height: 20, frame_count: 0 }
    expect(imageSize(await picture().png().toBuffer())).toEqual({ ...still, format: 'png' })
    expect(imageSize(await picture().jpeg().toBuffer())).toEqual({ ...still, format: 'jpeg' })
    expect(imageSize(await picture().jpeg({ progressive: true }).toBuffer())).toEqual({ ...still, format: 'jpeg' })
    expect(imageSize(await picture().webp().toBuffer())).toEqual({ ...still, format: 'webp' })
    expect(imageSize(await picture().webp({ lossless: true }).toBuffer())).toEqual({ ...still, format: 'webp' })
    expect(imageSize(await picture().webp().withMetadata({ orientation: 1 }).toBuffer())).toEqual({
      ...still,
      format: 'webp',
    })
  })

  test.each([
    [1, 30, 20],
    [3, 30, 20],
    [6, 20, 30],
    [8, 20, 30],
  ])('JPEG with EXIF orientation %i', async (orientation, width, height) => {
    const bytes = await picture().withMetadata({ orientation }).jpeg().toBuffer()
    expect(imageSize(bytes)).toMatchObject({ width, height })
  })

  test('GIF frames are counted', async () => {
    const one = await picture().gif().toBuffer()
    expect(imageSize(one)).toEqual({ width: 30, height: 20, format: 'gif', frame_count: 1 })
    const frames = await Promise.all(
      [10, 120, 240].map((r) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background: { r, g: r, b: 0 } } })
          .png()
          .toBuffer(),
      ),
    )
    const animated = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    expect(imageSize(animated)).toEqual({ width: 8, height: 8, format: 'gif', frame_count: 3 })
  })
})

describe('declared sizes are believed but never allocated', () => {
  const png = (width: number, height: number) => {
    const data = Buffer.concat([ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), Buffer.alloc(13)])
    data.writeUInt32BE(width, 16)
    data.writeUInt32BE(height, 20)
    return data
  }
  test('bombs', () => {
    expect(imageSize(png(60_000, 60_000))).toEqual({ width: 60_000, height: 60_000, format: 'png', frame_count: 0 })
    const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xc2, 0, 17, 8, 0xea, 0x60, 0xea, 0x60, 3, 0, 0, 0, 0, 0])
    expect(imageSize(jpeg)).toMatchObject({ width: 60_000, height: 60_000 })
    expect(imageSize(png(0, 5))).toBeUndefined()
  })

  test('a GIF of endless frames is counted to a bound, in one pass', () => {
    const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0])
    const gif = Buffer.concat([
      ascii('GIF89a'),
      Buffer.from([1, 0, 1, 0, 0, 0, 0]),
      ...Array<Buffer>(50_000).fill(frame),
    ])
    expect(imageSize(gif)!.frame_count).toBe(10_000)
  })

  test('BMP old, new and upside down', () => {
    const core = Buffer.alloc(26)
    core.write('BM')
    core.writeUInt32LE(12, 14)
    core.writeUInt16LE(7, 18)
    core.writeUInt16LE(9, 20)
    expect(imageSize(core)).toEqual({ width: 7, height: 9, format: 'bmp', frame_count: 0 })
    const info = Buffer.alloc(54)
    info.write('BM')
    info.writeUInt32LE(40, 14)
    info.writeInt32LE(7, 18)
    info.writeInt32LE(-9, 22)
    expect(imageSize(info)).toMatchObject({ width: 7, height: 9 })
  })
})

test('no beginning of a picture makes it stumble', async () => {
  const whole = await Promise.all([
    picture().png().toBuffer(),
    picture().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    picture().gif().toBuffer(),
    picture().webp().toBuffer(),
  ])
  for (const bytes of [
    ...whole,
    ascii(`BM${'\xff'.repeat(60)}`),
    ascii('\xff\xd8\xff\xe1\0\x01'),
    ascii(`\xff\xd8${'\xff'.repeat(500)}`),
  ]) {
    for (let length = 0; length <= Math.min(bytes.length, 700); length++) {
      const { width } = imageSize(bytes.subarray(0, length)) ?? { width: 1 }
      expect(width).toBeGreaterThan(0)
    }
  }
  expect(imageSize(ascii('<html>'))).toBeUndefined()
})

test('SVG', () => {
  const svg = (attributes: string) =>
    svgSize(Buffer.from(`<?xml version="1.0"?><!-- x --><svg xmlns="y" ${attributes}><g/></svg>`))
  expect(svg('width="30px" height="20.5"')).toEqual({ width: 30, height: 20, format: 'svg', frame_count: 0 })
  expect(svg('viewBox="0 0 64 48"')).toMatchObject({ width: 64, height: 48 })
  expect(svg('width="100%"')).toMatchObject({ width: 0, height: 0 })
  expect(svgSize(Buffer.from('<html>'))).toBeUndefined()
})
