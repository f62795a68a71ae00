/**
 * The texts of the web client. Without arguments: checks that every text used in the code has a translation in every
 * language, with the same places, that none is left over, and that ellipses are written alike. `add LANGUAGE FILE` puts the texts of a JSON file
 * (id → text) into a language; `missing LANGUAGE` prints what has still to be translated, as JSON.
 */
import { globSync, mkdirSync, readFileSync, readdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const SOURCE = join(import.meta.dirname, '../src')
const FOLDER = join(SOURCE, 'i18n')

type Texts = Record<string, string>

const CALL = /\b(?:t|text)(?:\.rich)?\(\s*'([a-z0-9_.]+)',\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g

/** Every text of the code, English by id. Throws when one id stands for two texts. */
export function collectTexts(files: Iterable<readonly [string, string]>): Texts {
  const found: Texts = {}
  for (const [path, code] of files) {
    for (const [, id, literal] of code.matchAll(CALL)) {
      const english = unquote(literal!)
      if (found[id!] !== undefined && found[id!] !== english) {
        throw new Error(`${path}: '${id}' says "${english}", elsewhere "${found[id!]}". Give one of them another id.`)
      }
      found[id!] = english
    }
  }
  return found
}

const unquote = (literal: string): string =>
  literal
    .slice(1, -1)
    .replace(/\\(['"\\])/g, '$1')
    .replace(/\\n/g, '\n')

/** What is wrong with a translation, one sentence each. */
export function compareTexts(english: Texts, translated: Texts, language: string): string[] {
  const missing = Object.keys(english).filter((id) => translated[id] === undefined)
  const unknown = Object.keys(translated).filter((id) => english[id] === undefined)
  const different = Object.keys(english).filter((id) => {
    const other = translated[id]
    return other !== undefined && placesOf(english[id]!) !== placesOf(other)
  })
  return [
    ...missing.map((id) => `${language}: '${id}' ("${english[id]}") has no translation`),
    ...unknown.map((id) => `${language}: '${id}' is used nowhere; take it out`),
    ...different.map((id) => `${language}: '${id}' fills other places than the English text`),
  ]
}

/**
 * Ellipses that are written otherwise than everywhere else, one sentence each. There is one way for all: "Go to…", directly
 * behind the word whether something opens, goes on or is left out, and one character, which screen readers know.
 */
export function checkEllipses(texts: Texts, language: string): string[] {
  return Object.entries(texts)
    .filter(([, text]) => /\S\s+…|\.{3}/.test(text))
    .map(([id, text]) => `${language}: '${id}' ("${text}") must have its ellipsis as "…", with no blank before it`)
}

/** The names of places and tags in a text, sorted. */
function placesOf(text: string): string {
  const names = [...text.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)].map((match) => match[1] ?? match[2]!)
  return [...new Set(names)].sort().join(' ')
}

const readTexts = (language: string): Texts => JSON.parse(readFileSync(join(FOLDER, `${language}.json`), 'utf8'))

function writeTexts(language: string, texts: Texts): void {
  const sorted = Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)))
  const path = join(FOLDER, `${language}.json`)
  writeFileSync(`${path}.new`, `${JSON.stringify(sorted, null, 2)}\n`)
  renameSync(`${path}.new`, path)
}

function sources(): [string, string][] {
  const paths = globSync('**/*.{ts,tsx}', { cwd: SOURCE }).filter((path) => !/\.test\.|gallery/.test(path))
  return paths.map((path) => [path, readFileSync(join(SOURCE, path), 'utf8')])
}

/** One at a time: translators and programs may work on the same file. */
async function locked(work: () => void): Promise<void> {
  const lock = join(FOLDER, '.lock')
  for (let attempt = 0; ; attempt++) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if (attempt > 100) throw error
      await sleep(50)
    }
  }
  try {
    work()
  } finally {
    rmdirSync(lock)
  }
}

async function main([command, language = 'ko', file]: string[]): Promise<void> {
  const english = collectTexts(sources())
  if (command === 'add') {
    await locked(() => writeTexts(language, { ...readTexts(language), ...JSON.parse(readFileSync(file!, 'utf8')) }))
  } else if (command === 'missing') {
    const known = readTexts(language)
    const missing = Object.entries(english).filter(([id]) => known[id] === undefined)
    console.log(JSON.stringify(Object.fromEntries(missing), null, 2))
  } else if (command === 'prune') {
    const used = (texts: Texts) => Object.fromEntries(Object.entries(texts).filter(([id]) => english[id] !== undefined))
    await locked(() => writeTexts(language, used(readTexts(language))))
  } else {
    const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
    const translated = names.map((name) => [name.slice(0, -5), readTexts(name.slice(0, -5))] as const)
    const wrong = [
      ...checkEllipses(english, 'en'),
      ...translated.flatMap(([name, texts]) => [...compareTexts(english, texts, name), ...checkEllipses(texts, name)]),
    ]
    for (const line of wrong) console.error(line)
    if (wrong.length > 0) process.exitCode = 1
  }
}

if (import.meta.main) await main(process.argv.slice(2))
