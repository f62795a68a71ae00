import { isEqual, isNumber, isTruthy, RubySymbol, toText, type RubyMap, type RubyValue } from './values.ts'

/** A method that only computes. Undefined = not with these arguments. */
type Method<T> = (self: T, args: RubyValue[]) => RubyValue | undefined

const BLANK = '[ \\t\\n\\v\\f\\r\\0]'
const trimLeft = (text: string): string => text.replace(new RegExp(`^${BLANK}+`), '')
const trimRight = (text: string): string => text.replace(new RegExp(`${BLANK}+$`), '')

/** Longest text and list that an expression may make. */
export const MAX_SIZE = 1 << 20

const text = (value: RubyValue | undefined): string | undefined =>
  typeof value === 'string' ? value : value instanceof RubySymbol ? value.name : undefined

function replaceIn(self: string, args: RubyValue[], all: boolean): string | undefined {
  const [from, to] = args
  if (typeof from !== 'string' || typeof to !== 'string' || from === '') return undefined
  if (!all) return self.replace(from, () => to)
  return self.split(from).join(to)
}

function splitText(self: string, args: RubyValue[]): RubyValue | undefined {
  if (args.length > 1) return undefined
  const by = args[0] === undefined || args[0] === ' ' ? /[ \t\n\v\f\r]+/ : args[0]
  if (typeof by !== 'string' && !(by instanceof RegExp)) return undefined
  const parts = (by instanceof RegExp ? trimLeft(self) : self).split(by)
  while (parts.at(-1) === '') parts.pop()
  return parts
}

function repeat(self: string, times: RubyValue | undefined): string | undefined {
  if (typeof times !== 'bigint' || times < 0n || BigInt(self.length) * times > BigInt(MAX_SIZE)) return undefined
  return self.repeat(Number(times))
}

const ofText: Record<string, Method<string>> = {
  strip: (self) => trimLeft(trimRight(self)),
  lstrip: trimLeft,
  rstrip: trimRight,
  chomp: (self, [end]) =>
    typeof end === 'string'
      ? self.endsWith(end)
        ? self.slice(0, self.length - end.length)
        : self
      : self.replace(/\r?\n$|\r$/, ''),
  downcase: (self) => self.toLowerCase(),
  upcase: (self) => self.toUpperCase(),
  capitalize: (self) => self.slice(0, 1).toUpperCase() + self.slice(1).toLowerCase(),
  'empty?': (self) => self === '',
  length: (self) => BigInt([...self].length),
  size: (self) => BigInt([...self].length),
  to_i: (self) => BigInt(/^\s*([+-]?\d+)/.exec(self.replace(/(?<=\d)_(?=\d)/g, ''))?.[1] ?? 0),
  to_f: (self) => Number.parseFloat(self) || 0,
  to_sym: (self) => new RubySymbol(self),
  '+': (self, [other]) => (typeof other === 'string' ? self + other : undefined),
  '*': (self, [times]) => repeat(self, times),
  'include?': (self, [part]) => (typeof part === 'string' ? self.includes(part) : undefined),
  'start_with?': (self, args) => args.some((start) => typeof start === 'string' && self.startsWith(start)),
  'end_with?': (self, args) => args.some((end) => typeof end === 'string' && self.endsWith(end)),
  split: splitText,
  sub: (self, args) => replaceIn(self, args, false),
  gsub: (self, args) => replaceIn(self, args, true),
  delete_suffix: (self, [end]) =>
    typeof end === 'string' ? (self.endsWith(end) ? self.slice(0, self.length - end.length) : self) : undefined,
  delete_prefix: (self, [start]) =>
    typeof start === 'string' ? (self.startsWith(start) ? self.slice(start.length) : self) : undefined,
  lines: (self) => self.match(/[^\n]*\n|[^\n]+$/g) ?? [],
}

function join(self: RubyValue[], by: string): string | undefined {
  const parts = self.map(toText)
  return parts.every((part) => part !== undefined) ? parts.join(by) : undefined
}

const ofList: Record<string, Method<RubyValue[]>> = {
  '+': (self, [other]) => (Array.isArray(other) ? [...self, ...other] : undefined),
  '-': (self, [other]) =>
    Array.isArray(other) ? self.filter((item) => !other.some((out) => isEqual(item, out))) : undefined,
  '[]': (self, [at]) => (typeof at === 'bigint' ? (self.at(Number(at)) ?? null) : undefined),
  first: (self, args) => (args.length === 0 ? (self[0] ?? null) : undefined),
  last: (self, args) => (args.length === 0 ? (self.at(-1) ?? null) : undefined),
  'include?': (self, [item]) => self.some((other) => isEqual(other, item!)),
  'empty?': (self) => self.length === 0,
  length: (self) => BigInt(self.length),
  size: (self) => BigInt(self.length),
  join: (self, [by]) => join(self, text(by) ?? ''),
  compact: (self) => self.filter((item) => item !== null),
  uniq: (self) => self.filter((item, at) => self.findIndex((other) => isEqual(item, other)) === at),
  flatten: (self) => self.flat(20) as RubyValue[],
  to_a: (self) => self,
}

function merge(self: RubyMap, args: RubyValue[]): RubyValue | undefined {
  const others = args.filter((other) => other instanceof Map)
  if (others.length !== args.length) return undefined
  return new Map([self, ...others].flatMap((map) => [...map]))
}

