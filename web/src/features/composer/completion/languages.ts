import { CODE_LANGUAGES } from '../../markdown/code-languages.ts'
import type { Item } from './items.ts'

const MOST = 12

/** Names of languages of code that begin as typed; none when it is one already. */
export function codeLanguageNames(query: string): Item[] {
  const begun = query.toLowerCase()
  const names = Object.entries(CODE_LANGUAGES).filter(([name, { aliases }]) =>
    [name, ...aliases.split(' ')].some((one) => one.startsWith(begun)),
  )
  if (names.some(([name]) => name === begun)) return []
  return names.slice(0, MOST).map(([name]) => ({ kind: 'language', name }))
}
