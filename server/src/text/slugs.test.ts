import { describe, expect, test } from 'vitest'

import * as slugs from './slugs.ts'

const NOT_TEXT = [undefined, null, 1, {}, [], ['abc']]

describe('names', () => {
  test.each(['dev', 'a1', 'my-team', 'a--b', 'one__two', 'x'.repeat(64), '12'])('team %s is valid', (name) => {
    expect(slugs.isValidTeamName(name)).toBe(true)
  })
  test.each([
    'a',
    '',
    'Dev',
    '-dev',
    'dev-',
    'a_b',
    'a__b__c',
    '__ab',
    'a b',
    '팀',
    'x'.repeat(65),
    'dev\n',
    ...NOT_TEXT,
  ])('team %j is refused', (name) => {
    expect(slugs.isValidTeamName(name)).toBe(false)
  })
  test.each(['admin', 'api', 'apis', 'channels', 'posters', 'plugin', 'helpdesk', 'mfa-team'])(
    'team %s is reserved',
    (name) => {
      expect(slugs.isReservedTeamName(name)).toBe(true)
      expect(slugs.isValidTeamName(name)).toBe(false)
    },
  )

  test.each(['a', 'town-square', 'a_b', 'a__b', '0-', 'x'.repeat(64)])('channel %s is valid', (name) => {
    expect(slugs.isValidChannelName(name)).toBe(true)
  })
  test.each([
    '',
    '-a',
    '_a',
    'A',
    'a b',
    '채널',
    'x'.repeat(65),
    'f'.repeat(40),
    `${'a'.repeat(26)}__${'b'.repeat(26)}`,
    ...NOT_TEXT,
  ])('channel %j is refused', (name) => {
    expect(slugs.isValidChannelName(name)).toBe(false)
  })

  test.each(['a', 'bob', 'bob.smith', '_x', '1', '-', 'x'.repeat(64)])('username %s is valid', (name) => {
    expect(slugs.isValidUsername(name)).toBe(true)
  })
  test.each([
    '',
    'Bob',
    'a b',
    'a@b',
    '홍길동',
    'x'.repeat(65),
    'all',
    'channel',
    'here',
    'matterbot',
    'system',
    'a\n',
    ...NOT_TEXT,
  ])('username %j is refused', (name) => {
    expect(slugs.isValidUsername(name)).toBe(false)
  })

  test.each(['a@b.com', 'bob@localhost', "o'neil+x@a-b.co.kr", '한글@예.한국', `${'x'.repeat(120)}@abc.com`])(
    'e-mail %s is valid',
    (email) => {
      expect(slugs.isValidEmail(email)).toBe(true)
    },
  )
  test.each([
    '',
    'a',
    '@b.com',
    'a@',
    'a@b@c',
    'A@b.com',
    'a b@c.com',
    'a@b.com\r\nBcc: x@y.z',
    'a@b.com,c@d',
    '"x"@b.com',
    'Bob <a@b.com>',
    'a..b@c.com',
    '.a@c.com',
    'a@c.com.',
    'a\0@b.com',
    'a\u200b@b.com',
    `${'x'.repeat(121)}@abc.com`,
    ...NOT_TEXT,
  ])('e-mail %j is refused', (email) => {
    expect(slugs.isValidEmail(email)).toBe(false)
  })
})

describe('text', () => {
  test.each<[string, number]>([
    ['', 0],
    ['abc', 3],
    ['한글', 2],
    ['😀a', 2],
    ['\ud83d', 1],
    ['\ud83da\ude00', 3],
    ['👨‍👩‍👧', 5],
  ])('%j has %i runes', (text, count) => {
    expect(slugs.runes(text)).toBe(count)
  })

  test.each<[string, number, string]>([
    ['abc', 5, 'abc'],
    ['abc', 2, 'ab'],
    ['😀😀', 1, '😀'],
    ['a😀b', 2, 'a😀'],
    ['abc', 0, ''],
  ])('%j cut to %i', (text, max, expected) => {
    expect(slugs.truncateRunes(text, max)).toBe(expected)
  })

  test('what PostgreSQL refuses is found and taken out', () => {
    expect(slugs.isStorableText('한글 😀')).toBe(true)
    expect(slugs.isStorableText('a\0b')).toBe(false)
    expect(slugs.isStorableText('\ud83d')).toBe(false)
    expect(slugs.storableText('a\0b\ud83dc')).toBe('ab\ufffdc')
  })

  test('also deep inside JSON, keys included', () => {
    expect(slugs.isStorableJson({ a: [1, null, 'x', { b: true }] })).toBe(true)
    expect(slugs.isStorableJson({ a: [{ 'k\0': 1 }] })).toBe(false)
    expect(slugs.isStorableJson(['\udc00'])).toBe(false)
    let deep: unknown = 'x\0'
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(slugs.isStorableJson(deep)).toBe(false)
  })
})

test('names of direct and group channels', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(26)) as [string, string, string]
  expect(slugs.directChannelName(b, a)).toBe(`${a}__${b}`)
  expect(slugs.directChannelName(a, a)).toBe(`${a}__${a}`)
  expect(slugs.isDirectChannelName(slugs.directChannelName(a, b))).toBe(true)
  expect(slugs.groupChannelName([c, a, b])).toBe(slugs.groupChannelName([a, b, c]))
  expect(slugs.groupChannelName(['abc'])).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
  expect(slugs.isGroupChannelName(slugs.groupChannelName([a, b, c]))).toBe(true)
})
