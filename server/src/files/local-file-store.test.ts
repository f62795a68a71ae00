import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

describe('round trips', () => {
  test('keeps others out: directories 0750, files 0600', async () => {
    await store.write('a/b.txt', Buffer.from('x'))
    await store.partial.append('a/c.txt', Buffer.from('x'), 0)
    expect((await stat(join(root, 'a'))).mode & 0o027).toBe(0)
    expect((await stat(join(root, 'a/b.txt'))).mode & 0o777).toBe(0o600)
    expect((await stat(join(root, 'a/c.txt.tmp'))).mode & 0o777).toBe(0o600)
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
    await expect(store.partial.append(path, Buffer.from('x'), 0)).rejects.toMatchObject(refused)
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

  test('never follows a link out of the root, nor a link planted as a file', async () => {
    await mkdir(join(home, 'outside'))
    await writeFile(join(home, 'outside/secret'), 'secret')
    await symlink(join(home, 'outside'), join(root, 'linkdir'))
    await symlink(join(home, 'outside/secret'), join(root, 'linkfile'))
    await symlink(join(home, 'outside/secret'), join(root, 'linkpart.tmp'))
    await symlink(join(home, 'outside/new'), join(root, 'dangling'))
    for (const path of ['linkdir/secret', 'linkdir/sub/new', 'dangling/x']) {
      await expect(store.read(path)).rejects.toMatchObject({ code: 'invalid_path' })
      await expect(store.write(path, Buffer.from('x'))).rejects.toMatchObject({ code: 'invalid_path' })
      await expect(store.partial.append(path, Buffer.from('x'), 0)).rejects.toMatchObject({ code: 'invalid_path' })
    }
    await expect(store.list('linkdir')).rejects.toMatchObject({ code: 'invalid_path' })
    await expect(store.read('linkfile')).rejects.toMatchObject({ code: 'invalid_path' })
    await expect(store.partial.append('linkpart', Buffer.from('x'), 6)).rejects.toMatchObject({ code: 'invalid_path' })
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

  test('sweeps what a crash left, and nothing younger', async () => {
    await writeFile(join(root, '.tmp/old'), 'x')
    await writeFile(join(root, '.tmp/young'), 'x')
    await utimes(join(root, '.tmp/old'), 1000, 1000)
    expect(await store.sweepTemp(2_000_000)).toBe(1)
    expect(await tempFiles()).toEqual(['young'])
  })
})
