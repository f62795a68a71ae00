import { describe, expect, test } from 'vitest'

import { mentionWords, nameCandidates, possibleAtMentions, possibleChannelMentions } from './mentions.ts'

describe('words', () => {
  test.each<[string, string[]]>([
    ['hello, @bob! how (are) you?', ['hello', '@bob', 'how', 'are', 'you']],
    [':smile: :a:b: ok', ['ok']],
    ['...dots --dash __under :colon', ['dots', 'dash', 'under', 'colon']],
    ['a.b-c_d:e', ['a.b-c_d:e']],
    ['홍길동님께, 안녕하세요', ['홍길동님께', '안녕하세요']],
    ['... :: -', []],
    ['x@y.com **@bob** _@eve_', ['x@y.com', '@bob', '@eve_']],
    ['हिन्दी', ['हिन्दी']],
  ])('%j', (text, expected) => {
    expect([...mentionWords(text)]).toEqual(expected)
  })
})

describe('candidates of a name', () => {
  test.each<[string, string[]]>([
    ['Bob', ['bob']],
    ['bob.', ['bob.', 'bob']],
    ['bob._-', ['bob._-', 'bob._', 'bob.', 'bob']],
    ['bob님께', ['bob']],
    ['홍길동', []],
    ['...', ['...', '..', '.']],
  ])('%j', (written, expected) => {
    expect(nameCandidates(written)).toEqual(expected)
  })

  test('are never longer than a name may be, however much is written', () => {
    expect(nameCandidates('a' + '.'.repeat(16_000))).toHaveLength(64)
    expect(nameCandidates('a'.repeat(65))).toEqual([])
  })
})

test.each<[string, string[]]>([
  ['@bob and @Eve, @bob', ['bob', 'eve']],
  ['@bob. cc:@eve', ['bob.', 'bob', 'eve']],
  ['mail bob@example.com', []],
  ['@gildong님 안녕하세요', ['gildong']],
  ['@all @here. @channel @all-hands', ['all-hands']],
  ['`@code` [@text](http://x/@target)', ['text']],
  ['@', []],
])('at-mentions of %j', (message, expected) => {
  expect(possibleAtMentions(message)).toEqual(expected)
})

test.each<[string, string[]]>([
  ['see ~town-square and ~Off-Topic.', ['town-square', 'off-topic.', 'off-topic']],
  ['~배포 a~b ~~struck~~ ~~~in-struck~~', ['in-struck']],
  ['~dev채널에서', ['dev']],
  ['`~code` (~ok)', ['ok']],
  ['~one ~one', ['one']],
])('channel mentions of %j', (message, expected) => {
  expect(possibleChannelMentions(message)).toEqual(expected)
})
