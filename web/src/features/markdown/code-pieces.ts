/** A stretch of code and the classes of the innermost thing it belongs to; none for plain code. */
export type CodePiece = { text: string; className: string }

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

/**
 * Takes the highlighter's HTML apart, so that nothing of a message ever goes into the page as HTML. It knows `<span class>`,
 * `</span>` and five entities, which is all the highlighter writes; anything else stays text.
 */
export function codePieces(html: string): CodePiece[] {
  const pieces: CodePiece[] = []
  const open = ['']
  for (const [token, className] of html.matchAll(/<span class="([^"]*)">|<\/span>|[^<]+|</g)) {
    if (className !== undefined) open.push(className)
    else if (token === '</span>') open.length = Math.max(1, open.length - 1)
    else pieces.push({ text: decoded(token), className: open.at(-1)! })
  }
  return pieces
}

const decoded = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ENTITIES[name]!)
