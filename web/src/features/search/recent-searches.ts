import { create } from 'zustand'
import { getState } from '../../client/store.ts'

/** So many are kept, on this device. */
const MOST = 8

const keyOf = (): string => `outpost.searches.${getState().me}`

function read(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf()) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

const useRecent = create<{ readonly list: readonly string[] | null }>()(() => ({ list: null }))

function write(list: readonly string[]): void {
  useRecent.setState({ list })
  localStorage.setItem(keyOf(), JSON.stringify(list))
}

/** What was searched for last, the latest first. */
export const useRecentSearches = (): readonly string[] => useRecent(({ list }) => list) ?? firstRead()

let first: { readonly key: string; readonly list: readonly string[] } | undefined

/** The same array as long as nothing changes. */
function firstRead(): readonly string[] {
  if (first?.key !== keyOf()) first = { key: keyOf(), list: read() }
  return first.list
}

/** Remembers a search. */
export const rememberSearch = (terms: string): void =>
  write([terms, ...read().filter((one) => one !== terms)].slice(0, MOST))

/** Forgets a search. */
export const forgetSearch = (terms: string): void => write(read().filter((one) => one !== terms))
