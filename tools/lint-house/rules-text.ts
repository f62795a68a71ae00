import { closing, lineAt, type Finding, type Source } from './source.ts'

// Put together from halves, so that this file does not break its own rule.
const join = (...parts: string[]): string => parts.join('')

const WORDS: [pattern: RegExp, say: string][] = [
  [new RegExp(join('(?<![\\w.])/wo', 'rk/')), 'a path of one machine; write paths from the repository’s root'],
  [new RegExp(join('\\bTO', 'DO\\b|\\bFIX', 'ME\\b')), 'unfinished work; finish it, or describe the limit in docs/'],
  [
    new RegExp(
      join('registry\\.(npm', 'js|yarnpkg)\\.|npmmirror\\.|pypi\\.', 'org|verda', 'ccio|artifac', 'tory', '/'),
    ),
    'a package registry’s address; installs follow the reader’s own settings',
  ],
]

/** Words that have no place in the repository. */
export function checkWords(source: Source): Finding[] {
  return WORDS.flatMap(([pattern, say]) => {
    const all = new RegExp(pattern, 'g')
    return [...source.text.matchAll(all)].map((match) => {
      const message = `"${match[0]}": ${say}. See docs/architecture.md#words`
      return { path: source.path, line: lineAt(source.text, match.index), rule: 'words', message }
    })
  })
}

/** Every error has an English and a Korean text with the same places to fill. */
export function checkErrorTexts(source: Source): Finding[] {
  if (!source.path.startsWith('server/src/') || source.path.endsWith('.test.ts')) return []
  const findings: Finding[] = []
  for (const call of source.code.matchAll(/\bdeclareErrors\(\{/g)) {
    const open = call.index + call[0].length - 1
    for (const entry of errorEntries(source, open)) {
      const problem = problemOf(entry.texts)
      if (!problem) continue
      const message = `${entry.id}: ${problem}. Write [status, 'English', '한국어']. See docs/architecture.md#errors`
      findings.push({ path: source.path, line: lineAt(source.text, entry.at), rule: 'error-texts', message })
    }
  }
  return findings
}

type Entry = { id: string; texts: string[]; at: number }

function errorEntries(source: Source, open: number): Entry[] {
  const entries: Entry[] = []
  const end = closing(source.code, open)
  for (let at = source.code.indexOf('[', open); at !== -1 && at < end;) {
    const stop = closing(source.code, at)
    const id = /['"]([^'"]+)['"]\s*:\s*$/.exec(source.uncommented.slice(open, at))?.[1]
    if (id) entries.push({ id, texts: stringsIn(source, at, stop), at })
    at = source.code.indexOf('[', stop)
  }
  return entries
}

/** The string literals between two offsets. The masked code keeps only the quotes, so they come in pairs. */
function stringsIn(source: Source, from: number, to: number): string[] {
  return [...source.code.slice(from, to).matchAll(/(['"`])\s*\1/g)].map((match) =>
    source.text.slice(from + match.index + 1, from + match.index + match[0].length - 1),
  )
}

function problemOf(texts: string[]): string | undefined {
  const [english, korean] = texts
  if (texts.length !== 2 || !english || !korean) return 'needs exactly two texts'
  if (/\p{Script=Hangul}/u.test(english)) return 'the first text is the English one'
  if (!/\p{Script=Hangul}/u.test(korean)) return 'the Korean text is missing'
  const places = (text: string): string => [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted().join(' ')
  if (places(english) !== places(korean))
    return `the texts fill different places (${places(english)} / ${places(korean)})`
  return undefined
}
