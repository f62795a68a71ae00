import * as nodes from '@ruby/prism/src/nodes.js'
import type { Place } from '../settings/settings.ts'
import { constantCall } from './machine-calls.ts'
import { callMethod, MAX_SIZE } from './methods.ts'
import { refusalOf, refusalOfCall } from './refusals.ts'
import type { Run } from './run.ts'
import { isTruthy, kindOf, Refusal, RubySymbol, toText, Unknown, type RubyMap, type RubyValue } from './values.ts'
import { knownWords } from './words.ts'

/** The value of an expression. Throws Refusal for what is not evaluated. Changes nothing. */
export function evaluate(run: Run, node: nodes.Node): RubyValue {
  const place = run.source.placeOf(node.location)
  return run.deeper(place, () => valueOf(run, node, place))
}

function valueOf(run: Run, node: nodes.Node, place: Place): RubyValue {
  const literal = literalOf(node, place)
  if (literal !== undefined) return literal
  if (node instanceof nodes.InterpolatedStringNode) return interpolate(run, node.parts, place)
  if (node instanceof nodes.InterpolatedSymbolNode) return new RubySymbol(interpolate(run, node.parts, place))
  if (node instanceof nodes.ArrayNode) return node.elements.flatMap((item) => elementOf(run, item))
  if (node instanceof nodes.HashNode || node instanceof nodes.KeywordHashNode) return hashOf(run, node.elements)
  if (isVariableRead(node)) return readVariable(run, node.name, place)
  if (node instanceof nodes.CallNode) return call(run, node, place)
  if (node instanceof nodes.AndNode) {
    const left = evaluate(run, node.left)
    return isTruthy(left) ? evaluate(run, node.right) : left
  }
  if (node instanceof nodes.OrNode) {
    const left = evaluate(run, node.left)
    return isTruthy(left) ? left : evaluate(run, node.right)
  }
  if (node instanceof nodes.ParenthesesNode) return lastOf(run, node.body, place)
  if (node instanceof nodes.IfNode)
    return isTruthy(evaluate(run, node.predicate))
      ? lastOf(run, node.statements, place)
      : lastOf(run, node.subsequent, place)
  if (node instanceof nodes.UnlessNode)
    return isTruthy(evaluate(run, node.predicate))
      ? lastOf(run, node.elseClause, place)
      : lastOf(run, node.statements, place)
  if (node instanceof nodes.ElseNode) return lastOf(run, node.statements, place)
  if (node instanceof nodes.ImplicitNode) return evaluate(run, node.value)
  throw refusalOf(node, place)
}

function literalOf(node: nodes.Node, place: Place): RubyValue | undefined {
  if (node instanceof nodes.StringNode) {
    if (!node.unescaped.validEncoding) throw new Refusal(place, 'The text is not valid UTF-8', 'Save the file as UTF-8')
    return node.unescaped.value
  }
  if (node instanceof nodes.SymbolNode) return new RubySymbol(node.unescaped.value)
  if (node instanceof nodes.IntegerNode) return BigInt(node.value)
  if (node instanceof nodes.FloatNode) return node.value
  if (node instanceof nodes.TrueNode) return true
  if (node instanceof nodes.FalseNode) return false
  if (node instanceof nodes.NilNode) return null
  if (node instanceof nodes.SourceFileNode) return place.file
  return undefined
}

/** A block of code as a value: its only expression. */
function lastOf(run: Run, body: nodes.Node | null, place: Place): RubyValue {
  if (body === null) return null
  if (!(body instanceof nodes.StatementsNode)) return evaluate(run, body)
  if (body.body.length === 1) return evaluate(run, body.body[0]!)
  throw new Refusal(place, 'Several statements as one value are not evaluated', 'Write one expression')
}

function interpolate(run: Run, parts: nodes.Node[], place: Place): string {
  let text = ''
  for (const part of parts) {
    const value =
      part instanceof nodes.EmbeddedStatementsNode ? lastOf(run, part.statements, place) : evaluate(run, part)
    const piece = toText(value)
    if (piece === undefined)
      throw new Refusal(
        run.source.placeOf(part.location),
        `${kindOf(value)} cannot stand inside a text`,
        'Write the text itself',
      )
    text += piece
    run.charge(piece.length >> 8)
  }
  return text
}

/** One element of a list; `*other` gives several. */
function elementOf(run: Run, item: nodes.Node): RubyValue[] {
  if (!(item instanceof nodes.SplatNode) || !item.expression) return [evaluate(run, item)]
  const value = evaluate(run, item.expression)
  return Array.isArray(value) ? value : [value]
}

function hashOf(run: Run, elements: nodes.Node[]): RubyMap {
  const map: RubyMap = new Map()
  for (const element of elements) {
    const place = run.source.placeOf(element.location)
    if (element instanceof nodes.AssocSplatNode && element.value) {
      const other = evaluate(run, element.value)
      if (!(other instanceof Map))
        throw new Refusal(place, `** wants a hash and got ${kindOf(other)}`, 'Write the keys themselves')
      for (const [key, value] of other) map.set(key, value)
      continue
    }
    if (!(element instanceof nodes.AssocNode)) throw refusalOf(element, place)
    map.set(keyOf(run, element.key), evaluate(run, element.value))
  }
  return map
}

