/** What became of an invitation by mail. */
export interface InviteResult {
  readonly email: string
  readonly error?: { readonly message: string } | null
}

/** The addresses of a text, parted by commas, spaces or lines, each once; and what in it is none. */
export function readAddresses(text: string): { addresses: string[]; wrong: string[] } {
  const words = [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
  const isAddress = (word: string): boolean => /^[^@\s]+@[^@\s]+$/.test(word)
  return { addresses: words.filter(isAddress), wrong: words.filter((word) => !isAddress(word)) }
}
