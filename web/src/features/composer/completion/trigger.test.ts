import { expect, test } from 'vitest'
import { searchable } from './searchable.ts'
import { findTrigger } from './trigger.ts'

test.each([
  ['@', 'person', ''],
  ['hi @an', 'person', 'an'],
  ['안녕@홍', 'person', '홍'],
  ['(@ㅎㄱ', 'person', 'ㅎㄱ'],
  ['see ~off', 'channel', 'off'],
  ['so :sm', 'emoji', 'sm'],
  ['so :웃', 'emoji', '웃'],
  ['/jo', 'command', 'jo'],
  ['/invite @an', 'person', 'an'],
  ['/invite someone', 'command', 'invite someone'],
  ['```py', 'language', 'py'],
])('%j asks for a %s %j', (before, kind, query) => expect(findTrigger(before)).toMatchObject({ kind, query }))

test.each([
  'a@b',
  'me@example.com',
  '~~old',
  'a:b',
  ':D',
  ':p',
  'at 10:30',
  '`code @an',
  '```\n@an',
  'text /jo',
  '//x',
  '```\n```py',
])('%j asks for nothing', (before) => expect(findTrigger(before)).toBeNull())

test.each([
  ['anna', 'anna'],
  ['홍길', '홍'],
  ['ㅎㄱㄷ', ''],
  ['홍ㄱ', '홍'],
])('of %j the server is asked %j', (query, expected) => expect(searchable(query)).toBe(expected))
