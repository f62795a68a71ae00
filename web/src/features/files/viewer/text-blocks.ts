/** Characters of a block: so many are laid out at a time. */
const MOST = 8_000

/** A long text in blocks that are drawn only when they are seen; parted between lines, within one only when it is longer than a block. */
export function textBlocks(text: string): string[] {
  const blocks: string[] = []
  for (let from = 0; from < text.length;) {
    const end = from + MOST
    const line = end >= text.length ? text.length : text.lastIndexOf('\n', end)
    const to = line > from ? line : end
    blocks.push(text.slice(from, to))
    // The line break between two blocks is told by their being blocks.
    from = text[to] === '\n' ? to + 1 : to
  }
  return blocks
}
