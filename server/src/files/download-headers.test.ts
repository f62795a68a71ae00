import { describe, expect, test } from 'vitest'
import { contentDisposition, downloadHeaders, isNotModified, parseRange, rangeStillValid } from './download-headers.ts'
import { isInlineType, isPreviewable, mimeType, servedType } from './mime.ts'
import { isPublicLinkHash, publicLink, publicLinkHash } from './public-link.ts'

test('mimeType by extension', () => {
  expect(mimeType('PNG')).toBe('image/png')
  expect(mimeType('hwp')).toBe('application/x-hwp')
  expect(mimeType('txt')).toBe('text/plain')
  for (const odd of ['', 'nope', '__proto__', 'constructor', 'toString'])
    expect(mimeType(odd)).toBe('application/octet-stream')
})

test('what may run is served as text, and never inline', () => {
  for (const type of [
    'text/html',
    'TEXT/HTML; charset=utf-8',
    'application/xhtml+xml',
    'text/javascript',
    'application/javascript',
    'application/x-javascript',
    'text/ecmascript',
    'text/xml',
    'application/xml',
    'application/rss+xml',
    'application/xslt+xml',
    'message/rfc822',
    'multipart/x-mixed-replace',
  ]) {
    expect(servedType(type)).toBe('text/plain')
    expect(isInlineType(type)).toBe(false)
  }
  expect(servedType('image/svg+xml')).toBe('image/svg+xml')
  expect(isInlineType('image/svg+xml')).toBe(false)
  expect(isPreviewable('image/svg+xml; x=y')).toBe(false)
  expect(isPreviewable('image/png')).toBe(true)
  expect(isInlineType('application/pdf')).toBe(false)
  expect(servedType('application/pdf')).toBe('application/pdf')
  for (const broken of ['', 'x', 'a/b\r\nSet-Cookie: x', 'a b/c'])
    expect(servedType(broken)).toBe('application/octet-stream')
})

describe('Content-Disposition', () => {
  test('is ASCII whatever the name', () => {
    expect(contentDisposition("한글 '(1)*.txt", false)).toBe(
      `attachment; filename="%ED%95%9C%EA%B8%80%20%27%281%29%2A.txt"; filename*=UTF-8''%ED%95%9C%EA%B8%80%20%27%281%29%2A.txt`,
    )
    for (const name of ['a"; x="b', 'a\r\nSet-Cookie: x=1', 'bad\ud800', 'a\\"b']) {
      expect(contentDisposition(name, true)).toMatch(/^inline; filename="[\w%.~-]*"; filename\*=UTF-8''[\w%.~-]*$/)
    }
  })

  test('download forces attachment', () => {
    const file = { name: 'a.png', mimeType: 'image/png', modifiedAt: 1_000_000_000_000 }
    expect(downloadHeaders(file)['Content-Disposition']).toMatch(/^inline/)
    expect(downloadHeaders({ ...file, download: true })['Content-Disposition']).toMatch(/^attachment/)
    expect(downloadHeaders(file)['Last-Modified']).toBe('Sun, 09 Sep 2001 01:46:40 GMT')
  })
})

test.each([
  [undefined, 100, null],
  ['bytes=0-0', 100, { start: 0, end: 0 }],
  ['bytes=10-', 100, { start: 10, end: 99 }],
  ['bytes=10-1000', 100, { start: 10, end: 99 }],
  ['bytes=-10', 100, { start: 90, end: 99 }],
  ['bytes=-1000', 100, { start: 0, end: 99 }],
  ['bytes=-0', 100, 'unsatisfiable'],
  ['bytes=100-', 100, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-5', 0, 'unsatisfiable'],
  ['bytes=9-5', 100, null],
  ['bytes=-', 100, null],
  ['bytes=0-1,5-6', 100, null],
  ['lines=0-1', 100, null],
  ['bytes=abc', 100, null],
  ['bytes=99999999999999999999-', 100, null],
  [['bytes=0-1'], 100, null],
])('parseRange(%j, %j)', (header, size, expected) => expect(parseRange(header, size)).toEqual(expected))

test('conditional requests', () => {
  const entity = { etag: '10.11.20.x', modifiedAt: 1_000_000_000_999 }
  expect(isNotModified({ 'if-none-match': '10.11.20.x' }, entity)).toBe(true)
  expect(isNotModified({ 'if-none-match': 'y', 'if-modified-since': 'Sun, 09 Sep 2033 01:46:40 GMT' }, entity)).toBe(
    false,
  )
  expect(isNotModified({ 'if-modified-since': 'Sun, 09 Sep 2001 01:46:40 GMT' }, entity)).toBe(true)
  expect(isNotModified({ 'if-modified-since': 'Sun, 09 Sep 2001 01:46:39 GMT' }, entity)).toBe(false)
  expect(isNotModified({ 'if-modified-since': 'rubbish' }, entity)).toBe(false)
  expect(rangeStillValid(undefined, entity)).toBe(true)
  expect(rangeStillValid('10.11.20.x', entity)).toBe(true)
  expect(rangeStillValid('Sun, 09 Sep 2001 01:46:40 GMT', entity)).toBe(true)
  expect(rangeStillValid('Sun, 09 Sep 2001 01:46:41 GMT', entity)).toBe(false)
  expect(rangeStillValid('W/"x"', entity)).toBe(false)
})

test('public links', () => {
  const hash = publicLinkHash('f'.repeat(26), 's'.repeat(32))
  expect(hash).toMatch(/^[\w-]{43}$/)
  expect(publicLink('https://chat', 'id', 'salt')).toBe(
    `https://chat/files/id/public?h=${publicLinkHash('id', 'salt')}`,
  )
  expect(publicLinkHash('c', 'ab')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0') // SHA-256 of "abc"
  expect(isPublicLinkHash(hash, 'f'.repeat(26), 's'.repeat(32))).toBe(true)
  for (const wrong of ['', hash + '=', hash.toLowerCase(), null, {}, [hash], '한'.repeat(43)]) {
    expect(isPublicLinkHash(wrong, 'f'.repeat(26), 's'.repeat(32))).toBe(false)
  }
  expect(isPublicLinkHash(publicLinkHash('id', ''), 'id', '')).toBe(false)
  expect(() => publicLink('https://chat', 'id', '')).toThrow('PublicLinkSalt')
})
