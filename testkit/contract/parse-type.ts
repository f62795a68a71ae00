/** One type of the contract's mini-language, parsed. */
export type Type =
  | { kind: 'string' | 'int' | 'float' | 'bool' | 'any' | 'object' | 'base64' | 'rfc3339' }
  | { kind: 'literal'; value: string }
  | { kind: 'enum'; name: string }
  | { kind: 'array' | 'map' | 'nullable' | 'encoded'; of: Type }
  | { kind: 'entity'; name: string }
  | { kind: 'record'; fields: Field[] }
  | { kind: 'union'; options: Type[] }

/** One key of an object. An optional key is left out of the JSON when its value is zero or empty. */
export type Field = { name: string; optional: boolean; type: Type }

const SIMPLE: Record<string, Type> = {
  string: { kind: 'string' },
  int: { kind: 'int' },
  int64: { kind: 'int' },
  float: { kind: 'float' },
  bool: { kind: 'bool' },
  any: { kind: 'any' },
  json: { kind: 'any' },
  error: { kind: 'any' },
  UnixAddr: { kind: 'any' },
  unspecified: { kind: 'any' },
  object: { kind: 'object' },
  base64: { kind: 'base64' },
  rfc3339: { kind: 'rfc3339' },
}

type Cursor = { tokens: string[]; at: number; text: string }

/** Parses one type of api.json, entities.json or events.json. Throws an Error that quotes a text it cannot read. */
export function parseType(text: string): Type {
  const bare = text.replace(/ when .*$/, '')
  const tokens = bare.match(/"[^"]*"|[A-Za-z_$][\w$.-]*|\[\]|[^\s]/g) ?? []
  const cursor = { tokens, at: 0, text }
  const type = parseUnion(cursor)
  if (cursor.at < tokens.length) fail(cursor)
  return type
}

function fail(cursor: Cursor): never {
  throw new Error(`Contract type not understood: "${cursor.text}" at "${cursor.tokens[cursor.at] ?? 'the end'}"`)
}

function take(cursor: Cursor, token: string): boolean {
  if (cursor.tokens[cursor.at] !== token) return false
  cursor.at++
  return true
}

function expect(cursor: Cursor, token: string): void {
  if (!take(cursor, token)) fail(cursor)
}

function parseUnion(cursor: Cursor): Type {
  const options = [parsePostfix(cursor)]
  let nullable = false
  while (take(cursor, '|')) {
    if (take(cursor, 'null')) nullable = true
    else options.push(parsePostfix(cursor))
  }
  const type: Type = options.length === 1 ? options[0]! : { kind: 'union', options }
  return nullable ? { kind: 'nullable', of: type } : type
}

function parsePostfix(cursor: Cursor): Type {
  let type = parsePrimary(cursor)
  while (take(cursor, '[]')) type = { kind: 'array', of: type }
  return type
}

function parsePrimary(cursor: Cursor): Type {
  if (take(cursor, '{')) return parseRecord(cursor)
  const token = cursor.tokens[cursor.at++]
  if (token === undefined) return fail({ ...cursor, at: cursor.tokens.length })
  if (token.startsWith('"')) return { kind: 'literal', value: token.slice(1, -1) }
  if (token === 'map') {
    expect(cursor, '<')
    cursor.at++ // JSON keys are always strings: the key type says nothing more
    expect(cursor, ',')
    const of = parseUnion(cursor)
    expect(cursor, '>')
    return { kind: 'map', of }
  }
  if (token === 'J') {
    expect(cursor, '(')
    const of = parseUnion(cursor)
    expect(cursor, ')')
    return { kind: 'encoded', of }
  }
  if (SIMPLE[token]) return SIMPLE[token]
  if (/^[A-Z]\w*$/.test(token)) return { kind: 'entity', name: token }
  cursor.at--
  return fail(cursor)
}

function parseRecord(cursor: Cursor): Type {
  const fields: Field[] = []
  while (!take(cursor, '}')) {
    const name = cursor.tokens[cursor.at++]
    if (name === undefined || !/^\w+$/.test(name)) return fail(cursor)
    const optional = take(cursor, '?')
    const type: Type = take(cursor, ':') ? parseUnion(cursor) : { kind: 'any' }
    fields.push({ name, optional, type })
    take(cursor, ',')
  }
  return { kind: 'record', fields }
}
