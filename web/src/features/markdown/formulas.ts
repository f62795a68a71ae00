import type { KatexOptions } from 'katex'

/** `trust` off: no links, pictures or HTML. The limits keep a formula from growing without end. */
const SAFE: KatexOptions = {
  trust: false,
  strict: 'ignore',
  maxExpand: 200,
  maxSize: 20,
  throwOnError: true,
  output: 'htmlAndMathml',
}

const LONGEST = 4_000

type Katex = { render: (value: string, element: HTMLElement, options: KatexOptions) => void }

let katex: Katex | null = null
let loading: Promise<void> | null = null

/** Loads KaTeX and its style sheet. */
export function loadFormulas(): Promise<void> {
  loading ??= Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(
    ([library]) => {
      katex = library
    },
    (error: unknown) => {
      loading = null
      throw error
    },
  )
  return loading
}

/**
 * Draws a formula into an element. `unloaded` until KaTeX is there; `refused` for what is no formula, or an endless one:
 * then its source is to be shown.
 */
export function drawFormula(
  element: HTMLElement,
  value: string,
  displayMode: boolean,
): 'drawn' | 'refused' | 'unloaded' {
  if (!katex) return 'unloaded'
  if (value.length > LONGEST) return 'refused'
  try {
    katex.render(value, element, { ...SAFE, displayMode })
    return 'drawn'
  } catch {
    return 'refused'
  }
}
