import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')

type Rgba = { r: number; g: number; b: number; a: number }
type Theme = { name: string; index: 0 | 1; tokens: Map<string, string> }

function declarations(selector: string): Map<string, string> {
  const start = css.indexOf('{', css.indexOf(selector)) + 1
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!.trim()]))
}

const normal = declarations(':root {')
const chosen = declarations(":root[data-contrast='more']")
const bySystem = declarations(":root:not([data-contrast='normal'])")
const more = new Map([...normal, ...chosen])

const themes: Theme[] = [
  { name: 'light', index: 0, tokens: normal },
  { name: 'dark', index: 1, tokens: normal },
  { name: 'light, more contrast', index: 0, tokens: more },
  { name: 'dark, more contrast', index: 1, tokens: more },
]

/** The linear sRGB of a token; colours outside sRGB are clipped, as screens without a wider gamut do. */
function colour(theme: Theme, name: string): Rgba {
  const value = theme.tokens.get(name)
  if (!value) throw new Error(`${name} is not declared`)
  const alias = /^var\((--[\w-]+)\)$/.exec(value)
  if (alias) return colour(theme, alias[1]!)
  const all = [...value.matchAll(/oklch\(([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)/g)]
  const match = all[theme.index] ?? all[0]
  if (!match) throw new Error(`${name}: ${value} is no colour`)
  const [l, c, h] = [Number(match[1]), Number(match[2]), (Number(match[3]) * Math.PI) / 180]
  return { ...linearSrgb(l, c * Math.cos(h), c * Math.sin(h)), a: Number(match[4] ?? 1) }
}

/** OKLab to linear sRGB, by the matrices of CSS Color 4. */
function linearSrgb(lightness: number, a: number, b: number): { r: number; g: number; b: number } {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clip = (value: number): number => Math.min(1, Math.max(0, value))
  return {
    r: clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    g: clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    b: clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  }
}

const encode = (value: number): number => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)
const decode = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

/** Lays a translucent colour over an opaque one; browsers blend the encoded values. */
function over(top: Rgba, below: Rgba): Rgba {
  const blend = (x: number, y: number): number => decode(encode(x) * top.a + encode(y) * (1 - top.a))
  return { r: blend(top.r, below.r), g: blend(top.g, below.g), b: blend(top.b, below.b), a: 1 }
}

const luminance = ({ r, g, b }: Rgba): number => 0.2126 * r + 0.7152 * g + 0.0722 * b

function contrast(one: Rgba, other: Rgba): number {
  const [x, y] = [luminance(one), luminance(other)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

const PLAIN = ['--surface', '--surface-sunken', '--surface-deep', '--surface-raised', '--surface-field']
const TINTED = [
  '--surface-selected',
  '--accent-soft',
  '--mention-soft',
  '--danger-soft',
  '--warning-soft',
  '--success-soft',
]
const CODE = ['text', 'comment', 'keyword', 'string', 'number', 'name', 'type', 'added', 'removed'].map(
  (x) => `--code-${x}`,
)

/** What stands on what. `over` is a translucent state between the two. */
const TEXT: { on: string[]; text: string[]; over?: string }[] = [
  { on: [...PLAIN, ...TINTED, '--surface-code'], text: ['--text', '--text-muted'] },
  { on: PLAIN, text: ['--accent-text', '--danger-text', '--warning-text', '--success-text', '--mention-text'] },
  { on: PLAIN, over: '--surface-hover', text: ['--text', '--text-muted', '--accent-text', '--danger-text'] },
  { on: PLAIN, over: '--surface-active', text: ['--text', '--text-muted'] },
  { on: ['--surface-selected', '--accent-soft', '--mention-soft'], text: ['--accent-text'] },
  { on: ['--mention-soft'], text: ['--mention-text'] },
  { on: ['--danger-soft'], text: ['--danger-text'] },
  { on: ['--warning-soft'], text: ['--warning-text'] },
  { on: ['--success-soft'], text: ['--success-text'] },
  { on: ['--accent', '--accent-hover', '--accent-active'], text: ['--on-accent'] },
  { on: ['--danger', '--danger-hover'], text: ['--on-danger'] },
  { on: ['--mention'], text: ['--on-mention'] },
  { on: ['--surface-inverse'], text: ['--text-inverse'] },
  { on: ['--sidebar'], text: ['--sidebar-text', '--sidebar-text-strong'] },
  { on: ['--sidebar'], over: '--sidebar-hover', text: ['--sidebar-text'] },
  { on: ['--sidebar-selected'], text: ['--sidebar-selected-text'] },
  { on: ['--rail'], text: ['--rail-text'] },
  { on: ['--surface-code'], text: CODE },
]

const GRAPHICS: { on: string[]; text: string[] }[] = [
  { on: [...PLAIN, ...TINTED], text: ['--icon', '--focus'] },
  {
    on: PLAIN.filter((name) => name !== '--surface-deep'),
    text: ['--line-strong', '--success', '--mention', '--accent'],
  },
  {
    on: ['--surface', '--surface-sunken', '--surface-raised'],
    text: ['online', 'away', 'dnd', 'offline'].map((name) => `--presence-${name}`),
  },
]

function tooWeak(theme: Theme, pairs: typeof TEXT, least: number): string[] {
  return pairs.flatMap((pair) =>
    pair.on.flatMap((on) =>
      pair.text.flatMap((text) => {
        const below = pair.over ? over(colour(theme, pair.over), colour(theme, on)) : colour(theme, on)
        const ratio = contrast(colour(theme, text), below)
        return ratio >= least ? [] : [`${text} on ${on} ${pair.over ?? ''}: ${ratio.toFixed(2)}`]
      }),
    ),
  )
}

describe('the colours of the tokens', () => {
  it('measures black on white as 21', () => {
    const white = { ...linearSrgb(1, 0, 0), a: 1 }
    const black = { ...linearSrgb(0, 0, 0), a: 1 }
    expect(contrast(white, black)).toBeCloseTo(21, 1)
  })

  it.each(themes)('carry text at 4.5 : 1 ($name)', (theme) => {
    expect(tooWeak(theme, TEXT, 4.5)).toEqual([])
  })

  it.each(themes)('carry icons and edges at 3 : 1 ($name)', (theme) => {
    expect(tooWeak(theme, GRAPHICS, 3)).toEqual([])
  })

  it('carry text at 7 : 1 where more contrast is asked for', () => {
    const plain = [
      { on: ['--surface', '--surface-sunken', '--surface-raised'], text: ['--text', '--text-muted', '--accent-text'] },
    ]
    expect(themes.slice(2).flatMap((theme) => tooWeak(theme, plain, 7))).toEqual([])
  })

  it('are the same whether the reader or the system asks for more contrast', () => {
    expect(Object.fromEntries(bySystem)).toEqual(Object.fromEntries(chosen))
  })
})
