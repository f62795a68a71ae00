/** Where a `(target)` ended and what it pointed to. `end` is the index after the closing bracket. */
export type LinkTarget = { url: string; end: number }

const ANGLED = /<((?:[^<>\n\\]|\\.)*)>/y
const BLANKS = /\s*/y
const IMAGE_SIZE = /=\d{0,5}(?:x\d{0,5})?(?=[\s)])/y
const TITLE = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\((?:[^()\\]|\\[^])*\)/y
const MAX_NESTING = 32

/**
 * Reads `(url "title")`, `(<url>)` or `(url =100x50)` whose opening bracket is at `open`; null when it is no target.
 * Work is bounded by the nesting limit: an attacker could otherwise make every `](` read to the end of the message.
 */
export function readLinkTarget(source: string, open: number): LinkTarget | null {
  let at = skip(source, BLANKS, open + 1)
  let url: string
  if (source[at] === '<') {
    ANGLED.lastIndex = at
    const angled = ANGLED.exec(source)
    if (!angled) return null
    url = angled[1]!
    at = ANGLED.lastIndex
  } else {
    const end = bareTargetEnd(source, at)
    if (end < 0) return null
    url = source.slice(at, end)
    at = end
  }
  const afterUrl = at
  at = skip(source, BLANKS, at)
  if (at > afterUrl) {
    at = skip(source, BLANKS, skip(source, IMAGE_SIZE, at))
    at = skip(source, BLANKS, skip(source, TITLE, at))
  }
  return source[at] === ')' ? { url: unescape(url), end: at + 1 } : null
}

function bareTargetEnd(source: string, from: number): number {
  let depth = 0
  for (let at = from; at < source.length; at++) {
    const char = source[at]!
    if (char === '\\') at++
    else if (char <= ' ') return depth === 0 ? at : -1
    else if (char === '(') {
      if (++depth > MAX_NESTING) return -1
    } else if (char === ')' && depth-- === 0) return at
  }
  return -1
}

function skip(source: string, pattern: RegExp, at: number): number {
  pattern.lastIndex = at
  return pattern.test(source) ? pattern.lastIndex : at
}

function unescape(url: string): string {
  return url.replace(/\\([!-/:-@[-`{-~])/g, '$1')
}
