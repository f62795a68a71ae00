import { setOwn, type Json } from './declare.ts'

/** A JSON value that remembers where it stood, and keeps repeated keys, because the later of two spellings wins. */
export type JsonNode =
  | { kind: 'object'; at: number; entries: { key: string; node: JsonNode }[] }
  | { kind: 'array'; at: number; items: JsonNode[] }
  | { kind: 'scalar'; at: number; value: string | number | boolean | null }

/** The text is not JSON; `at` is the offset of the fault. */
export class JsonSyntaxError extends Error {
  readonly at: number
  constructor(at: number, what: string) {
    super(what)
    this.at = at
  }
}

/** An attacker could nest so deep that the parser's own stack overflows. */
const MAX_DEPTH = 200
const SPACE = /[ \t\r\n]*/y
// oxlint-disable-next-line no-control-regex -- JSON forbids raw control characters inside strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y

class Parser {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): JsonNode {
    if (this.#text.startsWith('\uFEFF')) this.#at = 1
    const node = this.#value(0)
    this.#match(SPACE)
    if (this.#at < this.#text.length) this.#fail('there is more text after the end of the object')
    return node
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #fail(what: string): never {
    throw new JsonSyntaxError(this.#at, what)
  }

  #take(char: string): boolean {
    this.#match(SPACE)
    if (this.#text[this.#at] !== char) return false
    this.#at++
    return true
  }

  #string(): string {
    const found = this.#match(STRING)
    if (found === undefined) this.#fail('a text in double quotes is expected or is not closed properly')
    return JSON.parse(found) as string
  }

  #value(depth: number): JsonNode {
    if (depth > MAX_DEPTH) this.#fail('it is nested too deep')
    this.#match(SPACE)
    const at = this.#at
    if (this.#take('{')) return { kind: 'object', at, entries: this.#entries(depth) }
    if (this.#take('[')) return { kind: 'array', at, items: this.#items(depth) }
    if (this.#text[at] === '"') return { kind: 'scalar', at, value: this.#string() }
    const bare = this.#match(NUMBER) ?? this.#match(WORD)
    if (bare === undefined) this.#fail(at < this.#text.length ? 'a value is expected' : 'the file ends too early')
    return { kind: 'scalar', at, value: JSON.parse(bare) as number | boolean | null }
  }

  #entries(depth: number): { key: string; node: JsonNode }[] {
    const entries: { key: string; node: JsonNode }[] = []
    if (this.#take('}')) return entries
    do {
      this.#match(SPACE)
      const key = this.#string()
      if (!this.#take(':')) this.#fail('a colon is expected after the name')
      entries.push({ key, node: this.#value(depth + 1) })
    } while (this.#take(','))
    if (!this.#take('}')) this.#fail('a comma or a closing brace is expected')
    return entries
  }

  #items(depth: number): JsonNode[] {
    const items: JsonNode[] = []
    if (this.#take(']')) return items
    do items.push(this.#value(depth + 1))
    while (this.#take(','))
    if (!this.#take(']')) this.#fail('a comma or a closing bracket is expected')
    return items
  }
}

/** Parses JSON text. Throws JsonSyntaxError. */
export function parseJson(text: string): JsonNode {
  return new Parser(text).document()
}

/** The same tree over a value that was parsed elsewhere (a request body); its offsets are -1. */
export function nodeOf(value: unknown): JsonNode {
  if (Array.isArray(value)) return { kind: 'array', at: -1, items: value.map(nodeOf) }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => ({ key, node: nodeOf(inner) }))
    return { kind: 'object', at: -1, entries }
  }
  return { kind: 'scalar', at: -1, value: (value ?? null) as string | number | boolean | null }
}

/** The plain value of a node. */
export function valueOf(node: JsonNode): Json {
  if (node.kind === 'scalar') return node.value
  if (node.kind === 'array') return node.items.map(valueOf)
  const object = {}
  for (const { key, node: inner } of node.entries) setOwn(object, key, valueOf(inner))
  return object
}

/** Line and character, both from 1, of an offset. */
export function positionOf(text: string, at: number): { line: number; character: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, character: before.at(-1)!.length + 1 }
}
