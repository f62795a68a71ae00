/** A start tag with the attributes of `meta`, `link` and the like, or the text of the page's title. */
export type HtmlToken = { tag: string; attributes: Map<string, string> } | { tag: '#title'; text: string }

/** Elements whose content is text, whatever it looks like: markup inside must not count. */
const RAW_TEXT = new Set(['script', 'style', 'textarea', 'title', 'iframe', 'noembed', 'noframes', 'xmp', 'template'])
const WANTED = new Set(['meta'])
const SPACE = /\s/

const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  sect: '§',
  deg: '°',
  times: '×',
  larr: '←',
  rarr: '→',
  shy: '\u00ad',
}

/**
 * The `meta` tags and the first title of an HTML page, in order. Reads the text once from left to right: a page made
 * to be slow cannot be. An unfinished tag, comment or script ends the page, as in browsers.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let titled = false
  let at = 0
  for (;;) {
    at = html.indexOf('<', at)
    if (at < 0) return
    if (html.startsWith('<!--', at)) {
      at = after(html, '-->', at + 2)
      continue
    }
    const name = tagName(html, at + 1)
    if (name === '') {
      at++
      continue
    }
    const wanted = WANTED.has(name)
    const attributes = new Map<string, string>()
    at = readAttributes(html, at + 1 + name.length, wanted ? attributes : undefined)
    if (at > html.length) return
    if (wanted) yield { tag: name, attributes }
    if (!RAW_TEXT.has(name)) continue
    const end = endOfRawText(html, name, at)
    if (name === 'title' && !titled && end < html.length) {
      titled = true
      yield { tag: '#title', text: decodeEntities(html.slice(at, end)) }
    }
    at = end
  }
}

/** Replaces character references. Named ones need their semicolon, so that `?a=1&copy=2` in an address stays whole. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,8})|#x([0-9a-f]{1,7})|([a-z]{2,8}(?=;)));?/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[String(name)] ?? NAMED[String(name).toLowerCase()] ?? whole
    return fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16))
  })
}

function fromCodePoint(code: number): string {
  // References to 128–159 mean Windows-1252: an old habit that browsers keep.
  if (code >= 128 && code <= 159) return new TextDecoder('windows-1252').decode(Uint8Array.of(code))
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return valid ? String.fromCodePoint(code) : '\ufffd'
}

/** The position after `mark`, or beyond the end when it is missing. */
function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from)
  return found < 0 ? html.length : found + mark.length
}

/** The lower-case name of a start tag; empty for anything else (end tags, doctype, a stray `<`). */
function tagName(html: string, from: number): string {
  let end = from
  while (end - from < 32 && isNameCode(html.charCodeAt(end))) end++
  return html.slice(from, end).toLowerCase()
}

function isNameCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 45
}

/** Walks over the attributes to the end of the tag and returns the position after `>`; beyond the text if it has no end. */
function readAttributes(html: string, from: number, into: Map<string, string> | undefined): number {
  let at = from
  while (at < html.length) {
    const char = html[at]!
    if (char === '>') return at + 1
    if (char === '/' || SPACE.test(char)) {
      at++
      continue
    }
    const nameEnd = endOf(html, at + 1, (each) => each === '=' || each === '>' || each === '/' || SPACE.test(each))
    const name = html.slice(at, nameEnd).toLowerCase()
    at = endOf(html, nameEnd, (each) => !SPACE.test(each))
    let value = ''
    if (html[at] === '=') {
      at = endOf(html, at + 1, (each) => !SPACE.test(each))
      const quote = html[at] === '"' || html[at] === "'" ? html[at]! : ''
      const end = quote ? html.indexOf(quote, at + 1) : endOf(html, at, (each) => each === '>' || SPACE.test(each))
      if (end < 0) return html.length + 1
      value = html.slice(quote ? at + 1 : at, end)
      at = quote ? end + 1 : end
    }
    // The first of two attributes with one name counts, as in browsers.
    if (into && !into.has(name) && into.size < 20) into.set(name, decodeEntities(value))
  }
  return html.length + 1
}

function endOf(html: string, from: number, stop: (char: string) => boolean): number {
  let at = from
  while (at < html.length && !stop(html[at]!)) at++
  return at
}

function endOfRawText(html: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?=[\\s/>])`, 'gi')
  close.lastIndex = from
  return close.exec(html)?.index ?? html.length
}
