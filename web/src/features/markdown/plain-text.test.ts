import { describe, expect, test } from 'vitest'
import { compileHighlights, mentionHighlights, searchHighlights } from './highlight-terms.ts'
import { parseMarkdown } from './parse.ts'
import { inlineText, isEmojiOnly, plainText } from './plain-text.ts'
import { singleLine } from './single-line.ts'

const known = (name: string): boolean => ['smile', '+1', 'party_parrot'].includes(name)

describe('the words of a message', () => {
  test.each([
    ['# a\n**b** _c_ ~~d~~', 'a\nb c d'],
    ['> a\n\n- b\n  1. [c](http://x)', 'a\nb\nc'],
    ['```js\nlet x\n```\n`y` :smile: @anna #t', 'let x\ny :smile: @anna #t'],
    ['|a|b|\n|-|-|\n|1|2|', 'a b\n1 2'],
    ['![cat](/c.png) ![](/d.png) ---', 'cat /d.png ---'],
    ['&lt;b&gt; <i>', '<b> <i>'],
  ])('%j → %j', (text, words) => expect(plainText(text)).toBe(words))

  test('with emoji said as the caller likes', () => {
    expect(plainText(':smile: 👍 :)', ({ name }) => (name ? `(${name})` : '!'))).toBe(
      '(smile) ! (slightly_smiling_face)',
    )
  })
})

test('a message in one line', () => {
  const line = (text: string): string => inlineText(singleLine(parseMarkdown(text).blocks), ({ raw }) => raw)
  expect(line('# a\nb *x\ny* c\n\n> d\n- e\n- [x] f\n\n2. g\n3. h')).toBe('a b x y c d • e ☑ f 2. g 3. h')
  expect(line('```\nx\n  y\n```\n---\n|a|b|\n|-|-|\n|c|d|')).toBe('x y a b c d')
})

describe('nothing but emoji', () => {
  test.each([':smile:', ' :smile: 👍🏽\n:+1:', '👩‍💻', ':)', '<3', ':party_parrot:'])('%j', (text) =>
    expect(isEmojiOnly(text, known)).toBe(true),
  )
  test.each(['', ' ', 'a', ':smile: a', ':unknown:', '`:smile:`', '# :smile:', '- :smile:', '1', '©', '> 👍'])(
    'not %j',
    (text) => expect(isEmojiOnly(text, known)).toBe(false),
  )
})

describe('marked terms', () => {
  const marks = (text: string, ...terms: Parameters<typeof compileHighlights>): string =>
    (compileHighlights(...terms)?.(text) ?? []).map((part) => (part.kind ? `[${part.text}]` : part.text)).join('')

  test('keywords of one’s own are whole words, with particles behind', () => {
    const keys = mentionHighlights('deploy, 회의,release note,@me', 'Anna')
    expect(marks('Deploy를 redeploy deploys DEPLOY! deploy_x', keys)).toBe(
      '[Deploy]를 redeploy deploys [DEPLOY]! deploy_x',
    )
    expect(marks('오늘 회의는 주간회의', keys)).toBe('오늘 [회의]는 주간[회의]')
    expect(marks('a Release  note', keys)).toBe('a [Release  note]')
    expect(marks('Anna anna Annabel', keys)).toBe('[Anna] anna Annabel')
  })

  test('searched terms count as the server finds them', () => {
    const query = '회의 rel* "two words" -without from:anna in:dev #tag (paren)'
    const search = searchHighlights(query)
    expect(search.map(({ term }) => term)).toEqual(['회의', 'rel', 'two words', '#tag', 'paren'])
    expect(marks('회의록 Release barrel two  words without anna #tag #tags', search)).toBe(
      '[회의]록 [Rel]ease barrel [two  words] without anna [#tag] #tags',
    )
  })

  test('hold no pattern', () => {
    expect(marks('a.b axb (a+', [{ term: 'a.b', kind: 'search', match: 'anywhere' }])).toBe('[a.b] axb (a+')
    expect(marks('(a+', [{ term: '(a+', kind: 'search', match: 'anywhere' }])).toBe('[(a+]')
    expect(compileHighlights([{ term: ' ', kind: 'search', match: 'word' }])).toBeNull()
  })
})
