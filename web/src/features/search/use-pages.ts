import { useCallback, useEffect, useRef, useState } from 'react'
import { failureText } from '../../shell/failure.ts'

export interface Page<T> {
  readonly items: readonly T[]
  /** there is nothing behind this page */
  readonly last: boolean
}

export interface Pages<T> {
  readonly items: readonly T[]
  readonly loading: boolean
  readonly complete: boolean
  /** why the last page could not be loaded, for the reader */
  readonly error: string
  /** the next page, or the same again after an error */
  readonly more: () => void
}

interface Loaded<T> {
  readonly items: readonly T[]
  readonly pages: number
  readonly complete: boolean
  readonly error: string
}

const NOTHING = { items: [], pages: 0, complete: false, error: '' }

/** A list that the server hands out in pages. Begins anew when `load` is another function; null: nothing to load. */
export function usePages<T>(load: ((page: number) => Promise<Page<T>>) | null): Pages<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>(NOTHING)
  const [loading, setLoading] = useState(load !== null)
  const current = useRef(load)
  const fetchPage = useCallback(
    async (page: number) => {
      if (!load) return
      setLoading(true)
      const done = await load(page).then(
        ({ items, last }) =>
          (before: Loaded<T>): Loaded<T> => ({
            items: page === 0 ? items : [...before.items, ...items.filter((one) => !before.items.includes(one))],
            pages: page + 1,
            complete: last,
            error: '',
          }),
        (failure: unknown) =>
          (before: Loaded<T>): Loaded<T> => ({ ...before, error: failureText(failure) }),
      )
      // Another search has begun meanwhile.
      if (current.current !== load) return
      setLoaded(done)
      setLoading(false)
    },
    [load],
  )
  useEffect(() => {
    current.current = load
    setLoaded(NOTHING)
    setLoading(load !== null)
    void fetchPage(0)
    return () => void (current.current = null)
  }, [load, fetchPage])
  const more = useCallback(() => {
    if (!loading && !loaded.complete) void fetchPage(loaded.pages)
  }, [loading, loaded, fetchPage])
  return { ...loaded, loading, more }
}
