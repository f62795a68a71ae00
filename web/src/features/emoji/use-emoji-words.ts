import { useEffect, useState } from 'react'
import { loadEmojiWords } from './search-emoji.ts'
import type { EmojiWords } from './search-emoji.ts'

/** The words of a language, null while they load, `failed` when they could not be. */
export function useEmojiWords(locale: string): { words: EmojiWords | null; failed: boolean } {
  const [state, setState] = useState<{ words: EmojiWords | null; failed: boolean }>({ words: null, failed: false })
  useEffect(() => {
    let here = true
    loadEmojiWords(locale).then(
      (words) => here && setState({ words, failed: false }),
      () => here && setState({ words: null, failed: true }),
    )
    return () => {
      here = false
    }
  }, [locale])
  return state
}
