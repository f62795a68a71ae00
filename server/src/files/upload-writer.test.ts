import { PassThrough, Readable } from 'node:stream'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestStore } from '../../../testkit/file-storage.ts'
import type { TestStore } from '../../../testkit/file-storage.ts'
import { newFileInfo } from './file-info.ts'
import type { FileStore } from './file-store.ts'
import { FileStoreError } from './file-store.ts'
import { createImages } from './images.ts'
import { makePreviews } from './make-previews.ts'
import { MIN_FIRST_PART, abortUpload, appendUpload, uploadOffset, writeUpload } from './upload-writer.ts'

let files: TestStore
let store: FileStore
const MiB = 1024 * 1024

beforeEach(async () => {
  files = await openTestStore()
  store = files.store
})
afterEach(() => files.stop())

async function* thenFails(data: Buffer): AsyncGenerator<Uint8Array> {
  yield data
  throw new Error('connection lost')
}

describe('writeUpload', () => {
  test('stores up to the limit exactly; zero bytes too', async () => {
    expect(
      await writeUpload(store, 'a', Readable.from([Buffer.alloc(60), Buffer.alloc(40)]), { maxBytes: 100, name: 'a' }),
    ).toBe(100)
    expect(await writeUpload(store, 'b', Readable.from([]), { maxBytes: 100, name: 'b' })).toBe(0)
    expect(await store.size('b')).toBe(0)
  })

  test('one byte more is 413 as soon as it arrives, nothing stays, and the request can still be answered', async () => {
    const stream = new PassThrough()
    stream.write(Buffer.alloc(100))
    stream.write(Buffer.alloc(1)) // never ended: the limit must act at once
    await expect(writeUpload(store, 'a', stream, { maxBytes: 100, name: 'n' })).rejects.toMatchObject({
      id: 'api.file.upload_file.too_large_detailed.app_error',
      status: 413,
    })
    expect(await files.names()).toEqual([])
    expect(stream.destroyed).toBe(false)
    await expect.poll(() => stream.readableFlowing).toBe(true)
    stream.destroy(new Error('late')) // must not crash the process
  })

  test('a sender that goes away leaves nothing', async () => {
    const stream = new PassThrough()
    const upload = writeUpload(store, 'a', stream, { maxBytes: 100, name: 'n' })
    stream.write(Buffer.alloc(10), () => stream.destroy())
    await expect(upload).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' })
    expect(await files.names()).toEqual([])
  })

  test('trouble with the disk is a 500 that tells the operator more than the sender', async () => {
    const full: FileStore = { ...store, write: () => Promise.reject(new FileStoreError('full', 'no space left')) }
    await expect(writeUpload(full, 'a', Buffer.alloc(1), { maxBytes: 9, name: 'n' })).rejects.toMatchObject({
      id: 'api.file.write_file.app_error',
      status: 500,
      detail: 'no space left',
    })
  })
})

describe('resumable uploads', () => {
  const path = 'd/u/film.mp4'
  const content = Buffer.alloc(MIN_FIRST_PART + 1000, Buffer.from(Array.from({ length: 251 }, (_, i) => i)))
  const upload = (offset: number, fileSize = content.length) => ({ path, fileSize, offset })
  const first = () => content.subarray(0, MIN_FIRST_PART)
  const rest = () => content.subarray(MIN_FIRST_PART)

  test('part by part until complete', async () => {
    expect(await uploadOffset(store, path, content.length)).toBe(0)
    expect(await appendUpload(store, upload(0), Readable.from([first()]))).toEqual({
      offset: MIN_FIRST_PART,
      complete: false,
    })
    expect(await store.exists(path)).toBe(false)
    expect(await uploadOffset(store, path, content.length)).toBe(MIN_FIRST_PART)
    expect(await appendUpload(store, upload(MIN_FIRST_PART), Readable.from([rest()]))).toEqual({
      offset: content.length,
      complete: true,
    })
    expect(content.equals(await store.readBuffer(path))).toBe(true)
    expect(await files.names()).toEqual(['film.mp4'])
  })

  test('a lost connection keeps what came; going on from the true offset gives the same file', async () => {
    await expect(appendUpload(store, upload(0), thenFails(content.subarray(0, MIN_FIRST_PART + 300)))).rejects.toThrow(
      'connection lost',
    )
    const offset = await uploadOffset(store, path, content.length)
    expect(offset).toBe(MIN_FIRST_PART + 300)
    await expect(appendUpload(store, upload(0), content)).rejects.toMatchObject({
      id: 'app.upload.upload_data.concurrent.app_error',
      status: 400,
    })
    expect(await appendUpload(store, upload(offset), content.subarray(offset))).toMatchObject({ complete: true })
    expect(content.equals(await store.readBuffer(path))).toBe(true)
  })

  test('too small a beginning is undone, a small whole file is not', async () => {
    await expect(appendUpload(store, upload(0), content.subarray(0, 100))).rejects.toMatchObject({
      id: 'app.upload.upload_data.first_part_too_small.app_error',
    })
    await expect(appendUpload(store, upload(0), thenFails(content.subarray(0, 100)))).rejects.toThrow('connection lost')
    expect(await files.names()).toEqual([])
    expect(await appendUpload(store, upload(0, 100), content.subarray(0, 100))).toEqual({ offset: 100, complete: true })
  })

  test('more than announced is refused and taken back', async () => {
    const tooMany = { id: 'api.upload.upload_data.invalid_content_length', status: 400 }
    await expect(appendUpload(store, upload(0), Buffer.concat([content, Buffer.alloc(1)]))).rejects.toMatchObject(
      tooMany,
    )
    expect(await uploadOffset(store, path, content.length)).toBe(0)
    await appendUpload(store, upload(0), first())
    await expect(
      appendUpload(store, upload(MIN_FIRST_PART), Readable.from([rest().subarray(0, 500), Buffer.alloc(501)])),
    ).rejects.toMatchObject(tooMany)
    expect(await uploadOffset(store, path, content.length)).toBe(MIN_FIRST_PART)
    expect(await appendUpload(store, upload(MIN_FIRST_PART), rest())).toMatchObject({ complete: true })
    expect(content.equals(await store.readBuffer(path))).toBe(true)
  })

  test('two parts at once: one is refused, the bytes are right', async () => {
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => appendUpload(store, upload(0), Readable.from([first()]))),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    expect(await uploadOffset(store, path, content.length)).toBe(MIN_FIRST_PART)
  })

  test('a crash before or after the last move is finished by the next request', async () => {
    await store.partial.append(path, content, 0)
    expect(await uploadOffset(store, path, content.length)).toBe(content.length)
    expect(await appendUpload(store, upload(MIN_FIRST_PART), Buffer.alloc(0))).toEqual({
      offset: content.length,
      complete: true,
    })
    expect(await uploadOffset(store, path, content.length)).toBe(content.length)
    expect(await appendUpload(store, upload(MIN_FIRST_PART), Buffer.from('again'))).toEqual({
      offset: content.length,
      complete: true,
    })
    expect(content.equals(await store.readBuffer(path))).toBe(true)
  })

  test('giving up removes the parts', async () => {
    await appendUpload(store, upload(0), first())
    await abortUpload(store, path)
    expect(await files.names()).toEqual([])
  })
})