/** A hash key as text; strings, symbols and numbers are accepted. */
export function keyOf(run: Run, node: nodes.Node): string {
  const key = evaluate(run, node)
  const text = key === null ? undefined : toText(key)
  if (text !== undefined) return text
  throw new Refusal(run.source.placeOf(node.location), `${kindOf(key)} cannot be a key`, 'Write the key as a text')
}

type VariableRead = nodes.LocalVariableReadNode | nodes.InstanceVariableReadNode | nodes.ConstantReadNode

const isVariableRead = (node: nodes.Node): node is VariableRead =>
  node instanceof nodes.LocalVariableReadNode ||
  node instanceof nodes.InstanceVariableReadNode ||
  node instanceof nodes.ConstantReadNode

function readVariable(run: Run, name: string, place: Place): RubyValue {
  const value = run.locals.get(name)
  run.unused.delete(name)
  if (value !== undefined) return known(value)
  if (/^[A-Z]/.test(name)) throw new Refusal(place, `The constant ${name} is not known here`, 'Write the value itself')
  return null
}

/** The value, unless it is one that could not be evaluated: then whoever needs it is refused with the same words. */
export function known(value: RubyValue): RubyValue {
  if (value instanceof Unknown) throw value.refusal
  return value
}

/** Arguments of a call, `key: value` gathered in a hash at the end. */
export function argumentsOf(run: Run, node: { arguments_: nodes.ArgumentsNode | null }): RubyValue[] {
  return (node.arguments_?.arguments_ ?? []).flatMap((item) => elementOf(run, item))
}

function call(run: Run, node: nodes.CallNode, place: Place): RubyValue {
  const { receiver, name } = node
  if (node.block) throw refusalOfCall(name, undefined, place)
  if (receiver === null) return word(run, node, place)
  if (receiver instanceof nodes.ConstantReadNode && !run.locals.has(receiver.name)) {
    if (receiver.name === 'Gitlab' && name === '[]')
      return run.words.get(keyOf(run, node.arguments_!.arguments_[0]!)) ?? null
    const found = constantCall(run, receiver.name, name, argumentsOf(run, node), place)
    if (found === undefined) throw refusalOfCall(name, receiver.name, place)
    return found
  }
  const self = evaluate(run, receiver)
  if (self === null && node.isSafeNavigation()) return null
  const path = settingPath(run, node)
  if (path) run.looked.add(path)
  if (self === null && name === '[]') return null
  const args = argumentsOf(run, node)
  if (
    receiver instanceof nodes.CallNode &&
    receiver.name === 'node' &&
    self instanceof Map &&
    !self.has(toText(args[0]!) ?? '')
  )
    throw new Refusal(
      place,
      `node['${toText(args[0]!) ?? ''}'] is not known here; node['fqdn'] and node['hostname'] are`,
      'Write the value itself',
    )
  const result = callMethod(self, name, args)
  if (result === undefined) throw refusalOfCall(name, kindOf(self), place)
  if (typeof result === 'string' || Array.isArray(result)) {
    if (result.length > MAX_SIZE) throw new Refusal(place, 'The value becomes too large', 'Write it smaller')
    run.charge(result.length >> 6)
  }
  return known(result)
}

/** A bare word: a section, a setter that is read, or one of Ruby's own functions. */
function word(run: Run, node: nodes.CallNode, place: Place): RubyValue {
  const { name } = node
  if (node.arguments_ === null) {
    const value = run.words.get(name)
    if (value !== undefined) return known(value)
    // A section that nothing was written to is nil, as is a setter that nobody called.
    if (node.isVariableCall() && knownWords.has(name)) return null
    if (node.isVariableCall()) throw new Refusal(place, `"${name}" is not known here`, 'Write the value itself')
  }
  const args = argumentsOf(run, node)
  if (name === 'Integer' && args.length === 1 && /^\s*[+-]?\d+\s*$/.test(toText(args[0]!) ?? ''))
    return BigInt(toText(args[0]!)!)
  if (name === 'String' && args.length === 1 && toText(args[0]!) !== undefined) return toText(args[0]!)!
  throw refusalOfCall(name, undefined, place)
}

/** `mattermost.env.X` for an index into a section, undefined for anything else. */
export function settingPath(run: Run, node: nodes.Node): string | undefined {
  if (!(node instanceof nodes.CallNode)) return undefined
  if (node.receiver === null) return node.isVariableCall() ? node.name : undefined
  const key = node.arguments_?.arguments_[0]
  if (node.name !== '[]' || !key) return undefined
  if (node.receiver instanceof nodes.ConstantReadNode && node.receiver.name === 'Gitlab') return keyOf(run, key)
  const outer = settingPath(run, node.receiver)
  return outer === undefined ? undefined : `${outer}.${keyOf(run, key)}`
}
