const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The texts of all elements of this name, in order, still with their markup. S3's answers never nest a name in itself. */
export function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([^]*?)</${name}>`, 'g'))].map((found) => found[1]!)
}

/** The text of the first element of this name; '' without one. */
export function text(xml: string, name: string): string {
  return unescaped(elements(xml, name)[0] ?? '')
}

/** Text as it stands in an element or an attribute. */
export function escaped(plain: string): string {
  return plain.replace(/[<>&"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
}

function unescaped(markup: string): string {
  return markup.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
