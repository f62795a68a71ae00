import { describe, expect, test } from 'vitest'
import { CODE_LANGUAGES } from './code-languages.ts'
import { codePieces } from './code-pieces.ts'
import { codeLanguage, highlightCode, loadCodeLanguage } from './highlight-code.ts'

test.each([
  ['js', 'javascript'],
  ['TSX', 'typescript'],
  ['C++', 'cpp'],
  ['c#', 'csharp'],
  ['sh', 'bash'],
  ['yml', 'yaml'],
  ['html', 'xml'],
  ['toml', 'ini'],
  ['golang', 'go'],
  ['text', null],
  ['', null],
  ['constructor', null],
])('%j is %j', (written, name) => expect(codeLanguage(written)).toBe(name))

test('no two languages share a name', () => {
  const names = Object.entries(CODE_LANGUAGES).flatMap(([name, { aliases }]) =>
    [name, ...aliases.split(' ')].filter(Boolean),
  )
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

describe('code in colours', () => {
  test('says every character of itself, in every language', async () => {
    const value = `<b a="1">&amp; 'x'</b>\nlet π = "한글" // 1 < 2\n\tif (a && b) { return \`\${c}\` } # :smile: @all\n`
    expect(highlightCode(value, 'ada')).toBeNull()
    expect(highlightCode(value, 'yaml')).toBeNull()
    for (const name of Object.keys(CODE_LANGUAGES)) {
      await loadCodeLanguage(name)
      const pieces = highlightCode(value, name)!
      expect(pieces.map(({ text }) => text).join(''), name).toBe(value)
    }
  })

  test('knows words, strings and comments', async () => {
    await loadCodeLanguage('typescript')
    const pieces = highlightCode("const a = 'x' // y", 'typescript')!
    expect(pieces.filter(({ className }) => className !== '')).toEqual([
      { text: 'const', className: 'hljs-keyword' },
      { text: "'x'", className: 'hljs-string' },
      { text: '// y', className: 'hljs-comment' },
    ])
    expect(highlightCode("const a = 'x' // y", 'typescript')).toBe(pieces)
  })

  test('stays plain when it is too long', async () => {
    await loadCodeLanguage('json')
    expect(highlightCode('1'.repeat(20_001), 'json')).toBeNull()
  })
})

test('what is no mark of the highlighter is text', () => {
  expect(codePieces('a<b></span>&lt;c&nbsp;</span></span><span class="x">d</span>')).toEqual([
    { text: 'a', className: '' },
    { text: '<', className: '' },
    { text: 'b>', className: '' },
    { text: '<c&nbsp;', className: '' },
    { text: 'd', className: 'x' },
  ])
})
