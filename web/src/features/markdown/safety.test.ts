import { describe, expect, test } from 'vitest'
import { hostileInputs } from '../../../../server/src/text/hostile-inputs.ts'
import { scanMarkdown } from '../../../../server/src/text/markdown-scan.ts'
import type { Block, Dialect, Inline } from './ast.ts'
import { limitNodes } from './limit-nodes.ts'
import { parseCounted, parseMarkdown } from './parse.ts'
import { blocksText } from './plain-text.ts'

const EVERYTHING: Dialect = { inlineLatex: true, urlSchemes: ['git', 'ssh'] }

/** A generator of pseudo-random numbers below one, so that a failure can be repeated (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const PIECES = [
  '*_~`[]()!<>\\&:@#$|-+=.,"\'\n\n\n \t '.split(''),
  '** ~~ ``` ~~~ > - 1. # --- | ]( ![ [a]: http://x.y www.a mailto:a a@b.co @anna ~dev #tag :smile: :)'.split(' '),
  '<3 &lt; &#64; =3x4 $x$ a B 7 한글 이름은 é 👍🏽 👩‍💻 🇰🇷'.split(' '),
  ['> ', '- ', '1. ', '    ', '# ', '| - | - |', '- [x] ', '[a]: b\n', 'a\u0301', '\u200b', '\ud83d', '\0', '\u202e'],
].flat()

function randomText(next: () => number): string {
  let text = ''
  for (let count = Math.floor(next() * 40); count >= 0; count--) text += PIECES[Math.floor(next() * PIECES.length)]!
  return text
}

const nodesOf = (blocks: readonly Block[]): Inline[] =>
  blocks.flatMap((block) => {
    if (block.type === 'list') return block.items.flatMap((item) => nodesOf(item.children))
    if (block.type === 'quote') return nodesOf(block.children)
    if (block.type === 'table') return flat(block.rows.flat(2))
    return 'children' in block ? flat(block.children) : []
  })
const flat = (nodes: readonly Inline[]): Inline[] =>
  nodes.flatMap((node) => ('children' in node ? [node, ...flat(node.children)] : [node]))

function randomNodes(seed: number): Inline[] {
  const next = random(seed)
  return Array.from({ length: 3_000 }, () => nodesOf(parseCounted(randomText(next), EVERYTHING).document.blocks)).flat()
}

/** The letters of a text, in order: markup has none but those of addresses, languages and entities. */
const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}]/gu, '')

describe('any text', () => {
  test('becomes a tree that says all its words', () => {
    const next = random(20260101)
    for (let run = 0; run < 2_000; run++) {
      const text = randomText(next).replaceAll(/`{3}|~{3}|&|\[a\]:|\]\(|[<=]/g, ' ')
      const said = lettersOf(blocksText(parseCounted(text, EVERYTHING).document.blocks, ({ raw }) => raw))
      // The mark of a finished task is the one letter that is markup.
      expect(said.replaceAll('x', ''), JSON.stringify(text)).toBe(lettersOf(text).replaceAll('x', ''))
    }
  })

  test('never makes the parser throw, and no link stands in a link', () => {
    const links = randomNodes(7).filter((node) => node.type === 'link')
    expect(links.length).toBeGreaterThan(250)
    expect(links.filter(({ children }) => flat(children).some(({ type }) => type === 'link'))).toEqual([])
  })

  test('has mentions only where the server looks for them', () => {
    const next = random(99)
    // Definitions alone are shown as text, though they are none.
    const texts = Array.from({ length: 2_000 }, () => randomText(next).replaceAll('[a]:', ''))
    const strangers = texts.filter((text) => {
      const seen = scanMarkdown(text).segments.join('\n')
      const nodes = nodesOf(parseCounted(text, EVERYTHING).document.blocks)
      return nodes.some((node) => node.type === 'mention' && !seen.includes(node.raw))
    })
    expect(strangers).toEqual([])
  })
})

describe('hostile texts', () => {
  test('take steps in proportion to their length', () => {
    const short = hostileInputs(4_096)
    const long = hostileInputs(16_384)
    const more = [
      '*a **b ',
      '*a_ ',
      '**a* ',
      '[*a ',
      '*[a](b)',
      '> - ',
      '1. > ',
      '|-',
      '|a|b|\n|-|-|\n',
      '$a',
      '$a ',
      '&#1',
      '~~a~~',
      ':a',
      '- [ ] ',
      'a@a.',
    ]
    for (const piece of more) {
      short.push(piece.repeat(4_096 / 4).slice(0, 4_096))
      long.push(piece.repeat(16_384 / 4).slice(0, 16_384))
    }
    for (const [index, text] of long.entries()) {
      const { steps } = parseCounted(text, EVERYTHING)
      const before = parseCounted(short[index]!, EVERYTHING).steps
      expect(steps / before, JSON.stringify(text.slice(0, 40))).toBeLessThan(4.6)
      expect(steps, JSON.stringify(text.slice(0, 40))).toBeLessThan(text.length * 24)
    }
  })

  test('nest no deeper than a reader’s stack can take', () => {
    const depth = (value: unknown): number =>
      value !== null && typeof value === 'object' ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0
    for (const piece of ['> ', '- ', '1. ', '> - ', '*a ', '**a _b ', '[', '![a', '~~*']) {
      const text = piece.repeat(3_000) + 'x' + '* '.repeat(3_000) + '](a)'.repeat(3_000)
      expect(depth(parseCounted(text, EVERYTHING).document), piece).toBeLessThan(140)
    }
  })

  test('of thousands of names keep their words, formatted as far as the limit goes', () => {
    const { blocks } = parseMarkdown(`**first**\n\n${'@anna '.repeat(3_000)}`)
    const limited = limitNodes(blocks, 1_000)
    expect(limited).toHaveLength(2)
    expect(limited[0]).toBe(blocks[0])
    expect(blocksText(limited, ({ raw }) => raw)).toBe(blocksText(blocks, ({ raw }) => raw))
    expect(nodesOf(limited).some(({ type }) => type === 'mention')).toBe(false)
    expect(limitNodes(blocks, 100_000)).toBe(blocks)
  })
})

test('a text parsed before is not parsed again, and the cache forgets the oldest', () => {
  const first = parseMarkdown('*once*')
  expect(parseMarkdown('*once*')).toBe(first)
  expect(parseMarkdown('*once*', EVERYTHING)).not.toBe(first)
  for (let index = 0; index < 2_100; index++) parseMarkdown(`other ${index}`)
  expect(parseMarkdown('*once*')).not.toBe(first)
})
