import type { HLJSApi } from 'highlight.js'
import { CODE_LANGUAGES } from './code-languages.ts'
import { codePieces } from './code-pieces.ts'
import type { CodePiece } from './code-pieces.ts'

const NAMES = new Map(
  Object.entries(CODE_LANGUAGES).flatMap(([name, { aliases }]) =>
    [name, ...aliases.split(' ')].filter(Boolean).map((alias) => [alias, name] as const),
  ),
)

/** Blocks longer than the longest post come from attachments; colours are not worth stopping the page for. */
const LONGEST = 20_000
const MOST_RESULTS = 300

let core: HLJSApi | null = null
const loading = new Map<string, Promise<void>>()
const results = new Map<string, CodePiece[]>()

/** The highlighter's name of a language as it was written behind the fence, null if it knows none. */
export const codeLanguage = (written: string): string | null => NAMES.get(written.toLowerCase()) ?? null

/** Loads a language and those within it; known languages only. */
export function loadCodeLanguage(name: string): Promise<void> {
  let promise = loading.get(name)
  if (!promise) {
    promise = load(name)
    loading.set(name, promise)
    promise.catch(() => loading.delete(name))
  }
  return promise
}

async function load(name: string): Promise<void> {
  const { load: loadGrammar, within = [] } = CODE_LANGUAGES[name]!
  const [library, grammar] = await Promise.all([
    import('highlight.js/lib/core'),
    loadGrammar(),
    ...within.map((other) => loadCodeLanguage(other)),
  ])
  core = library.default
  core.registerLanguage(name, grammar.default)
}

/**
 * The code in pieces by what they mean; null while its language is not loaded, or when it is too long. Results are kept,
 * because a list shows the same post again and again.
 */
export function highlightCode(value: string, name: string): CodePiece[] | null {
  if (value.length > LONGEST || !core?.getLanguage(name)) return null
  const key = `${name}\n${value}`
  let pieces = results.get(key)
  if (!pieces) {
    pieces = codePieces(core.highlight(value, { language: name, ignoreIllegals: true }).value)
    if (results.size >= MOST_RESULTS) results.delete(results.keys().next().value!)
    results.set(key, pieces)
  }
  return pieces
}
