import { useEffect, useState } from 'react'
import { failureText } from '../../shell/failure.ts'
import { useGroupNews } from './group-news.ts'

/** How many entries a page has. */
export const PAGE = 60

export interface Pages<T> {
  /** absent until the first answer */
  readonly items?: readonly T[]
  /** they are what was asked for before */
  readonly stale: boolean
  /** why the last answer did not come, '' when it did */
  readonly error: string
  /** there are further pages */
  readonly more: boolean
  readonly loadMore: () => void
  readonly retry: () => void
}

/**
 * A list that comes page by page and is asked for anew when groups change. `load` has to stay the same function while it
 * asks for the same list; `delay` (ms) waits for further letters.
 */
export function usePages<T>(load: (page: number) => Promise<readonly T[]>, delay: number): Pages<T> {
  const [count, setCount] = useState(1)
  const [tries, setTries] = useState(0)
  const [answer, setAnswer] = useState<{ items?: readonly T[]; error: string; load?: unknown }>({ error: '' })
  const news = useGroupNews()
  useEffect(() => {
    let here = true
    const timer = setTimeout(() => {
      Promise.all(Array.from({ length: count }, (_, page) => load(page))).then(
        (pages) => here && setAnswer({ items: pages.flat(), error: '', load }),
        (failure: unknown) => here && setAnswer((last) => ({ ...last, error: failureText(failure) })),
      )
    }, delay)
    return () => {
      here = false
      clearTimeout(timer)
    }
  }, [load, delay, count, tries, news])
  return {
    items: answer.items,
    error: answer.error,
    stale: answer.load !== load,
    more: (answer.items?.length ?? 0) >= count * PAGE,
    loadMore: () => setCount(count + 1),
    retry: () => setTries(tries + 1),
  }
}
