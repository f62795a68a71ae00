import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTestStore } from '../../../testkit/file-storage.ts'
import type { TestStore } from '../../../testkit/file-storage.ts'
import type { FileStore } from './file-store.ts'

// What every driver promises; e2e/storage runs this file on S3 too.

let files: TestStore
let store: FileStore

beforeEach(async () => {
  files = await openTestStore()
  store = files.store
})
afterEach(() => files.stop())

async function* brokenAfter(bytes: number, error: Error): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(bytes, 'x')
  throw error
}

describe('round trips', () => {
  test('writes, reads, sizes, ranges', async () => {
    expect(await store.write('a/b/c.txt', Buffer.from('hello world'))).toBe(11)
    expect(await store.size('a/b/c.txt')).toBe(11)
    expect((await store.readBuffer('a/b/c.txt')).toString()).toBe('hello world')
    expect((await buffer(await store.read('a/b/c.txt', { start: 6, end: 8 }))).toString()).toBe('wor')
    expect(await store.write('a/b/c.txt', Readable.from([Buffer.from('new'), Buffer.from('er')]))).toBe(5)
    expect((await store.readBuffer('a/b/c.txt')).toString()).toBe('newer')
    expect(await store.write('empty', Buffer.alloc(0))).toBe(0)
    expect(await store.size('empty')).toBe(0)
    expect((await files.names()).toSorted()).toEqual(['c.txt', 'empty'])
  })

  test('moves, copies, lists, removes', async () => {
    await store.write('d/one', Buffer.from('1'))
    await store.copy('d/one', 'd/e/two')
    await store.move('d/one', 'd/three')
    expect(await store.list('d')).toEqual(['d/e', 'd/three'])
    expect(await store.exists('d/one')).toBe(false)
    expect((await store.readBuffer('d/e/two')).toString()).toBe('1')
    await store.remove('d/three')
    await store.remove('d/three')
    await store.removeDir('d')
    await store.removeDir('d')
    expect(await store.list('d')).toEqual([])
  })

  test('says not_found for what is missing or no file', async () => {
    await store.write('d/one', Buffer.from('1'))
    for (const path of ['nothing', 'd', 'd/one/below']) {
      await expect(store.read(path)).rejects.toMatchObject({ code: 'not_found' })
      await expect(store.size(path)).rejects.toMatchObject({ code: 'not_found' })
      await expect(store.move(path, 'elsewhere')).rejects.toMatchObject({ code: 'not_found' })
    }
    expect(await store.exists('d')).toBe(false)
  })

  test('readBuffer refuses more than asked for', async () => {
    await store.write('big', Buffer.alloc(100))
    await expect(store.readBuffer('big', 99)).rejects.toMatchObject({ code: 'too_large' })
  })

  test('lends a file on the disk for as long as somebody works on it', async () => {
    await store.write('d/one', Buffer.from('one'))
    const seen = await store.onDisk('d/one', (path) => readFile(path, 'utf8'))
    expect(seen).toBe('one')
    await expect(store.onDisk('missing', () => Promise.resolve())).rejects.toMatchObject({ code: 'not_found' })
  })

  test('works, says so, and leaves no trace of having been asked', async () => {
    await store.check()
    expect(await files.names()).toEqual([])
  })

  test.each(['가나다/한글 파일 (최종).txt', "a+b/%2F&=?#;'!*~@$,:.x", 'emoji 👩‍👩‍👧/x y', '.tmp2/..hidden'])(
    'keeps a path as it is: %s',
    async (path) => {
      await store.write(path, Buffer.from(path))
      await store.copy(path, `${path}.copy`)
      expect((await store.readBuffer(`${path}.copy`)).toString()).toBe(path)
      expect(await store.list(path.split('/')[0]!)).toEqual([path, `${path}.copy`])
    },
  )
})

