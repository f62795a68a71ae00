import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toStoreError } from './file-store.ts'
import type { LocalFileStore } from './local-file-store.ts'
import { openLocalFileStore } from './local-file-store.ts'

let home: string
let root: string
let store: LocalFileStore

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'files-'))
  root = join(home, 'data')
  store = await openLocalFileStore(root)
})

afterEach(() => rm(home, { recursive: true, force: true }))

const tempFiles = () => readdir(join(root, '.tmp'))

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
    expect(await tempFiles()).toEqual([])
  })

  test('keeps others out: directories 0750, files 0600', async () => {
    await store.write('a/b.txt', Buffer.from('x'))
    await store.append('a/c.txt', Buffer.from('x'), 0)
    expect((await stat(join(root, 'a'))).mode & 0o027).toBe(0)
    expect((await stat(join(root, 'a/b.txt'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(root, 'a/c.txt'))).mode & 0o777).toBe(0o600)
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
})

describe('append', () => {
  test('needs the true offset', async () => {
    expect(await store.append('p', Buffer.from('abc'), 0)).toBe(3)
    await expect(store.append('p', Buffer.from('zzz'), 0)).rejects.toMatchObject({ code: 'wrong_offset' })
    await expect(store.append('p', Buffer.from('zzz'), 4)).rejects.toMatchObject({ code: 'wrong_offset' })
    expect(await store.append('p', Readable.from([Buffer.from('de')]), 3)).toBe(5)
    expect((await store.readBuffer('p')).toString()).toBe('abcde')
    await store.truncate('p', 2)
    expect((await store.readBuffer('p')).toString()).toBe('ab')
  })

  test('keeps what arrived before the stream broke', async () => {
    await expect(store.append('p', brokenAfter(7, new Error('gone')), 0)).rejects.toThrow('gone')
    expect(await store.size('p')).toBe(7)
  })
})

describe('hostile paths', () => {
  const hostile = [
    '',
    '/',
    '.',
    '..',
    '../x',
    'a/../../x',
    'a/..',
    '/etc/passwd',
    'a\0b',
    '.tmp/x',
    './.tmp/x',
    'a/' + 'x'.repeat(256),
    'a/'.repeat(1100),
  ]

  test.each(hostile.map((path) => [path]))('refuses %j everywhere', async (path) => {
    const refused = { code: 'invalid_path' }
    await expect(store.write(path, Buffer.from('x'))).rejects.toMatchObject(refused)
    await expect(store.append(path, Buffer.from('x'), 0)).rejects.toMatchObject(refused)
    await expect(store.read(path)).rejects.toMatchObject(refused)
    await expect(store.readBuffer(path)).rejects.toMatchObject(refused)
    await expect(store.exists(path)).rejects.toMatchObject(refused)
    await expect(store.stat(path)).rejects.toMatchObject(refused)
    await expect(store.remove(path)).rejects.toMatchObject(refused)
    await expect(store.removeDir(path)).rejects.toMatchObject(refused)
    await store.write('a', Buffer.from('x'))
    await expect(store.move('a', path)).rejects.toMatchObject(refused)
    await expect(store.copy('a', path)).rejects.toMatchObject(refused)
    await expect(store.localPath(path)).rejects.toMatchObject(refused)
    expect(await readdir(home)).toEqual(['data'])
  })

  test('refuses values that are not text', async () => {
    for (const path of [null, undefined, 7, {}, ['a']]) {
      await expect(store.read(path as unknown as string)).rejects.toMatchObject({ code: 'invalid_path' })
    }
  })

  test('never follows a link out of the root, nor a link planted as a file', async () => {
    await mkdir(join(home, 'outside'))
    await writeFile(join(home, 'outside/secret'), 'secret')
    await symlink(join(home, 'outside'), join(root, 'linkdir'))
    await symlink(join(home, 'outside/secret'), join(root, 'linkfile'))
    await symlink(join(home, 'outside/new'), join(root, 'dangling'))
    for (const path of ['linkdir/secret', 'linkdir/sub/new', 'dangling/x']) {
      await expect(store.read(path)).rejects.toMatchObject({ code: 'invalid_path' })
      await expect(store.write(path, Buffer.from('x'))).rejects.toMatchObject({ code: 'invalid_path' })
      await expect(store.append(path, Buffer.from('x'), 0)).rejects.toMatchObject({ code: 'invalid_path' })
    }
    await expect(store.list('linkdir')).rejects.toMatchObject({ code: 'invalid_path' })
    await expect(store.read('linkfile')).rejects.toMatchObject({ code: 'invalid_path' })
    await expect(store.append('linkfile', Buffer.from('x'), 6)).rejects.toMatchObject({ code: 'invalid_path' })
    await expect(store.copy('linkfile', 'copy')).rejects.toMatchObject({ code: 'invalid_path' })
    await expect(store.localPath('linkfile')).rejects.toMatchObject({ code: 'not_found' })
    await store.write('linkfile', Buffer.from('replaced')) // replaces the link itself
    await store.removeDir('linkdir')
    expect(await readdir(join(home, 'outside'))).toEqual(['secret'])
    expect(await readFile(join(home, 'outside/secret'), 'utf8')).toBe('secret')
  })

  test('the data directory itself may be a link, and links inside may point inside', async () => {
    await symlink(root, join(home, 'alias'))
    const other = await openLocalFileStore(join(home, 'alias'))
    await other.write('real/x', Buffer.from('1'))
    await symlink(join(root, 'real'), join(root, 'inner'))
    expect((await store.readBuffer('inner/x')).toString()).toBe('1')
  })
})

describe('failures', () => {
  test('a broken stream leaves the old content and no partial file', async () => {
    await store.write('f', Buffer.from('old'))
    await expect(store.write('f', brokenAfter(100_000, new Error('gone')))).rejects.toThrow('gone')
    expect((await store.readBuffer('f')).toString()).toBe('old')
    expect(await tempFiles()).toEqual([])
  })

  test('a stream is destroyed when its path is refused', async () => {
    const stream = Readable.from([Buffer.from('x')])
    await expect(store.write('../x', stream)).rejects.toMatchObject({ code: 'invalid_path' })
    expect(stream.destroyed).toBe(true)
  })

  test('a target that is a directory: error, no partial file', async () => {
    await store.write('dir/file', Buffer.from('1'))
    await expect(store.write('dir', Buffer.from('2'))).rejects.toMatchObject({ name: 'FileStoreError' })
    expect(await tempFiles()).toEqual([])
  })

  test('a full disk or quota is told as such', () => {
    for (const code of ['ENOSPC', 'EDQUOT']) {
      const error = toStoreError(Object.assign(new Error('x'), { code }), 'write', 'a/b')
      expect(error.code).toBe('full')
      expect(error.message).toMatch(/write a\/b .*no space/)
    }
  })

  test('concurrent writes of one path: one of them whole, never a mixture', async () => {
    const contents = Array.from({ length: 8 }, (_, i) => Buffer.alloc(50_000, String(i)))
    const halves = (content: Buffer) => Readable.from([content.subarray(0, 25_000), content.subarray(25_000)])
    await Promise.all(contents.map((content) => store.write('new/dir/same', halves(content))))
    const result = await store.readBuffer('new/dir/same')
    expect(contents.some((content) => content.equals(result))).toBe(true)
    expect(await tempFiles()).toEqual([])
  })

  test('sweeps what a crash left, and nothing younger', async () => {
    await writeFile(join(root, '.tmp/old'), 'x')
    await writeFile(join(root, '.tmp/young'), 'x')
    await utimes(join(root, '.tmp/old'), 1000, 1000)
    expect(await store.sweepTemp(2_000_000)).toBe(1)
    expect(await tempFiles()).toEqual(['young'])
  })
})