function dig(self: RubyValue, keys: RubyValue[]): RubyValue | undefined {
  let value: RubyValue | undefined = self
  for (const key of keys) {
    if (value === null || value === undefined) return null
    const next: RubyValue | undefined = callMethod(value, '[]', [key])
    if (next === undefined) return undefined
    value = next
  }
  return value
}

const ofMap: Record<string, Method<RubyMap>> = {
  '[]': (self, [key]) => (text(key) === undefined ? undefined : (self.get(text(key)!) ?? null)),
  fetch: (self, [key, otherwise]) =>
    text(key) === undefined ? undefined : self.has(text(key)!) ? self.get(text(key)!) : otherwise,
  'key?': (self, [key]) => self.has(text(key) ?? ''),
  'has_key?': (self, [key]) => self.has(text(key) ?? ''),
  'include?': (self, [key]) => self.has(text(key) ?? ''),
  merge,
  dig,
  keys: (self) => [...self.keys()],
  values: (self) => [...self.values()],
  'empty?': (self) => self.size === 0,
  length: (self) => BigInt(self.size),
  size: (self) => BigInt(self.size),
  to_h: (self) => self,
}

/** Ruby's integer division and remainder round towards minus infinity. */
function floorDivide(left: bigint, right: bigint): [bigint, bigint] {
  const quotient = left / right
  const remainder = left % right
  return remainder !== 0n && remainder < 0n !== right < 0n ? [quotient - 1n, remainder + right] : [quotient, remainder]
}

function arithmetic(left: bigint | number, operator: string, right: bigint | number): RubyValue | undefined {
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    if (right === 0n && (operator === '/' || operator === '%')) return undefined
    if (operator === '**' && (right < 0n || right > 64n)) return undefined
    // Sizes and times fit in 64 bits; larger numbers only serve to exhaust memory.
    if ([left, right].some((side) => BigInt.asIntN(64, side) !== side)) return undefined
    if (operator === '+') return left + right
    if (operator === '-') return left - right
    if (operator === '*') return left * right
    if (operator === '/') return floorDivide(left, right)[0]
    if (operator === '%') return floorDivide(left, right)[1]
    return left ** right
  }
  const [a, b] = [Number(left), Number(right)]
  const result = { '+': a + b, '-': a - b, '*': a * b, '/': a / b, '%': a - b * Math.floor(a / b), '**': a ** b }[
    operator
  ]
  return result !== undefined && Number.isFinite(result) ? result : undefined
}

function ofNumber(self: bigint | number, name: string, args: RubyValue[]): RubyValue | undefined {
  const [other] = args
  if (/^(\+|-|\*|\/|%|\*\*)$/.test(name))
    return isNumber(other ?? null) ? arithmetic(self, name, other as bigint) : undefined
  if (name === '-@') return -self
  if (name === '+@') return self
  if (name === 'to_i') return typeof self === 'bigint' ? self : BigInt(Math.trunc(self))
  if (name === 'to_f') return Number(self)
  return undefined
}

function compare(left: RubyValue, operator: string, right: RubyValue | undefined): boolean | undefined {
  const both =
    (isNumber(left) && isNumber(right ?? null)) || (typeof left === 'string' && typeof right === 'string')
      ? right
      : undefined
  if (both === undefined) return undefined
  const [a, b] = [left as number, both as number]
  return { '<': a < b, '<=': a <= b, '>': a > b, '>=': a >= b }[operator]
}

/** Methods of every value. */
function ofAnything(self: RubyValue, name: string, args: RubyValue[]): RubyValue | undefined {
  if (name === '==') return isEqual(self, args[0] ?? null)
  if (name === '!=') return !isEqual(self, args[0] ?? null)
  if (name === '!') return !isTruthy(self)
  if (name === 'nil?') return self === null
  if (name === 'to_s') return toText(self)
  if (name === 'freeze' || name === 'dup' || name === 'clone' || name === 'itself') return self
  if (/^[<>]=?$/.test(name)) return compare(self, name, args[0])
  if (self === null && name === 'to_a') return []
  if (self === null && name === 'to_h') return new Map()
  if (self === null && name === 'to_i') return 0n
  // Reading a setting that nobody set gives nil; in GitLab's settings it is an empty hash.
  if (self === null && name === 'merge') return merge(new Map(), args)
  if (self === null && name === 'dig') return null
  if (self instanceof RubySymbol && name === 'to_sym') return self
  return undefined
}

/** Calls one of the methods that are known here, all of which only compute. Undefined = unknown, or not with these arguments. */
export function callMethod(self: RubyValue, name: string, args: RubyValue[]): RubyValue | undefined {
  const own = <T>(methods: Record<string, Method<T>>, value: T): RubyValue | undefined =>
    Object.hasOwn(methods, name) ? methods[name]!(value, args) : undefined
  const result =
    typeof self === 'string'
      ? own(ofText, self)
      : Array.isArray(self)
        ? own(ofList, self)
        : self instanceof Map
          ? own(ofMap, self)
          : isNumber(self)
            ? ofNumber(self, name, args)
            : undefined
  return result === undefined ? ofAnything(self, name, args) : result
}