describe('files in parts', () => {
  test('need the true offset, and are nowhere to be seen until they are whole', async () => {
    expect(await store.partial.size('p')).toBeNull()
    expect(await store.partial.append('p', Buffer.from('abc'), 0)).toBe(3)
    await expect(store.partial.append('p', Buffer.from('zzz'), 0)).rejects.toMatchObject({ code: 'wrong_offset' })
    await expect(store.partial.append('p', Buffer.from('zzz'), 4)).rejects.toMatchObject({ code: 'wrong_offset' })
    expect(await store.partial.append('p', Readable.from([Buffer.from('de')]), 3)).toBe(5)
    await store.partial.truncate('p', 2)
    expect(await store.partial.size('p')).toBe(2)
    expect(await store.partial.append('p', Buffer.from('X'), 2)).toBe(3)
    expect(await store.exists('p')).toBe(false)
    await store.partial.finish('p')
    expect((await store.readBuffer('p')).toString()).toBe('abX')
    expect(await store.partial.size('p')).toBeNull()
    expect(await files.names()).toEqual(['p'])
    await expect(store.partial.finish('p')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('keep what arrived before the stream broke, and are forgotten when they are given up', async () => {
    await expect(store.partial.append('p', brokenAfter(7, new Error('gone')), 0)).rejects.toThrow('gone')
    expect(await store.partial.size('p')).toBe(7)
    await store.partial.remove('p')
    await store.partial.remove('p')
    expect(await files.names()).toEqual([])
  })

  test('may grow and shrink across the borders of what is stored at once', async () => {
    const MiB = 1024 * 1024
    const content = randomBytes(13 * MiB)
    const put = (from: number, to: number) => store.partial.append('d/film', content.subarray(from, to), from)
    await put(0, 4 * MiB)
    await put(4 * MiB, 12 * MiB + 5)
    await store.partial.truncate('d/film', 6 * MiB)
    await put(6 * MiB, 10 * MiB)
    await put(10 * MiB, 13 * MiB)
    await store.partial.finish('d/film')
    expect(content.equals(await store.readBuffer('d/film'))).toBe(true)
    expect(await files.names()).toEqual(['film'])
  })
})

describe('hostile paths', () => {
  const refused = { code: 'invalid_path' }
  const outside = ['', '/', '.', '..', '../x', 'a/../../x', 'a/..', '/etc/passwd', 'a\0b', 'a/'.repeat(1100)]

  test.each(outside.map((path) => [path]))('%j is refused everywhere', async (path) => {
    await store.write('a', Buffer.from('x'))
    const attempts: (() => Promise<unknown>)[] = [
      () => store.write(path, Buffer.from('x')),
      () => store.partial.append(path, Buffer.from('x'), 0),
      () => store.partial.finish(path),
      () => store.read(path),
      () => store.readBuffer(path),
      () => store.exists(path),
      () => store.stat(path),
      () => store.remove(path),
      () => store.removeDir(path),
      () => store.move('a', path),
      () => store.copy('a', path),
      () => store.onDisk(path, () => Promise.resolve()),
    ]
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(refused)
    expect(await files.names()).toEqual(['a'])
  })

  test('refuses values that are not text', async () => {
    for (const path of [null, undefined, 7, {}, ['a']]) {
      await expect(store.read(path as unknown as string)).rejects.toMatchObject({ code: 'invalid_path' })
    }
  })
})

describe('failures', () => {
  test('a broken stream leaves the old content and no partial file', async () => {
    await store.write('f', Buffer.from('old'))
    await expect(store.write('f', brokenAfter(100_000, new Error('gone')))).rejects.toThrow('gone')
    expect((await store.readBuffer('f')).toString()).toBe('old')
    expect(await files.names()).toEqual(['f'])
  })

  test('a stream is destroyed when its path is refused', async () => {
    const stream = Readable.from([Buffer.from('x')])
    await expect(store.write('../x', stream)).rejects.toMatchObject({ code: 'invalid_path' })
    expect(stream.destroyed).toBe(true)
  })

  test('concurrent writes of one path: one of them whole, never a mixture', async () => {
    const contents = Array.from({ length: 8 }, (_, i) => Buffer.alloc(50_000, String(i)))
    const halves = (content: Buffer) => Readable.from([content.subarray(0, 25_000), content.subarray(25_000)])
    await Promise.all(contents.map((content) => store.write('new/dir/same', halves(content))))
    const result = await store.readBuffer('new/dir/same')
    expect(contents.some((content) => content.equals(result))).toBe(true)
    expect(await files.names()).toEqual(['same'])
  })
})
