/** Names for Korean encodings that the encoding standard does not list but pages use. */
const KOREAN = /^(cp949|ms949|uhc|x-windows-949|euckr|x-euc-kr)$/
const PRESCAN_BYTES = 4096
/** Rows and cells of a two-byte Korean code: first byte 0x81–0xFE, second 0x41–0xFE. */
const CELLS = 190

/**
 * The text of an HTML page: by its byte order mark, else the charset of the Content-Type header, else the one in its
 * first bytes, else UTF-8 if it is that, else Korean if it is that, else Western. Never throws; what cannot be read
 * becomes U+FFFD.
 */
export function decodeHtml(bytes: Uint8Array, contentType: string): string {
  const label = markedCharset(bytes) ?? charsetOf(contentType) ?? declaredCharset(bytes) ?? guessedCharset(bytes)
  return decodeAs(bytes, label)
}

function markedCharset(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** `text/html; charset="EUC-KR"` → `euc-kr`; undefined without one we can read. */
function charsetOf(contentType: string): string | undefined {
  return known(/charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType.slice(0, 300))?.[1])
}

function declaredCharset(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PRESCAN_BYTES)).toString('latin1')
  const meta = /<meta\b[^>]{0,300}?charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(start)?.[1]
  const label = known(meta ?? /^\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(start)?.[1])
  // A page whose <meta> could be read as ASCII is not UTF-16, whatever it says.
  return label?.startsWith('utf-16') ? 'utf-8' : label
}

function guessedCharset(bytes: Uint8Array): string {
  if (reads(bytes, 'utf-8')) return 'utf-8'
  return reads(bytes, 'euc-kr') ? 'euc-kr' : 'windows-1252'
}

/** Whether all of it is valid in this charset, but for a character that the size limit cut in two. */
function reads(bytes: Uint8Array, label: string): boolean {
  try {
    new TextDecoder(label, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/** The standard's name of a charset label; undefined for one that cannot be decoded. */
function known(label: string | undefined): string | undefined {
  if (!label) return undefined
  if (KOREAN.test(label.toLowerCase())) return 'euc-kr'
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

function decodeAs(bytes: Uint8Array, encoding: string): string {
  return encoding === 'euc-kr' ? decodeKorean(bytes) : new TextDecoder(encoding).decode(bytes)
}

let koreanTable: Uint16Array | undefined

/**
 * Decodes CP949. The runtime's `euc-kr` knows only the 2,350 syllables of KS X 1001 and would lose the others (똠, 샾,
 * 믜 …), which the encoding standard and every Korean Windows put under the same name.
 */
function decodeKorean(bytes: Uint8Array): string {
  const table = (koreanTable ??= buildKoreanTable())
  const units = new Uint16Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!
    const trail = bytes[at + 1] ?? 0
    if (lead < 0x80) units[length++] = lead
    else {
      const unit = lead >= 0x81 && lead <= 0xfe && trail >= 0x41 && trail <= 0xfe ? table[cell(lead, trail)]! : 0
      units[length++] = unit || 0xfffd
      // A broken pair must not swallow a `<` or a quote, or a page could hide its markup from us.
      if (unit || trail >= 0x80) at++
    }
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le')
}

function cell(lead: number, trail: number): number {
  return (lead - 0x81) * CELLS + trail - 0x41
}

/** KS X 1001 from the runtime; then the syllables it lacks, which the extension lists in Unicode order. */
function buildKoreanTable(): Uint16Array {
  const table = new Uint16Array(126 * CELLS)
  const decoder = new TextDecoder('euc-kr')
  const listed = new Set<number>()
  for (let lead = 0xa1; lead <= 0xfd; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail))
      if (text.length !== 1 || text === '\ufffd') continue
      table[cell(lead, trail)] = text.charCodeAt(0)
      listed.add(text.charCodeAt(0))
    }
  }
  // Two signs that came in after the runtime's table.
  table[cell(0xa2, 0xe6)] = 0x20ac
  table[cell(0xa2, 0xe7)] = 0xae
  let syllable = 0xac00
  for (let lead = 0x81; lead <= 0xc6; lead++) {
    for (let trail = 0x41; trail <= (lead <= 0xa0 ? 0xfe : 0xa0); trail++) {
      if ((trail > 0x5a && trail < 0x61) || (trail > 0x7a && trail < 0x81)) continue
      while (listed.has(syllable)) syllable++
      if (syllable <= 0xd7a3) table[cell(lead, trail)] = syllable++
    }
  }
  return table
}
