import type { TSchema } from '@sinclair/typebox'

/** A body that differs from a valid one in one place. */
export interface Mutation {
  readonly where: string
  readonly what: string
  readonly body: unknown
}

const nested = (open: string, core: string, close: string, times: number): string =>
  open.repeat(times) + core + close.repeat(times)

/** Values of the wrong type for a field, whatever it should hold: none of these may be taken. */
const WRONG: Record<string, readonly unknown[]> = {
  string: [{}, [], 42, true, { toString: 'x' }, ['a']],
  integer: [{}, [], 'text', 1.5, true, '1'],
  number: [{}, [], 'text', true],
  boolean: [{}, [], 'true', 1],
  array: [{}, 42, 'text', [[]], [{}], [null], [1]],
  object: [[], 42, 'text', true],
}

/** Values of the right type that have broken servers before. They may be refused or taken, never break anything. */
const NASTY: Record<string, readonly unknown[]> = {
  string: [
    '',
    '\ud800 lone \udfff',
    'x'.repeat(1e5),
    "'; DROP TABLE posts; --",
    '../../../etc/passwd%00%0d%0a',
    'a\r\nSet-Cookie: x=1',
    '\u202e\u0000',
    '__proto__',
    '<script>alert(1)</script>',
    '%\\',
  ],
  integer: [-1, 0, Number.MAX_SAFE_INTEGER, 1e300, -1e300, 2 ** 63, 2 ** 31],
  number: [-1, 1e300],
  boolean: [],
  array: [[], ['\ud800'], Array.from({ length: 3000 }, (_, i) => `x${i}`), ['__proto__', 'constructor'], ["'"]],
  object: [
    {},
    JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":1}}'),
    { a: '\ud800', '\udfff': 'b' },
    JSON.parse(nested('{"a":', '1', '}', 450)),
  ],
}

/** What kind of value a schema wants; undefined where it takes anything. */
function kindOf(schema: TSchema): string | undefined {
  const options = (schema.anyOf as TSchema[] | undefined)?.filter((one) => one.type !== 'null')
  if (options) return options.length === 1 ? kindOf(options[0]!) : undefined
  return (schema.type as string | undefined) ?? (typeof schema.const === 'string' ? 'string' : undefined)
}

/** The value itself, or the schema of one entry of a list. */
function inner(schema: TSchema): TSchema {
  const options = (schema.anyOf as TSchema[] | undefined)?.filter((one) => one.type !== 'null')
  return options?.length === 1 ? options[0]! : schema
}

/** Every body in which one field, at any depth, holds a value of the wrong type. */
export function wrongTypes(schema: TSchema, valid: unknown): Mutation[] {
  return mutate(schema, valid, WRONG, '')
}

/** Every body in which one field holds a hostile value of the right type, and bodies hostile as a whole. */
export function nastyValues(schema: TSchema, valid: unknown): Mutation[] {
  return mutate(schema, valid, NASTY, '')
}

function mutate(given: TSchema, valid: unknown, values: typeof WRONG, where: string): Mutation[] {
  const schema = inner(given)
  const kind = kindOf(schema)
  const anyEntry = kind === 'array' && !kindOf(schema.items as TSchema)
  // A list of anything takes every list.
  const fitting = (kind ? (values[kind] ?? []) : []).filter((one) => !(anyEntry && Array.isArray(one)))
  const here = fitting.map((body) => ({ where: where || '(body)', what: show(body), body }))
  if (kind === 'object' && schema.properties) {
    const base = (valid ?? {}) as Record<string, unknown>
    const fields = Object.entries(schema.properties as Record<string, TSchema>)
    const deeper = fields.flatMap(([name, field]) =>
      mutate(field, base[name], values, `${where}.${name}`).map((one) => ({
        ...one,
        body: { ...base, [name]: one.body },
      })),
    )
    return [...here, ...deeper]
  }
  if (kind === 'array' && inner(schema.items as TSchema).properties) {
    const first = Array.isArray(valid) ? valid[0] : undefined
    const deeper = mutate(schema.items as TSchema, first, values, `${where}[]`)
    // Of the list itself only what is no list is of the wrong type for certain.
    return [...here, ...deeper.map((one) => ({ ...one, body: [one.body] }))]
  }
  return here
}

/** Bodies that are no proper JSON, or JSON that breaks careless readers. */
export const BROKEN_TEXTS: Record<string, string> = {
  deep: nested('[', '', ']', 1e4),
  cut: '{"a":',
  text: 'hello',
  empty: '',
  bom: '﻿{}',
  nan: 'NaN',
  single: "{'a':1}",
  comment: '{/**/}',
  two: '{}{}',
  proto: '{"__proto__":{"roles":"system_admin"}}',
  nul: '"\\u0000"',
  duplicate: '{"channel_id":"a","channel_id":{}}',
  'deep in a field': `{"props":${nested('{"a":', '1', '}', 1e4)}}`,
  'deep after text': `{"message":"${'\\"[{'.repeat(500)}","props":${nested('[', '', ']', 1e5)}}`,
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 40 ? `${text.slice(0, 40)}…(${text.length})` : text
}
