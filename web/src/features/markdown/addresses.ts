import type { Dialect } from './ast.ts'

const ANGLE = /<([a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[a-z0-9._%+-]{1,64}@[a-z0-9.-]{1,255})>/iy
const BARE = /[^\s<`]*/y
const BARE_IN_BRACKETS = /[^\s<`\]]*/y

const patterns = new Map<string, RegExp>()

/** Everything inline markdown can begin with; bare addresses only where no letter or digit stands before them. */
export function startPattern({ urlSchemes, inlineLatex }: Dialect): RegExp {
  const schemes = urlSchemes.filter((scheme) => /^[a-z][a-z0-9+.-]*$/.test(scheme))
  const key = `${schemes.join()} ${inlineLatex}`
  let pattern = patterns.get(key)
  if (!pattern) {
    const own = schemes.map((scheme) => scheme.replaceAll(/[+.]/g, String.raw`\$&`) + String.raw`:(?=[\p{L}\p{Nd}\/])|`)
    const bare = String.raw`(?:(?:https?|ftp):\/\/(?=[\p{L}\p{Nd}[])|(?:mailto|tel):(?=[\p{L}\p{Nd}+])|www\.(?=[\p{L}\p{Nd}]))`
    const start = String.raw`!\[|[\\[\]<&:\n${inlineLatex ? '$' : ''}]|\*+|_+|~+|${'`'}+`
    pattern = new RegExp(String.raw`${start}|(?<![\p{L}\p{Nd}])(?:${own.join('')}${bare})`, 'giu')
    patterns.set(key, pattern)
  }
  pattern.lastIndex = 0
  return pattern
}

/** An address as written, where it leads, and the index behind it. */
export type Address = { text: string; url: string; end: number }

/** Reads `<scheme:…>` or `<name@host>`. Whether the scheme may be followed is for `safeHref` to say. */
export function readAngle(source: string, index: number): Address | null {
  ANGLE.lastIndex = index
  const found = ANGLE.exec(source)
  if (!found) return null
  const text = found[1]!
  const url = /^[a-z][a-z0-9+.-]+:/i.test(text) ? text : `mailto:${text}`
  return { text, url, end: index + found[0].length }
}

/** Reads a bare address whose first `keep` characters are known to be its scheme. Within brackets it ends at `]`. */
export function readBare(source: string, index: number, keep: number, inBrackets: boolean): Address {
  const pattern = inBrackets ? BARE_IN_BRACKETS : BARE
  pattern.lastIndex = index
  const text = trimEnd(pattern.exec(source)![0], keep)
  return { text, url: /^www\./i.test(text) ? `http://${text}` : text, end: index + text.length }
}

/** A sentence's own punctuation behind an address is not part of it, nor is a bracket that was opened before it. */
function trimEnd(text: string, keep: number): string {
  let surplus = 0
  for (const char of text) surplus += char === ')' ? 1 : char === '(' ? -1 : 0
  let end = text.length
  while (end > keep) {
    const last = text[end - 1]!
    if (last === ')') {
      if (surplus-- <= 0) break
    } else if (!'?!.,:;*_~\'"'.includes(last)) break
    end--
  }
  return text.slice(0, end)
}
