import { describe, expect, test } from 'vitest'
import {
  emojiPath,
  fileExtension,
  fileName,
  oldBrandImagePath,
  previewPath,
  storedName,
  thumbnailPath,
  uploadPath,
} from './paths.ts'

describe('fileName', () => {
  test.each([
    ['report.pdf', 'report.pdf'],
    ['한글 문서.hwp', '한글 문서.hwp'],
    ['한글.txt'.normalize('NFD'), '한글.txt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\fakepath\\a.png', 'a.png'],
    ['a/b/', 'file'],
    ['a\0b\r\n\x1b[31m.txt', 'ab[31m.txt'],
    ['invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['\u2066x\u2069\u200f\ufeff.txt', 'x.txt'],
    ['👩\u200d💻.png', '👩\u200d💻.png'],
    ['bad\ud800.txt', 'bad\ufffd.txt'],
    ['  spaced .txt ', 'spaced .txt'],
    ['.bashrc', '.bashrc'],
    ['..', 'file'],
    ['.', 'file'],
    ['', 'file'],
    ['\u202e', 'file'],
    [null, 'file'],
    [{}, 'file'],
    [['a.txt'], 'file'],
  ])('%j → %j', (given, expected) => expect(fileName(given)).toBe(expected))

  test('cuts to 256 characters and keeps the extension', () => {
    const name = fileName('가'.repeat(1000) + '.tar.gz')
    expect([...name]).toHaveLength(256)
    expect(name.endsWith('가.gz')).toBe(true)
    expect([...fileName('a.' + 'x'.repeat(1000))]).toHaveLength(256)
    expect([...fileName('😀'.repeat(500) + '.png')]).toHaveLength(256)
    expect(fileName('x'.repeat(10_000_000))).toHaveLength(256)
  })
})

test('a stored name fits the disk with everything that is added to it', () => {
  for (const name of ['가'.repeat(256), '😀'.repeat(256) + '.jpeg', 'a.' + '한'.repeat(300), 'x'.repeat(300)]) {
    const stored = storedName(name)
    expect(Buffer.byteLength(stored + '_preview.png.tmp')).toBeLessThanOrEqual(255)
    expect(stored.isWellFormed()).toBe(true)
  }
  expect(storedName('a.png')).toBe('a.png')
  expect(storedName('😀'.repeat(256) + '.jpeg')).toMatch(/😀\.jpeg$/u)
})

test('fileExtension', () => {
  expect(fileExtension('A.TAR.GZ')).toBe('gz')
  expect(fileExtension('none')).toBe('')
  expect(fileExtension('dot.')).toBe('')
  expect(fileExtension('.bashrc')).toBe('bashrc')
  expect(fileExtension('a.' + '한'.repeat(100))).toBe('한'.repeat(64))
})

test('stored path forms', () => {
  const now = new Date(2026, 0, 5, 23, 59).getTime() // the server's own day
  expect(uploadPath(now, 'c', 'u', 'f', 'a/b 그림.PNG')).toBe('20260105/teams/noteam/channels/c/users/u/f/b 그림.PNG')
  expect(previewPath('x.y/a.b.PNG', 'png')).toBe('x.y/a.b_preview.png')
  expect(thumbnailPath('x.y/noext', 'jpg')).toBe('x.y/noext_thumb.jpg')
  expect(emojiPath('e')).toBe('emoji/e/image')
  expect(oldBrandImagePath(0)).toBe('brand/1970-01-01T00-00-00.png')
  const longest = uploadPath(now, 'c'.repeat(26), 'u'.repeat(26), 'f'.repeat(26), 'x'.repeat(400) + '.png')
  expect(previewPath(longest, 'png').length).toBeLessThanOrEqual(512)
})
