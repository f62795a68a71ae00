import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parsePrism } from '@ruby/prism/src/parsePrism.js'
import type { Location } from '@ruby/prism/src/deserialize.js'
import type { StatementsNode } from '@ruby/prism/src/nodes.js'
import type { Notice, Place } from '../settings/settings.ts'

/** A parsed settings file. */
export interface RubySource {
  file: string
  statements: StatementsNode
  /** Where a node stands. */
  placeOf: (location: Location) => Place
}

/** Either the source or what is wrong with it, never both. */
export type Parsed = { source: RubySource; errors?: undefined } | { source?: undefined; errors: Notice[] }

/** Longest text that is read, in bytes. GitLab's own template has 150 kB. */
export const MAX_SOURCE = 1 << 20

/** Reads a text with Ruby's own grammar; nothing is evaluated. `file` is the name that messages show. */
export type RubyParser = (file: string, text: string) => Parsed

const compiled: { module?: Promise<WebAssembly.Module> } = {}

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(fileURLToPath(import.meta.resolve('@ruby/prism/src/prism.wasm'))))
}

/** Makes Ruby's parser ready; compiled once per process. */
export async function loadRubyParser(): Promise<RubyParser> {
  const module = await (compiled.module ??= compile())
  return (file, text) => parse(module, file, text)
}

/**
 * A fresh parser. The module asks for a whole operating system and needs nothing of it: every call is answered with
 * "not implemented" (52), so a text can reach neither files nor network. A fresh one each time, because a text that
 * exhausts the parser's small stack leaves it unusable.
 */
function newParser(module: WebAssembly.Module): WebAssembly.Exports {
  const imports: Record<string, Record<string, () => number>> = {}
  for (const wanted of WebAssembly.Module.imports(module)) (imports[wanted.module] ??= {})[wanted.name] = () => 52
  const instance = new WebAssembly.Instance(module, imports)
  ;(instance.exports._initialize as () => void)()
  return instance.exports
}

function parse(module: WebAssembly.Module, file: string, text: string): Parsed {
  const start = { file, line: 1, column: 1 }
  if (Buffer.byteLength(text) > MAX_SOURCE)
    return {
      errors: [{ text: 'The file is larger than 1 MiB; no settings file is. Is this the right one?', place: start }],
    }
  // A BOM and Windows line ends mean nothing to Ruby; without them the offsets below are simple.
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const placeOf = placeFinder(file, source)
  try {
    const result = parsePrism(newParser(module), source, { filepath: file })
    if (result.errors.length === 0) return { source: { file, statements: result.value.statements, placeOf } }
    return { errors: [syntaxError(source, result.errors[0]!, placeOf)] }
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error
    return { errors: [{ text: 'The file nests brackets or blocks too deeply to be read.', place: start }] }
  }
}

/** Later errors are mostly echoes of the first; one at a time is what helps. */
function syntaxError(
  source: string,
  error: { message: string; location: Location },
  placeOf: (location: Location) => Place,
): Notice {
  const lines = source.split('\n')
  // The template that GitLab 18 shipped has `'GODEBUG` => …`: a backtick where the quote should end.
  const template = lines.findIndex((line) => /^\s*(['"])[A-Za-z_]\w*`\s*=>/.test(line))
  if (template >= 0) {
    const name = /(['"])([A-Za-z_]\w*)`/.exec(lines[template]!)!
    const column = name.index + name[0].length
    const text = `Syntax error: the name ends with a backtick instead of a quote, as in GitLab's template. Write ${name[1]}${name[2]}${name[1]} in place of ${name[0]}.`
    return { text, place: { file: placeOf(error.location).file, line: template + 1, column } }
  }
  return {
    text: `Syntax error: ${error.message}. Ruby itself would not read this file either.`,
    place: placeOf(error.location),
  }
}

/** Byte offsets to lines and columns (in characters). */
function placeFinder(file: string, source: string): (location: Location) => Place {
  const bytes = Buffer.from(source)
  const starts = [0]
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1)
  return ({ startOffset }) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= startOffset) low = middle
      else high = middle - 1
    }
    return { file, line: low + 1, column: bytes.subarray(starts[low], startOffset).toString().length + 1 }
  }
}
