/** One file of the repository as the rules see it. Line numbers and offsets are the same in all three texts. */
export type Source = {
  path: string
  text: string
  /** The text with comments blanked. */
  uncommented: string
  /** The text with comments and the insides of strings blanked: what is left is code. */
  code: string
}

/** One broken rule. */
export type Finding = { path: string; line: number; rule: string; message: string }

/** One import or re-export. `target` is the path in the repository for a relative one, else the package name. */
export type Import = { target: string; typeOnly: boolean; line: number }

/** Prepares a file. Anything but TypeScript and JavaScript is kept as text, its `code` empty. */
export function readSource(path: string, text: string): Source {
  if (!/\.(ts|tsx|mts|js|mjs)$/.test(path)) return { path, text, uncommented: '', code: '' }
  return { path, text, ...mask(text) }
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

type Masker = { text: string; at: number; code: string[]; uncommented: string[]; regexMayStart: boolean }

/** A tokenizer just good enough to tell comments, strings, templates and regular expressions from code. */
function mask(text: string): { code: string; uncommented: string } {
  // Split by code unit, not by code point: offsets count code units.
  const masker: Masker = { text, at: 0, code: text.split(''), uncommented: text.split(''), regexMayStart: true }
  maskCode(masker, '')
  return { code: masker.code.join(''), uncommented: masker.uncommented.join('') }
}

/** Walks code until `end` (the brace that closes a template's hole) or the end of the file. */
function maskCode(masker: Masker, end: string): void {
  const { text } = masker
  let depth = 0
  while (masker.at < text.length) {
    const char = text[masker.at]!
    if (end !== '' && char === end && depth === 0) return
    if (char === '{') depth++
    if (char === '}') depth--
    if (char === '/' && text[masker.at + 1] === '/') maskUntil(masker, '\n', true)
    else if (char === '/' && text[masker.at + 1] === '*') maskUntil(masker, '*/', true)
    else if (char === "'" || char === '"') maskUntil(masker, char, false)
    else if (char === '`') maskTemplate(masker)
    // `/>` closes an element of JSX.
    else if (char === '/' && masker.regexMayStart && text[masker.at + 1] !== '>') maskRegex(masker)
    else {
      if (!/\s/.test(char)) masker.regexMayStart = /[(,=:[!&|?{};+>]/.test(char) || endsWithKeyword(text, masker.at)
      masker.at++
    }
  }
}

function endsWithKeyword(text: string, at: number): boolean {
  return /\b(return|typeof|case|in|of)$/.test(text.slice(Math.max(0, at - 8), at + 1))
}

function blank(masker: Masker, from: number, to: number, comment: boolean): void {
  for (let i = from; i < to && i < masker.text.length; i++) {
    if (masker.text[i] === '\n') continue
    masker.code[i] = ' '
    if (comment) masker.uncommented[i] = ' '
  }
}

function maskUntil(masker: Masker, stop: string, comment: boolean): void {
  const start = masker.at
  let at = start + (comment ? 2 : 1)
  while (at < masker.text.length && !masker.text.startsWith(stop, at))
    at += masker.text[at] === '\\' && !comment ? 2 : 1
  const end = Math.min(at + stop.length, masker.text.length)
  blank(masker, comment ? start : start + 1, comment ? end : at, comment)
  if (!comment) masker.regexMayStart = false
  masker.at = end
}

function maskRegex(masker: Masker): void {
  const start = masker.at
  let at = start + 1
  let inClass = false
  while (at < masker.text.length && masker.text[at] !== '\n') {
    const char = masker.text[at]!
    if (char === '\\') at++
    else if (char === '[') inClass = true
    else if (char === ']') inClass = false
    else if (char === '/' && !inClass) break
    at++
  }
  blank(masker, start + 1, at, false)
  masker.at = at + 1
  masker.regexMayStart = false
}

function maskTemplate(masker: Masker): void {
  let from = ++masker.at
  while (masker.at < masker.text.length && masker.text[masker.at] !== '`') {
    if (masker.text[masker.at] === '\\') masker.at += 2
    else if (masker.text.startsWith('${', masker.at)) {
      blank(masker, from, masker.at, false)
      masker.at += 2
      masker.regexMayStart = true
      maskCode(masker, '}')
      from = ++masker.at
    } else masker.at++
  }
  blank(masker, from, masker.at, false)
  masker.at++
  masker.regexMayStart = false
}

/** Every import and re-export of a file; dynamic imports are left out, they are always deliberate. */
export function importsOf(source: Source): Import[] {
  const found: Import[] = []
  const pattern = /^\s*(?:import|export)\s+(type\s)?(?:[\w*{][^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
  for (const match of source.uncommented.matchAll(pattern)) {
    const offset = match.index + match[0].length
    if (source.code[offset - 1] !== "'" && source.code[offset - 1] !== '"') continue
    const name = match[2]!
    const target = name.startsWith('.') ? resolvePath(source.path, name) : name
    found.push({ target, typeOnly: match[1] !== undefined, line: lineAt(source.text, offset) })
  }
  return found
}

function resolvePath(from: string, relative: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** The offset of the bracket that closes the one at `open`, or the end of the code. */
export function closing(code: string, open: number): number {
  const left = code[open]!
  const right = { '(': ')', '{': '}', '[': ']' }[left]
  let depth = 0
  for (let at = open; at < code.length; at++) {
    if (code[at] === left) depth++
    else if (code[at] === right && --depth === 0) return at
  }
  return code.length
}
