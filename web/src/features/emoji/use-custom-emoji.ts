import { useCallback, useEffect, useRef, useState } from 'react'
import { CUSTOM_PAGE } from './custom-emoji.ts'
import type { CustomEmojiSource } from './custom-emoji.ts'

/** Milliseconds of rest before the server is asked for what somebody types. */
const REST = 200

/** Custom emoji as the picker gets to know them: page by page at its end, and those the server finds. */
export function useCustomEmoji(
  source: CustomEmojiSource | undefined,
  query: string,
): { names: string[]; loadMore: () => void } {
  const [names, setNames] = useState<string[]>([])
  const paging = useRef({ next: 0, busy: false, done: false })
  const add = useCallback((found: readonly { name: string }[]) => {
    setNames((known) => [...new Set([...known, ...found.map(({ name }) => name)])])
  }, [])
  const loadMore = useCallback(() => {
    const state = paging.current
    if (!source || state.busy || state.done) return
    state.busy = true
    source.load(state.next, CUSTOM_PAGE).then(
      (page) => {
        state.busy = false
        state.next++
        state.done = page.length < CUSTOM_PAGE
        add(page)
      },
      () => {
        // Asked again when somebody comes to the end again.
        state.busy = false
      },
    )
  }, [source, add])
  useEffect(loadMore, [loadMore])
  const term = query.trim().replaceAll(':', '')
  useEffect(() => {
    if (!source || !/^[\w+-]{2,64}$/.test(term)) return
    let here = true
    const timer = setTimeout(() => {
      source.search(term).then(
        (found) => here && add(found),
        () => undefined,
      )
    }, REST)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [source, term, add])
  return { names, loadMore }
}