describe('from upload to row', () => {
  const images = createImages({ maxPixels: () => 1_000_000, concurrency: 1 })
  const picture = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#345' } })

  test('an image: files beside it, fields in the row', async () => {
    const data = await picture(400, 200).png().toBuffer()
    await store.write('d/f/그림.PNG', data)
    const previews = await makePreviews({ store, images }, { path: 'd/f/그림.PNG', name: '그림.PNG' })
    expect(await store.list('d/f')).toEqual(['d/f/그림.PNG', 'd/f/그림_preview.png', 'd/f/그림_thumb.png'])
    const row = newFileInfo(
      { id: 'f', creatorId: 'u', channelId: 'c', path: 'd/f/그림.PNG', name: '그림.PNG', size: data.length, now: 5 },
      previews,
    )
    expect(row).toMatchObject({
      extension: 'png',
      mimetype: 'image/png',
      width: 400,
      height: 200,
      haspreviewimage: true,
      postid: '',
      createat: 5,
      archived: false,
    })
    expect(row).toMatchObject({ previewpath: 'd/f/그림_preview.png', thumbnailpath: 'd/f/그림_thumb.png' })
    expect(await sharp(row.minipreview!).metadata()).toMatchObject({ format: 'jpeg', width: 16, height: 16 })
  })

  test('what cannot be previewed has no preview and no error', async () => {
    const heard: unknown[] = []
    const context = { store, images, onFailure: (error: unknown) => heard.push(error) }
    const whole = await picture(900, 900).jpeg().toBuffer()
    const none = { haspreviewimage: false, previewpath: '', thumbnailpath: '', minipreview: null }
    for (const [name, data, width] of [
      ['a.svg', Buffer.from('<svg width="9" height="9"/>'), 0],
      ['a.txt', whole, 0],
      ['a.png', Buffer.alloc(0), 0],
      ['a.jpg', whole.subarray(0, whole.length / 2), 900],
      ['missing.png', null, 0],
    ] as const) {
      if (data) await store.write(name, data)
      expect(await makePreviews(context, { path: name, name })).toEqual({ ...none, width, height: width })
    }
    expect(heard).toHaveLength(3)
    expect((await files.names()).filter((name) => /_(preview|thumb)/.test(name))).toEqual([])
  })

  test('a full disk while writing previews: no preview, no half of one', async () => {
    await store.write('a.png', await picture(40, 20).png().toBuffer())
    const full: FileStore = {
      ...store,
      write: (path, data) =>
        path.includes('_preview') ? Promise.reject(new FileStoreError('full', 'x')) : store.write(path, data),
    }
    expect(await makePreviews({ store: full, images }, { path: 'a.png', name: 'a.png' })).toMatchObject({
      haspreviewimage: false,
      thumbnailpath: '',
      width: 40,
    })
    expect(await files.names()).toEqual(['a.png'])
  })

  test('above MaxImageResolution is the one error', async () => {
    await store.write('a.png', await picture(2000, 501).png().toBuffer())
    await expect(makePreviews({ store, images }, { path: 'a.png', name: 'a.png' })).rejects.toMatchObject({
      id: 'api.file.upload_file.large_image_detailed.app_error',
      status: 400,
      params: { Filename: 'a.png', Width: 2000, Height: 501 },
    })
  })

  test('the row of a plain file is cleaned and complete', () => {
    const row = newFileInfo({
      id: 'f',
      creatorId: 'u',
      channelId: 'c',
      path: 'p',
      name: '../x\u202e.TXT',
      size: 0,
      now: 1,
    })
    expect(row).toMatchObject({
      name: 'x.TXT',
      extension: 'txt',
      mimetype: 'text/plain',
      width: 0,
      haspreviewimage: false,
      remoteid: '',
      content: '',
    })
  })
})

test('the limit for a first part is 5 MiB', () => expect(MIN_FIRST_PART).toBe(5 * MiB))
